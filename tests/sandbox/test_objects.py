"""What a test does with an object that stays in the sandbox, and what an object may answer."""

from __future__ import annotations

import collections
import copy
import operator
import random

import numpy as np
import pytest

from grader.checks import check_close
from grader.errors import CheckFailed, StudentCrashed, StudentError, WireError
from grader.kinds import plain
from grader.operators import MOST_VALUES
from grader.sandbox.crossing.codec import GENERATOR, INTO_THE_SANDBOX, SLICE, Decoder, Encoder
from grader.sandbox.crossing.generators import state_of
from grader.sandbox.outside.handle import Handle

from .conftest import call

STACK = """
class Stack:
    "The last one in is the first one out."
    largest = 100
    def __init__(self, items=()): self.items = list(items)
    def __len__(self): return len(self.items)
    def __iter__(self): return iter(self.items)
    def __reversed__(self): return reversed(self.items)
    def __getitem__(self, key): return self.items[key]
    def __setitem__(self, key, value): self.items[key] = value
    def __delitem__(self, key): del self.items[key]
    def __contains__(self, x): return x in self.items
    def __eq__(self, other): return isinstance(other, Stack) and self.items == other.items
    def __lt__(self, other): return len(self) < len(other)
    def __add__(self, other): return Stack(self.items + list(other))
    def __iadd__(self, other):
        self.items.extend(other)
        return self
    def __rmul__(self, k): return Stack([k * x for x in self.items])
    def __repr__(self): return f"Stack({self.items})"
    def __float__(self): return float(sum(self.items))
    def __enter__(self): return self
    def __exit__(self, kind, error, trace):
        self.items.append(kind.__name__ if kind else "left")
        return True
    def push(self, x):
        self.items.append(x)
        return self
    def pop(self): return self.items.pop()
    @property
    def top(self): return self.items[-1]
    @classmethod
    def of(cls, *items): return cls(items)
    @staticmethod
    def twice(x): return 2 * x
    def each(self):
        got = None
        for item in self.items:
            got = yield item if got is None else got
"""


@pytest.fixture
def stack(run):
    """Makes stacks in one session."""
    session = run(STACK)
    return lambda *items: call(session, "Stack", list(items)).value


def test_the_protocols_of_a_container(stack):
    made = stack(1, 2, 3)
    assert len(made) == 3
    assert list(made) == [1, 2, 3]
    assert list(reversed(made)) == [3, 2, 1]
    assert (made[0], made[-1], made[1:]) == (1, 3, [2, 3])
    assert 2 in made
    assert 5 not in made
    made[0] = 9
    del made[1]
    assert list(made) == [9, 3]
    assert [x for x, _ in zip(made, "ab", strict=True)] == [9, 3]
    first, second = made
    assert (first, second) == (9, 3)


def test_methods_properties_and_attributes(stack):
    made = stack(1)
    assert made.push(2).push(3).top == 3
    assert (made.pop(), len(made), made.largest) == (3, 2, 100)
    made.label = "mine"
    assert made.label == "mine"
    del made.label
    assert not hasattr(made, "label")
    assert getattr(made, "label", "none") == "none"
    assert {"push", "pop", "top", "items"} <= set(dir(made))
    assert made.twice(4) == 8
    with pytest.raises(StudentError, match="raised IndexError"):
        stack().pop()


def test_operators_with_numbers_and_arrays_on_either_side(run, stack):
    assert list(operator.add(stack(1), [2])) == [1, 2]
    assert list(3 * stack(1, 2)) == [3, 6]
    made = same = stack(1)
    same += [2]
    assert list(made) == [1, 2]
    session = run(
        "import numpy as np\nclass V:\n"
        "    __array_ufunc__ = None\n"
        "    def __init__(self, x): self.x = np.asarray(x, float)\n"
        "    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))\n"
        "    __radd__ = __add__\n"
        "    def __matmul__(self, o): return float(self.x @ o)\n"
        "    def __rmatmul__(self, o): return o @ self.x\n"
        "    def __neg__(self): return V(-self.x)\n"
    )
    vector = call(session, "V", [1.0, 2.0]).value
    assert (np.ones(2) + vector).x.tolist() == [2, 3]
    assert (vector + np.ones(2)).x.tolist() == [2, 3]
    assert np.add(vector, 1).x.tolist() == [2, 3]
    assert (-vector).x.tolist() == np.negative(vector).x.tolist() == [-1, -2]
    assert vector @ np.ones(2) == 3
    assert (np.eye(2) @ vector).tolist() == [1, 2]
    with pytest.raises(StudentError, match="an object of your own"):
        np.exp(vector)
    with pytest.raises(StudentError, match="an object of your own"):
        np.add(vector, np.ones(2), out=np.zeros(2))


def test_a_comparison_is_a_value_and_no_verdict(stack):
    one, other, third = stack(1, 2), stack(1, 2), stack(3)
    check_close(one == other, True)
    check_close(one == third, False)
    check_close(one != third, True)
    check_close(third < one, True)
    check_close([one == other, one == third], [True, False])
    with pytest.raises(CheckFailed):
        check_close(one == third, True)
    verdicts = (
        lambda: bool(one == other), lambda: not one == other, lambda: (one == other) == True,  # noqa: E712, SIM201
        lambda: np.all(one == other), lambda: all([one == other]), lambda: one == other and 1, lambda: one in [other],
        lambda: sorted([one, third]), lambda: max(one, third), lambda: np.array_equal(one, other),
        lambda: bool(np.logical_and(one == other, True)), lambda: [other].index(one), lambda: int(one == other),
    )  # fmt: skip
    for verdict in verdicts:
        with pytest.raises((StudentError, TypeError), match=r"compared by|ufunc|an object of your own"):
            verdict()


def test_an_object_is_hashed_and_found_by_its_identity(stack):
    one, other = stack(1), stack(1)
    assert len({one, other}) == 2
    assert one in [one]
    assert {one: "a"}[one] == "a"
    assert copy.deepcopy([1.0])  # data is still copied


def test_text_and_numbers_are_asked_for_and_must_be_such(run, stack):
    made = stack(1, 2)
    assert repr(made) == str(made) == "Stack([1, 2])"
    assert float(made) == 3.0
    assert f"{made}" == "<Stack(...)>", "our own sentences hold nothing of a student's"
    with pytest.raises(StudentError, match=r"`int\(Stack\(...\)\)` raised TypeError"):
        int(made)
    with pytest.raises(TypeError):
        range(made)
    session = run("class A:\n    def __len__(self): return 2**70\n    def __str__(self): return 5")
    with pytest.raises(StudentError, match="raised OverflowError"):
        len(call(session, "A").value)
    with pytest.raises(StudentError, match="raised TypeError"):
        str(call(session, "A").value)


def test_a_context_manager_is_entered_and_left_and_swallows_nothing(stack):
    made = stack()
    with made as inner:
        assert inner.items == []
    assert made.items == ["left"]
    with pytest.raises(ZeroDivisionError), made:
        raise ZeroDivisionError
    assert made.items[-1] == "ZeroDivisionError"
    with pytest.raises(CheckFailed), made:
        check_close(1.0, 2.0)
    assert made.items[-1] == "left", "what a check found is not told to the student's code"


def test_generators_are_iterated_and_sent_to(run, stack):
    each = stack(1, 2, 3).each()
    assert next(each) == 1
    assert each.send(7) == 7
    each.close()
    assert list(each) == []
    session = run(
        "import itertools\ndef count(): return itertools.count()\ndef three(): yield from range(3)\n"
        "def batches(x, n):\n    for i in range(0, len(x), n): yield x[i:i + n]\ndef it(): return iter([1, 2])\n"
        "def pairs(): return zip('ab', [1, 2])\n"
        "class Rows:\n    def __init__(self): self.i = 0\n    def __iter__(self):\n        self.i = 0\n"
        "        return self\n"
        "    def __next__(self):\n        self.i += 1\n        if self.i > 2: raise StopIteration\n"
        "        return self.i\n"
    )
    assert list(call(session, "three").value) == [0, 1, 2]
    assert [b.tolist() for b in call(session, "batches", np.arange(5), 2).value] == [[0, 1], [2, 3], [4]]
    assert list(call(session, "it").value) == [1, 2]
    assert list(call(session, "pairs").value) == [("a", 1), ("b", 2)]
    rows = call(session, "Rows").value
    assert (next(rows), next(rows)) == (1, 2)
    with pytest.raises(StopIteration):
        next(rows)
    assert list(rows) == [1, 2]
    counted = call(session, "count").value
    assert [next(counted), next(counted)] == [0, 1]


def test_an_iteration_without_an_end_is_stopped(run, monkeypatch):
    monkeypatch.setattr("grader.operators.MOST_VALUES", 50)
    assert MOST_VALUES == 20_000
    session = run("def ones():\n    while True: yield 1\nclass One:\n    def __getitem__(self, i): return i")
    for made in (call(session, "ones").value, call(session, "One").value):
        with pytest.raises(StudentError, match="has not ended after 50 values"):
            list(made)


def test_what_derives_from_a_type_of_data_is_an_object_if_the_test_made_it(run):
    session = run(
        "from typing import NamedTuple\nfrom collections.abc import Sequence\nimport numpy as np\n"
        "class Stack(list):\n    def push(self, x):\n        self.append(x)\n        return self\n"
        "class Point(NamedTuple):\n    x: float\n    y: float\n"
        "    def __add__(self, o): return Point(self.x + o.x, self.y + o.y)\n"
        "class Bag(dict):\n    def total(self): return sum(self.values())\n"
        "class Row(Sequence):\n    def __init__(self, n): self.n = n\n    def __len__(self): return self.n\n"
        "    def __getitem__(self, i): return range(self.n)[i]\n    def grow(self): self.n += 1\n"
        "class Matrix(np.ndarray):\n    def __new__(cls, x): return np.asarray(x, float).view(cls)\n"
        "    def trace_of_it(self): return float(np.trace(self))\n"
        "def plain(): return Stack([1, 2])\n"
    )
    assert call(session, "plain").value == [1, 2], "where a list is asked for, it is a list"
    stack = call(session, "Stack").value
    assert len(stack.push(1).push(2)) == 2
    assert list(stack) == [1, 2]
    assert stack[0] == 1
    point = call(session, "Point", 1.0, 2.0).value
    assert (point.x, point.y, list(point)) == (1, 2, [1, 2])
    check_close(point + point, (2.0, 4.0))
    assert (point + point).x == 2
    bag = call(session, "Bag", {"a": 1}).value
    bag["b"] = 4
    assert (bag.total(), sorted(bag)) == (5, ["a", "b"])
    row = call(session, "Row", 2).value
    row.grow()
    assert (len(row), list(row)) == (3, [0, 1, 2])
    matrix = call(session, "Matrix", [[1, 2], [3, 4]]).value
    assert matrix.trace_of_it() == 5
    assert (matrix @ np.ones(2)).tolist() == [3, 7]


def test_an_object_of_an_ordinary_function_has_no_operators(run):
    session = run(
        "class Yes:\n    def __eq__(self, o): return True\n    __lt__ = __gt__ = __contains__ = __eq__\n"
        "    def __len__(self): return 3\n    def __float__(self): return 3.0\n    def __iter__(self): yield 3\n"
        "    def rows(self): return Yes()\n"
        "def f(): return Yes()"
    )
    got = call(session, "f").value
    uses = (len, float, list, str, lambda x: x == 3, lambda x: 3 in x, lambda x: x < 4, lambda x: dir(x),
            lambda x: setattr(x, "a", 1), lambda x: x.__enter__())  # fmt: skip
    for use in uses:
        with pytest.raises(StudentError, match="an object, but a number"):
            use(got)
    assert repr(got) == "<f(...)>"
    yes = call(session, "Yes").value
    assert 5 in yes, "a class says itself what is in it"
    rows = yes.rows()
    assert 3 in rows, "but what its methods return is looked through here"
    assert 5 not in rows


def test_what_cannot_be_passed_to_an_object_is_no_error_on_our_side(run, stack):
    for other in (pytest.approx(3), {1, 2}, collections.Counter, object()):
        if callable(other):
            continue
        with pytest.raises(StudentError, match="an object, but a number"):
            stack(1) == other  # noqa: B015


def test_an_object_of_a_process_that_is_gone_is_told(run):
    session = run("import os\nclass A:\n    def die(self): os._exit(1)\n    def __len__(self): return 1")
    made = call(session, "A").value
    with pytest.raises(StudentCrashed):
        made.die()
    with pytest.raises(StudentCrashed, match="went with its process"):
        len(made)


def test_a_class_itself_gives_its_class_methods(run):
    session = run(STACK)
    made = session.variable("Stack")
    assert isinstance(made, Handle)
    assert list(made.of(1, 2)) == [1, 2]
    assert made.twice(3) == 6


GENERATORS = {
    "numpy": lambda: np.random.default_rng(3),
    "MT19937": lambda: np.random.Generator(np.random.MT19937(3)),
    "Philox": lambda: np.random.Generator(np.random.Philox(3)),
    "SFC64": lambda: np.random.Generator(np.random.SFC64(3)),
    "PCG64DXSM": lambda: np.random.Generator(np.random.PCG64DXSM(3)),
    "legacy": lambda: np.random.RandomState(3),
}


@pytest.mark.parametrize("name", GENERATORS)
def test_every_generator_crosses_with_its_state_and_does_not_advance_here(run, name):
    session = run(
        "def draw(rng): return [rng.normal(size=3), rng.integers(9) if hasattr(rng, 'integers') else 0]"
    )
    ours = GENERATORS[name]()
    ours.normal(size=5)
    ours.bytes(4)  # so that half of a 64-bit number is left
    first, again = call(session, "draw", ours).value, call(session, "draw", ours).value
    assert first[0].tolist() == again[0].tolist() == ours.normal(size=3).tolist()


def test_pythons_generator_and_seed_sequences_cross(run):
    session = run(
        "import numpy as np\n"
        "def draw(rng): return [rng.random(), rng.gauss(0, 1), rng.randint(1, 6)]\n"
        "def spread(seeds): return [np.random.default_rng(s).random() for s in seeds.spawn(2)]\n"
        "def children(rng): return [child.random() for child in rng.spawn(2)]\n"
        "def bits(b): return int(b.random_raw())\n"
    )
    ours = random.Random(3)
    ours.gauss(0, 1)
    copied = copy.deepcopy(ours)
    assert call(session, "draw", ours).value == [copied.random(), copied.gauss(0, 1), copied.randint(1, 6)]
    seeds = np.random.SeedSequence(5)
    expected = [np.random.default_rng(s).random() for s in np.random.SeedSequence(5).spawn(2)]
    assert call(session, "spread", seeds).value == expected
    rng = np.random.default_rng(8)
    expected = [child.random() for child in np.random.default_rng(8).spawn(2)]
    assert call(session, "children", rng).value == expected
    assert call(session, "bits", np.random.PCG64(2)).value == int(np.random.PCG64(2).random_raw())


def test_slices_and_generators_go_in_and_never_come_out():
    """What a submission sends as one is refused, also within a list or as the plain value of an object."""

    def resolve(node):
        raise WireError("no references here")

    for value in (slice(1, 2), ..., np.random.default_rng(1), random.Random(1), np.random.SeedSequence(3)):
        for packed in (value, [value], {"k": value}):
            encoder = Encoder(lambda part: [GENERATOR, *state_of(part)], room=INTO_THE_SANDBOX)
            node, body = encoder.node(packed), bytearray(b"".join(encoder.buffers))
            with pytest.raises(WireError):
                Decoder(encoder.headers, body, resolve).value(node)
    for node in (
        [SLICE],
        [SLICE, 1, 2],
        [GENERATOR, "Random", 3],
        [GENERATOR, 5],
        [GENERATOR, "x", [GENERATOR]],
    ):
        with pytest.raises(WireError):
            Decoder([], bytearray(), resolve).value(node)


def test_a_seeded_call_seeds_the_global_generators(run):
    session = run("import numpy as np, random\ndef draw(n): return [np.random.rand(n), random.random()]")
    np.random.seed(11)
    random.seed(11)
    expected = np.random.rand(2), random.random()
    for _ in range(2):
        (done,) = session.calls("draw", [((2,), {})], seed=11)
        assert done.value[0].tolist() == expected[0].tolist()
        assert done.value[1] == expected[1]
        assert done.seed == 11
    assert call(session, "draw", 2).value[0].tolist() != expected[0].tolist()


def test_every_action_has_words(stack):
    made = stack(1)
    assert plain(operator.index(3)) == 3
    with pytest.raises(StudentError, match=r"`Stack\(...\) - …` raised TypeError"):
        made - 1
    with pytest.raises(StudentError, match=r"`Stack\(...\)\[…\]` raised IndexError"):
        made[5]
