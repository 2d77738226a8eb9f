"""Objects, generators and seeds on a student's own machine: public tests do there what they do in grading."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import Any

import numpy as np
import pytest

from grader.errors import StudentError, StudentTimeout
from grader.local.student import CheckedStudent
from grader.notebook.given import Given
from grader.notebook.notes import Notes
from tests.sandbox.test_objects import STACK


class _Watch:
    """Lets everything take its time."""

    def limit(self, _: float) -> Any:
        return contextlib.nullcontext()


def student_of(code: str) -> CheckedStudent:
    names: dict[str, Any] = {"__name__": "__main__", "np": np}
    exec(code, names)
    return CheckedStudent(names, Notes(), {}, _Watch(), Given(), lambda _: None, Counter(), lambda *_: None)


def test_the_protocols_of_a_container():
    made = student_of(STACK).Stack([1, 2, 3])
    assert (len(made), list(made), made[1:], 2 in made, made.top) == (3, [1, 2, 3], [2, 3], True, 3)
    assert list(reversed(made)) == [3, 2, 1]
    made[0] = 7
    del made[1]
    assert list(made.push(4)) == [7, 3, 4]
    assert repr(made) == "Stack([7, 3, 4])"
    assert not hasattr(made, "size")
    with made as inner:
        assert len(inner) == 3
    assert made.items[-1] == "left"
    assert next(iter(3 * made)) == 21


def test_class_methods():
    stack = student_of(STACK).Stack
    assert list(stack.of(1, 2)) == [1, 2]
    assert stack.twice(2) == 4
    assert stack.largest == 100


def test_a_comparison_is_no_verdict():
    student = student_of(STACK)
    one, other = student.Stack([1]), student.Stack([1])
    with pytest.raises(StudentError, match="compared by `==`"):
        assert one == other
    with pytest.raises(StudentError, match="compared by"):
        sorted([one, other])


def test_generators():
    student = student_of(STACK + "\ndef batches(x, n):\n    for i in range(0, len(x), n): yield x[i:i + n]\n")
    assert [batch.tolist() for batch in student.batches(np.arange(3), 2)] == [[0, 1], [2]]
    each = student.Stack([1, 2]).each()
    assert (next(each), each.send(5)) == (1, 5)


@pytest.mark.parametrize("base", ["list", "dict", "tuple", "float", "str"])
def test_what_derives_from_data_is_an_object_if_the_test_made_it(base):
    student = student_of(
        f"class Own({base}):\n    def hello(self): return 'hello'\ndef plain(): return Own()"
    )
    assert student.Own().hello() == "hello"
    assert isinstance(student_of(f"class Own({base}): pass\ndef plain(): return Own()").plain(), eval(base))


def test_named_tuples_of_ordinary_functions_are_tuples():
    student = student_of(
        "from collections import namedtuple\nPair = namedtuple('Pair', 'a b')\ndef f(): return Pair(1, 2)"
    )
    assert student.f() == (1, 2)


def test_an_object_of_an_ordinary_function_has_no_operators():
    student = student_of("class Yes:\n    def __eq__(self, o): return True\ndef f(): return Yes()")
    with pytest.raises(StudentError, match="is an object, but a number"):
        student.f() == 3  # noqa: B015


def test_what_is_raised_says_what_was_done():
    with pytest.raises(StudentError, match=r"`Stack\(...\)\[…\]` raised IndexError"):
        student_of(STACK).Stack([])[4]


def test_seeds():
    student = student_of("import random\ndef draw(n): return np.random.rand(n), random.random()")
    np.random.seed(4)
    before = np.random.rand()
    first, again = student.draw.seeded(3)(2), student.draw.seeded(3)(2)
    assert first[0].tolist() == again[0].tolist()
    assert first[1] == again[1]
    np.random.seed(3)
    assert first[0].tolist() == np.random.rand(2).tolist()
    assert before != first[0][0]
    with pytest.raises(ValueError, match="a whole number from 0"):
        student.draw.seeded(-1)


def test_a_generator_that_is_passed_does_not_advance():
    student = student_of("def draw(rng): return float(rng.random())")
    for make in (np.random.default_rng, np.random.RandomState):
        rng = make(5)
        assert student.draw(rng) == student.draw(rng) == make(5).random()


def test_a_timeout_is_still_a_timeout():
    class Stops(_Watch):
        def limit(self, _: float) -> Any:
            raise KeyboardInterrupt

    student = student_of(STACK)
    made = student.Stack([1])
    student._watchdog = Stops()
    with pytest.raises(StudentTimeout, match=r"`len\(Stack\(...\)\)` took longer"):
        len(made)
