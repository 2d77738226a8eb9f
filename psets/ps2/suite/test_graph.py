"""q3: the Value class, judged by the data and gradients of graphs built from it.

A graph is written as leaves and a program of gates: ("f", "+", "a", "b") makes f = a + b.
"""

import numpy as np
import pytest

import reference.graph as ref
from grader import check_close, check_scalar, question


def build(make, leaves, program):
    """The nodes of a program by name, in order; every gate's result must be a node with data."""
    nodes = {name: make(number) for name, number in leaves.items()}
    for made, gate, first, *second in program:
        if gate == "+":
            nodes[made] = nodes[first] + nodes[second[0]]
        elif gate == "*":
            nodes[made] = nodes[first] * nodes[second[0]]
        else:
            nodes[made] = getattr(nodes[first], gate)(*(nodes[name] for name in second))
        check_scalar(getattr(nodes[made], "data", None), name=f"data of the result of {gate}")
    return nodes


def data(nodes):
    return {name: node.data for name, node in nodes.items()}


def gradients(nodes):
    return {name: node.grad for name, node in nodes.items()}


def same(got, expected, name):
    """Numbers of all nodes; where some of them cancel, what is left is rounded as they are."""
    check_close(got, expected, name=name, scale=max(map(abs, expected.values())))


def agree(student, leaves, program, output=None):
    """All data, and all gradients after backward() on ``output`` (the last node unless named)."""
    got, expected = build(student.Value, leaves, program), build(ref.Value, leaves, program)
    output = output or program[-1][0]
    same(data(got), data(expected), "data")
    check_close(gradients(got), dict.fromkeys(expected, 0.0), name="grad before backward()")
    got[output].backward()
    expected[output].backward()
    same(gradients(got), gradients(expected), "grad")
    same(data(got), data(expected), "data after backward()")


CIRCUIT = [
    ("w0*x0", "*", "w0", "x0"),
    ("w1*x1", "*", "w1", "x1"),
    ("sum", "+", "w0*x0", "w1*x1"),
    ("z", "+", "sum", "w2"),
    ("-z", "*", "minus one", "z"),
    ("e^-z", "exp", "-z"),
    ("1+e^-z", "+", "one", "e^-z"),
    ("f", "reciprocal", "1+e^-z"),
]


def circuit_leaves(w0, x0, w1, x1, w2):
    return {"w0": w0, "x0": x0, "w1": w1, "x1": x1, "w2": w2, "minus one": -1.0, "one": 1.0}


def random_program(rng, gates=14):
    """Leaves and gates on nodes drawn at random, so that values branch and join; data stay between 1/20 and 20."""
    values = dict(zip("abc", rng.uniform(0.5, 1.5, size=3) * rng.choice([-1.0, 1.0], size=3), strict=True))
    leaves, program = dict(values), []
    while len(program) < gates:
        gate = str(rng.choice(["+", "*", "max", "exp", "reciprocal"]))
        # The newest node half of the time, for long paths back as well as short ones.
        names = list(values)
        first = names[-1] if rng.random() < 0.5 else str(rng.choice(names))
        second = () if gate in ("exp", "reciprocal") else (str(rng.choice(names)),)
        if (gate == "max" and values[first] == values[second[0]]) or (gate == "exp" and values[first] > 3):
            continue
        step = (f"n{len(program)}", gate, first, *second)
        value = build(ref.Value, values, [step])[step[0]].data
        if 0.05 < abs(value) < 20:
            program.append(step)
            values[step[0]] = value
    return leaves, program


@question("q3", points=1, public=True)
def test_graph_of_the_handouts_example(student):
    """f = xy + x at x = 3, y = −4: data −9, and gradients y + 1 = −3 and x = 3."""
    nodes = build(student.Value, {"x": 3.0, "y": -4.0}, [("xy", "*", "x", "y"), ("f", "+", "xy", "x")])
    nodes["f"].backward()
    check_close(nodes["f"].data, -9.0, name="f.data")
    check_close(nodes["f"].grad, 1.0, name="f.grad")
    check_close(nodes["y"].grad, 3.0, name="y.grad")
    check_close(nodes["x"].grad, -3.0, name="x.grad")


@question("q3", points=1, public=True)
def test_circuit_of_the_lecture(student):
    """The sigmoid circuit with w = (2, −3, −3) and x = (−1, −2)."""
    nodes = build(student.Value, circuit_leaves(2.0, -1.0, -3.0, -2.0, -3.0), CIRCUIT)
    nodes["f"].backward()
    f = 1 / (1 + np.exp(-1.0))
    slope = (1 - f) * f
    check_close(nodes["f"].data, f, name="f.data")
    for name, factor in {"w0": -1.0, "x0": 2.0, "w1": -2.0, "x1": -3.0, "w2": 1.0}.items():
        check_close(nodes[name].grad, factor * slope, name=f"{name}.grad")


@question("q3", points=0.5, public=True)
def test_max_of_two(student):
    """max(2, 5) is 5, and only the 5 gets a gradient."""
    nodes = build(student.Value, {"a": 2.0, "b": 5.0}, [("f", "max", "a", "b")])
    nodes["f"].backward()
    check_close(nodes["f"].data, 5.0, name="f.data")
    check_close(nodes["a"].grad, 0.0, name="a.grad")
    check_close(nodes["b"].grad, 1.0, name="b.grad")


@question("q3", points=0.5)
@pytest.mark.parametrize("gate", ["+", "*", "max", "exp", "reciprocal"])
def test_one_gate_with_something_before_and_after_it(student, rng, gate):
    """Each gate between two products, so that the gradient it receives is not 1, with inputs of either sign."""
    inputs = ("p",) if gate in ("exp", "reciprocal") else ("p", "q")
    program = [("p", "*", "a", "b"), ("q", "*", "c", "d"), ("g", gate, *inputs), ("f", "*", "g", "e")]
    for first, second in ((1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)):
        a, b, c, d, e = rng.uniform(0.5, 1.5, size=5)
        agree(student, {"a": first * a, "b": b, "c": second * c, "d": d + 1.5, "e": -e}, program)


@question("q3", points=1)
def test_circuit_with_other_numbers(student, rng):
    """The lecture's circuit with other numbers."""
    agree(student, circuit_leaves(*rng.normal(size=5)), CIRCUIT)


@question("q3", points=1)
def test_gradients_add_at_branches(student):
    """A value used by several gates, by one gate twice, and again further on."""
    agree(student, {"a": 3.0}, [("f", "*", "a", "a")])
    agree(student, {"a": 3.0}, [("f", "+", "a", "a")])
    agree(student, {"a": 0.5, "b": -2.0}, [("s", "+", "a", "b"), ("t", "*", "a", "b"), ("f", "*", "s", "t")])
    cube = [("a2", "*", "a", "a"), ("a3", "*", "a2", "a"), ("a4", "*", "a2", "a2"), ("f", "+", "a3", "a4")]
    agree(student, {"a": -1.5}, cube)


@question("q3", points=1)
def test_branches_of_unequal_length(student):
    """One path back is longer than the other, and the nodes before the branch need both."""
    steps = [("y", "*", "x", "x"), ("l1", "+", "y", "c"), ("l2", "exp", "l1"), ("l3", "reciprocal", "l2")]
    leaves = {"x": 0.7, "c": 0.2, "d": 3.0}
    agree(student, leaves, [*steps, ("f", "*", "y", "l3")])
    agree(student, leaves, [*steps, ("f", "+", "l3", "y")])
    agree(student, leaves, [*steps, ("g", "*", "y", "d"), ("h", "+", "g", "l3"), ("f", "*", "l1", "h")])


@question("q3", points=1)
def test_graphs_of_many_gates(student, rng):
    """Fourteen gates of all kinds, branching and joining."""
    for _ in range(3):
        leaves, program = random_program(rng)
        got, expected = build(student.Value, leaves, program), build(ref.Value, leaves, program)
        got[program[-1][0]].backward()
        expected[program[-1][0]].backward()
        # As one array, so that a gradient near 0 by cancellation is judged by the size of the others.
        for name, read in (("data", data), ("grad", gradients)):
            check_close(np.array([*read(got).values()]), np.array([*read(expected).values()]), name=name)


@question("q3", points=0.5)
def test_nodes_that_the_output_does_not_need(student):
    """Nodes that the output does not depend on keep the gradient 0: backward() inside a graph, or on a leaf."""
    program = [("p", "*", "a", "b"), ("later", "exp", "p"), ("aside", "+", "b", "b"), ("f", "max", "p", "b")]
    agree(student, {"a": -1.5, "b": 0.5}, program, output="p")
    agree(student, {"a": -1.5, "b": 0.5}, program, output="f")
    agree(student, {"a": -1.5, "b": 0.5}, program, output="a")


@question("q3", points=0.5)
def test_max_of_equals(student):
    """At a tie the gradient may be split in half or go to either input."""
    leaves, program = {"a": 2.0, "b": 2.0, "c": -3.0}, [("m", "max", "a", "b"), ("f", "*", "m", "c")]
    nodes = build(student.Value, leaves, program)
    nodes["f"].backward()
    check_close(nodes["m"].data, 2.0, name="m.data")
    got = np.array([check_scalar(nodes[name].grad, name=f"{name}.grad") for name in "ab"])
    accepted = [np.array(pair) for pair in ((-3.0, 0.0), (0.0, -3.0), (-1.5, -1.5))]
    check_close(got, min(accepted, key=lambda pair: np.abs(got - pair).sum()), name="(a.grad, b.grad)")
