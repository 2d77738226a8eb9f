"""The reference's graph against complex steps through plain complex numbers, and the circuit printed in CS231n."""

import cmath
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.graph import Value, sigmoid_circuit

# A program is a list of gates: ("+", i, j), ("*", i, j), ("max", i, j), ("exp", i) or ("reciprocal", i), where i and
# j are the numbers of nodes made before, leaves first.


def as_values(leaves, program):
    nodes = [Value(leaf) for leaf in leaves]
    for gate, *inputs in program:
        a, *rest = (nodes[i] for i in inputs)
        nodes.append(a + rest[0] if gate == "+" else a * rest[0] if gate == "*" else getattr(a, gate)(*rest))
    return nodes


def as_numbers(leaves, program):
    """The same program in Python's own complex numbers, which know nothing of Value."""
    nodes = [complex(leaf) for leaf in leaves]
    for gate, *inputs in program:
        a, *rest = (nodes[i] for i in inputs)
        match gate:
            case "+":
                nodes.append(a + rest[0])
            case "*":
                nodes.append(a * rest[0])
            case "max":
                nodes.append(max(a, rest[0], key=lambda v: v.real))
            case "exp":
                nodes.append(cmath.exp(a))
            case "reciprocal":
                nodes.append(1 / a)
    return nodes


def random_program(random, leaves, gates):
    """Gates on nodes chosen at random, near the end more often; data kept between about 1/50 and 50."""
    values, program = list(leaves), []
    while len(program) < gates:
        gate = random.choice(["+", "*", "max", "exp", "reciprocal"])
        first = random.choice([random.randrange(len(values)), len(values) - 1])
        inputs = (first,) if gate in ("exp", "reciprocal") else (first, random.randrange(len(values)))
        value = as_numbers(values, [(gate, *inputs)])[-1].real if values[first] < 5 else 0.0
        tie = gate == "max" and inputs[0] != inputs[1] and values[inputs[0]] == values[inputs[1]]
        if 0.02 < abs(value) < 50 and not tie:
            program.append((gate, *inputs))
            values.append(value)
    return program


@settings(max_examples=60, deadline=None)
@given(random=st.randoms(use_true_random=False), leaves=st.lists(st.floats(0.3, 2.0), min_size=1, max_size=4))
def test_gradients_of_random_graphs_by_complex_step(random, leaves):
    program = random_program(random, leaves, random.randrange(1, 15))
    nodes = as_values(leaves, program)
    nodes[-1].backward()
    for node, number in zip(nodes, as_numbers(leaves, program), strict=True):
        assert node.data == pytest.approx(number.real, rel=1e-12)
    # The terms that add up to each gradient, with their signs taken off: what rounding is relative to.
    terms = as_values(leaves, program)
    for node in terms:
        node.slopes = tuple(map(abs, node.slopes))
    terms[-1].backward()
    for i, leaf in enumerate(leaves):
        moved = [*leaves[:i], leaf + 1e-20j, *leaves[i + 1 :]]
        expected = as_numbers(moved, program)[-1].imag / 1e-20
        # Fifteen gates on a path, each good to a few ε and stretching the error of its input (exp, up to 5-fold).
        assert nodes[i].grad == pytest.approx(expected, rel=0, abs=1e-12 * terms[i].grad)


def test_the_lectures_circuit_gate_by_gate():
    """The numbers printed in the notes of CS231n, to their two digits."""
    printed = {
        "w0": (2.00, -0.20),
        "x0": (-1.00, 0.39),
        "w1": (-3.00, -0.39),
        "x1": (-2.00, -0.59),
        "w2": (-3.00, 0.20),
        "w0·x0": (-2.00, 0.20),
        "w1·x1": (6.00, 0.20),
        "w0·x0+w1·x1": (4.00, 0.20),
        "z": (1.00, 0.20),
        "-z": (-1.00, -0.20),
        "e^-z": (0.37, -0.53),
        "1+e^-z": (1.37, -0.53),
        "f": (0.73, 1.00),
    }
    nodes = sigmoid_circuit(w=(2, -3, -3), x=(-1, -2))
    assert {name: (round(n.data, 2), round(n.grad, 2)) for name, n in nodes.items()} == printed


def test_the_whole_circuit_is_one_sigmoid_gate():
    """L11: from f back to z the slopes of five gates multiply to (1 − σ)σ."""
    w, x = (0.7, -1.2, 0.4), (1.5, 0.3)
    nodes = sigmoid_circuit(w, x)
    sigma = 1 / (1 + math.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
    assert nodes["f"].data == pytest.approx(sigma, rel=1e-14)
    assert nodes["z"].grad == pytest.approx((1 - sigma) * sigma, rel=1e-14)
    assert nodes["w1"].grad == pytest.approx((1 - sigma) * sigma * x[1], rel=1e-14)


def test_patterns_in_backward_flow():
    """L12: add distributes, multiply switches, max routes."""
    for gate, slopes in (("+", (1, 1)), ("*", (-3, 2)), ("max", (1, 0))):
        a, b = Value(2.0), Value(-3.0)
        result = a + b if gate == "+" else a * b if gate == "*" else a.max(b)
        (Value(5.0) * result).backward()
        assert (a.grad, b.grad) == (5.0 * slopes[0], 5.0 * slopes[1])


def test_gradients_add_where_a_value_branches():
    x = Value(3.0)
    (x * x + x + x.max(x)).backward()
    assert x.grad == 2 * 3.0 + 1 + 1


def test_a_branch_waits_for_its_longest_way_back():
    x = Value(2.0)
    y = x * x
    long = y
    for _ in range(5):
        long = long + Value(1.0)
    (y * long).backward()  # y(y + 5)
    assert y.grad == 2 * 4.0 + 5
    assert x.grad == (2 * 4.0 + 5) * 4.0


def test_doublings_take_a_visit_each_and_not_one_for_every_path():
    nodes = as_values([1.0], [("+", i, i) for i in range(200)])
    nodes[-1].backward()
    assert nodes[0].grad == 2.0**200


def test_a_graph_may_be_deeper_than_pythons_stack():
    nodes = as_values([1.0, 0.0], [("+", i, 1) for i in (0, *range(2, 20_001))])
    nodes[-1].backward()
    assert nodes[0].grad == 1.0
    assert nodes[1].grad == 20_000


def test_nodes_off_the_way_keep_a_gradient_of_zero():
    a, b = Value(2.0), Value(3.0)
    middle = a * b
    later = middle.exp()
    aside = b + b
    middle.backward()
    assert (middle.grad, a.grad, b.grad, later.grad, aside.grad) == (1.0, 3.0, 2.0, 0.0, 0.0)


def test_a_leaf_is_its_own_derivative():
    x = Value(3)
    assert (x.data, x.grad) == (3.0, 0.0)
    x.backward()
    assert x.grad == 1.0


def test_of_equals_the_first_takes_the_gradient():
    a, b = Value(2.0), Value(2.0)
    a.max(b).backward()
    assert (a.grad, b.grad) == (1.0, 0.0)


def test_backward_changes_no_data():
    nodes = as_values([2.0, -1.5], [("*", 0, 1), ("exp", 2), ("max", 3, 0), ("reciprocal", 4), ("+", 5, 2)])
    before = [node.data for node in nodes]
    nodes[-1].backward()
    assert [node.data for node in nodes] == before
