"""Wrong versions for q3: the graph of single numbers."""

import numpy as np

from grader import mistake


@mistake(
    "Value",
    says="You set a node's gradient instead of adding to it, so of several ways back only the last one counts.",
)
class ValueOverwrites:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad = slope * node.grad


@mistake(
    "Value",
    says="Each visit hands on the whole gradient gathered so far, so what came by an earlier way is handed on twice.",
)
class ValueHandsOnTwice:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.backward(slope * self.grad)


@mistake(
    "Value",
    says="You visit nodes by their distance from the output, so one that is also reached by a longer way passes its "
    "gradient on too early; a node has to wait for every gate that it feeds.",
)
class ValueBreadthFirst:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self):
        self.grad = 1.0
        queue, seen = [self], {self}
        while queue:
            node = queue.pop(0)
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * node.grad
                if parent not in seen:
                    seen.add(parent)
                    queue.append(parent)


@mistake(
    "Value",
    says="Your backward() reaches only the inputs of the last gate; each of them has to send its gradient on in turn.",
)
class ValueOneStepBack:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self):
        self.grad = 1.0
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope * self.grad


@mistake(
    "Value",
    says="You never start: the output's own gradient stays 0 instead of 1, and 0 is all that flows back.",
)
class ValueWithoutStart:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self):
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope * self.grad
            parent.backward()


@mistake(
    "Value",
    says="You keep slopes in a dictionary by node, so one that is used twice by a gate, as in a·a, counts once.",
)
class ValueParentsInADictionary:
    def __init__(self, data, slopes=None):
        self.data, self.grad, self.slopes = float(data), 0.0, slopes or {}

    def __add__(self, other):
        return type(self)(self.data + other.data, {self: 1.0, other: 1.0})

    def __mul__(self, other):
        return type(self)(self.data * other.data, {self: other.data, other: self.data})

    def max(self, other):
        first = self.data > other.data
        return type(self)(max(self.data, other.data), {self: float(first), other: float(not first)})

    def exp(self):
        return type(self)(np.exp(self.data), {self: np.exp(self.data)})

    def reciprocal(self):
        return type(self)(1 / self.data, {self: -1 / self.data**2})

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in self.slopes.items():
            parent.backward(slope * arriving)


@mistake(
    "Value",
    says="Multiplication switches: the gradient of a by ab is b, and that of b is a; you have each get its own data.",
)
class ValueMultipliesWithoutSwitching:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (self.data, other.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.backward(slope * arriving)


@mistake("Value", says="Your max sends the gradient to both inputs; only the larger one gets it.")
class ValueMaxToBoth:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        return type(self)(max(self.data, other.data), (self, other), (1.0, 1.0))

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.backward(slope * arriving)


@mistake("Value", says="The slope of 1/x is −1/x²; yours lacks the minus sign.")
class ValueReciprocalRises:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (1 / self.data**2,))

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.backward(slope * arriving)


@mistake("Value", says="The slope of e^x is e^x, the gate's result; you multiply by its input x.")
class ValueExpTimesInput:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = float(data), 0.0, parents, slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def max(self, other):
        slopes = (1.0, 0.0) if self.data > other.data else (0.0, 1.0)
        return type(self)(max(self.data, other.data), (self, other), slopes)

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (self.data,))

    def reciprocal(self):
        return type(self)(1 / self.data, (self,), (-1 / self.data**2,))

    def backward(self, arriving=1.0):
        self.grad += arriving
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.backward(slope * arriving)
