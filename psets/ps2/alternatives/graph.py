"""Right versions for q3: the graph of single numbers, in other styles; the suite must accept every one."""

import numpy as np

from grader import alternative

alternative("Value", "ValueWithTheSecondAtATie", {"self.data >= other.data": "self.data > other.data"})
alternative(
    "Value",
    "ValueWithHalvesAtATie",
    {"1.0 if self.data >= other.data else 0.0": "(np.sign(self.data - other.data) + 1) / 2"},
)


@alternative("Value")
class ValueWithClosures:
    """Every gate stores a function that sends its gradient back, and all inputs in a set."""

    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self._send_back = lambda: None
        self._children = set(children)

    def __add__(self, other):
        out = type(self)(self.data + other.data, (self, other))

        def send_back():
            self.grad += out.grad
            other.grad += out.grad

        out._send_back = send_back
        return out

    def __mul__(self, other):
        out = type(self)(self.data * other.data, (self, other))

        def send_back():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._send_back = send_back
        return out

    def max(self, other):
        out = type(self)(max(self.data, other.data), (self, other))

        def send_back():
            share = 0.5 if self.data == other.data else float(self.data > other.data)
            self.grad += share * out.grad
            other.grad += (1 - share) * out.grad

        out._send_back = send_back
        return out

    def exp(self):
        out = type(self)(np.exp(self.data), (self,))

        def send_back():
            self.grad += out.data * out.grad

        out._send_back = send_back
        return out

    def reciprocal(self):
        out = type(self)(self.data**-1, (self,))

        def send_back():
            self.grad -= out.data**2 * out.grad

        out._send_back = send_back
        return out

    def backward(self):
        order, visited = [], set()

        def visit(node):
            if node not in visited:
                visited.add(node)
                for child in node._children:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node._send_back()


@alternative("Value")
class ValueOfPaths:
    """One visit for every path back, handing on only what came by that path; all of a tie to the second."""

    def __init__(self, data, *inputs):
        self.data, self.grad, self.inputs = np.float64(data), np.float64(0), inputs

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, 1), (other, 1))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other.data), (other, self.data))

    def max(self, other):
        if self.data > other.data:
            return type(self)(self.data, (self, 1))
        return type(self)(other.data, (other, 1))

    def exp(self):
        return type(self)(np.exp(self.data), (self, np.exp(self.data)))

    def reciprocal(self):
        return type(self)(1 / self.data, (self, -1 / (self.data * self.data)))

    def backward(self, arriving=1.0):
        self.grad = self.grad + arriving
        for node, slope in self.inputs:
            node.backward(arriving * slope)


@alternative("Value")
class ValueWithNumbers:
    """Nodes are numbered as they are made, so a node's number is above those of all it was made from."""

    made = 0

    def __init__(self, data):
        self.data, self.grad, self.gate, self.inputs = data, 0, "leaf", []
        type(self).made += 1
        self.number = type(self).made

    def from_gate(self, data, gate, *inputs):
        node = type(self)(data)
        node.gate, node.inputs = gate, list(inputs)
        return node

    def __add__(self, other):
        return self.from_gate(self.data + other.data, "add", self, other)

    def __mul__(self, other):
        return self.from_gate(self.data * other.data, "multiply", self, other)

    def max(self, other):
        return self.from_gate(self.data if self.data >= other.data else other.data, "max", self, other)

    def exp(self):
        return self.from_gate(np.e**self.data, "exp", self)

    def reciprocal(self):
        return self.from_gate(1 / self.data, "reciprocal", self)

    def slopes(self):
        numbers = [node.data for node in self.inputs]
        if self.gate == "add":
            return [1, 1]
        if self.gate == "multiply":
            return [numbers[1], numbers[0]]
        if self.gate == "max":
            return [1, 0] if numbers[0] >= numbers[1] else [0, 1]
        if self.gate == "exp":
            return [self.data]
        return [-(self.data**2)] if self.gate == "reciprocal" else []

    def backward(self):
        reached, waiting = {}, [self]
        while waiting:
            node = waiting.pop()
            if node.number not in reached:
                reached[node.number] = node
                waiting += node.inputs
        self.grad = 1
        for number in sorted(reached, reverse=True):
            node = reached[number]
            for source, slope in zip(node.inputs, node.slopes(), strict=True):
                source.grad += slope * node.grad
