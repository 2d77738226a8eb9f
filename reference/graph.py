"""A computational graph of numbers, and gradients sent back through its gates.

Each gate knows its result and, for each of its inputs, the local slope: how fast the result moves with that
input. Backward, a node's gradient ∂f/∂node reaches an input times the slope between the two (the chain rule),
and where a value feeds several gates, the gradients that come back from them add.

Source: lecture rows L10 and L12.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["Value", "sigmoid_circuit"]


class Value:
    """A number in a graph: ``data``, and after `backward` also ``grad``, the derivative of the output by it.

    Gates take Values only; a constant is a Value too. The patterns of backward flow (L12): add passes the
    gradient on to both inputs, multiply switches (it is multiplied by the other input's data), max routes all of it
    to the larger input, and branches add. Graphs may be as deep as memory allows.

    >>> x, y = Value(3.0), Value(-4.0)
    >>> f = x * y + x
    >>> f.backward()
    >>> f.data, x.grad, y.grad
    (-9.0, -3.0, 3.0)
    """

    def __init__(self, data: float, parents: tuple[Value, ...] = (), slopes: tuple[float, ...] = ()) -> None:
        """A leaf, or the result of a gate on ``parents`` with the local slope ∂data/∂parent for each."""
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.slopes = slopes

    def __repr__(self) -> str:
        return f"Value({self.data:.4g}, grad={self.grad:.4g})"

    def __add__(self, other: Value) -> Value:
        """The sum; both slopes are 1.

        >>> Value(2.0) + Value(3.0)
        Value(5, grad=0)
        """
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other: Value) -> Value:
        """The product; each slope is the other input's data.

        >>> Value(2.0) * Value(3.0)
        Value(6, grad=0)
        """
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other: Value) -> Value:
        """The larger of the two, or the first at a tie, with slope 1; the other has slope 0.

        At a tie any two nonnegative slopes that sum to 1 would do as well; jax, for example, takes ½ and ½.

        >>> Value(2.0).max(Value(3.0))
        Value(3, grad=0)
        """
        first = 1.0 if self.data >= other.data else 0.0
        return Value(max(self.data, other.data), (self, other), (first, 1.0 - first))

    def exp(self) -> Value:
        """e to this power; the slope of e^x is e^x.

        >>> Value(0.0).exp()
        Value(1, grad=0)
        """
        power = np.exp(self.data)
        return Value(power, (self,), (power,))

    def reciprocal(self) -> Value:
        """1/x, with slope −1/x².

        >>> Value(4.0).reciprocal()
        Value(0.25, grad=0)
        """
        return Value(1.0 / self.data, (self,), (-1.0 / self.data**2,))

    def backward(self) -> None:
        """Add ∂self/∂node to the ``grad`` of every node that self was made from, and 1 to its own.

        Each node is visited once, after all gates it feeds, when no more gradient can come back to it. Call it only
        once on a graph: a second call would add to the gradients of the first.

        >>> x = Value(3.0)
        >>> (x * x).backward()
        >>> x.grad
        6.0
        """
        order: list[Value] = []  # every node after its parents
        done: set[Value] = set()
        path = [self]
        while path:
            ahead = [parent for parent in path[-1].parents if parent not in done]
            if ahead:
                path.append(ahead[0])
            else:
                done.add(path[-1])
                order.append(path.pop())
        self.grad += 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * node.grad


def sigmoid_circuit(w: Sequence[float], x: Sequence[float]) -> dict[str, Value]:
    """Return every node of the lecture's circuit f(w, x) = 1/(1 + e^{−(w₀x₀ + w₁x₁ + w₂)}), gradients included.

    Arguments: w = (w₀, w₁, w₂), x = (x₀, x₁). Keys are the leaves' names and then the gates' formulas in the order
    of computation, the last of them ``"f"``. Source: L10, with the numbers printed in the notes of CS231n.

    >>> for name, node in sigmoid_circuit(w=(2, -3, -3), x=(-1, -2)).items():
    ...     print(f"{name:12} {node.data:5.2f} {node.grad:5.2f}")
    w0            2.00 -0.20
    x0           -1.00  0.39
    w1           -3.00 -0.39
    x1           -2.00 -0.59
    w2           -3.00  0.20
    w0·x0        -2.00  0.20
    w1·x1         6.00  0.20
    w0·x0+w1·x1   4.00  0.20
    z             1.00  0.20
    -z           -1.00 -0.20
    e^-z          0.37 -0.53
    1+e^-z        1.37 -0.53
    f             0.73  1.00
    """
    nodes = dict(zip(("w0", "x0", "w1", "x1", "w2"), map(Value, (w[0], x[0], w[1], x[1], w[2])), strict=True))
    nodes["w0·x0"] = nodes["w0"] * nodes["x0"]
    nodes["w1·x1"] = nodes["w1"] * nodes["x1"]
    nodes["w0·x0+w1·x1"] = nodes["w0·x0"] + nodes["w1·x1"]
    nodes["z"] = nodes["w0·x0+w1·x1"] + nodes["w2"]
    nodes["-z"] = Value(-1.0) * nodes["z"]
    nodes["e^-z"] = nodes["-z"].exp()
    nodes["1+e^-z"] = Value(1.0) + nodes["e^-z"]
    output = nodes["f"] = nodes["1+e^-z"].reciprocal()
    output.backward()
    return nodes
