"""Wrong versions for q3: the graph of single numbers."""

import numpy as np

from grader import mistake


@mistake(
    "Value",
    says="You set a node's gradient instead of adding to it, so when several paths lead back to a node "
    "only the last one counts; add with +=.",
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
    says="Each visit passes on the whole gradient gathered so far, so what arrived by an earlier path is "
    "passed on twice; pass it on once, when all of it has arrived.",
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
    says="You visit nodes by their distance from the output, so a node that a longer path also reaches "
    "passes its gradient on too early; it has to wait for every gate that it feeds.",
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
    says="Your backward() reaches only the inputs of the last gate; each of them has to pass its gradient "
    "on in turn.",
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
    says="You never set the output's own gradient, so it stays 0 and nothing flows back; set it to 1.",
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
    says="You keep slopes in a dictionary by node, so a node that a gate uses twice, as in a·a, counts "
    "only once; keep a list.",
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
    says="You give each input of a product its own data as slope; multiplication switches, so the slope of "
    "ab by a is b, and by b it is a.",
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
