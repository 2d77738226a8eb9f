"""``python -m tests.fuzz_objects``: random uses of objects that answer anything, graded for a bounded time.

A suite of tests that do to an object whatever tests do, one thing after another drawn from a seed, is graded against
objects whose every method answers at random, through the codec and the judge as they are. Whatever they answer, each
test has a verdict that is the submission's own, and nothing of ours fails over it. A failure is printed with its seed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from grader.judge import Submission
from grader.pset import load_problem_set
from grader.student import LocalStudent
from tests.attacks.judging import Judge
from tests.fuzz_suites import Impostors
from tests.fuzz_values import Values
from tests.pset.tiny import write_tiny_course

USES = (
    "len(a)", "list(a)", "tuple(a)[0]", "a[0]", "a[1:]", "a[..., None]", "a['w']", "3 in a", "'x' in a", "dir(a)",
    "a.data", "a.data + 1", "a.data[0]", "a.step(1.0)", "a.step(b)", "a.step(a.data)", "a()", "a(3, k=[a, b])",
    "hasattr(a, 'n')", "getattr(a, 'n', 0)", "setattr(a, 'n', 3)", "delattr(a, 'n')", "a.n.m.k()", "a + 1", "1 - a",
    "a * b", "a @ x", "x @ a", "x + a", "x > a", "np.add(a, b)", "np.exp(a)", "np.asarray(a)", "np.asarray(a, float)",
    "np.array([a, b])", "np.sum(a)", "np.mean([a.data, 1])", "np.allclose(a, 1)", "np.array_equal(a, b)", "-a",
    "abs(a)",
    "~a", "a ** 2", "divmod(a, 2)", "round(a)", "float(a)", "int(a)", "complex(a)", "str(a)", "repr(a)", "f'{a}'",
    "f'{a!r:>9}'", "'%s' % a", "bool(a)", "a == b", "a == 1", "a == 'x'", "a == pytest.approx(3)", "bool(a == b)",
    "a < b", "sorted([a, b])", "max(a, b)", "{a, b}", "{a: 1}[b]", "[a, b].index(b)", "hash(a)", "copy.copy(a)",
    "copy.deepcopy([a])", "pickle.dumps(a)", "isinstance(a, dict)", "iter(a)", "next(a)", "next(iter(a))",
    "reversed(a)", "list(zip(a, a))", "list(enumerate(a))[:3]", "dict(a)", "sum(a)", "range(a)", "[1, 2, 3][a]",
    "math.sqrt(a)", "student.f(a)", "student.f(a.data)", "student.f([[a.data]])", "student.f(a == b)",
    "student.f(len(a))", "student.f(list(a))", "student.f.map([(a,), (b,)])", "student.C.of(a)", "student.C.n",
    "check_close(a, 1.0)", "check_close(a.data, [1.0, 2.0])", "check_close([a, b], [1, 2])",
    "check_close(a == b, True)",
    "check_close(list(a), [1, 2])", "check_close(len(a), 3)", "check_close(float(a), 1.0)",
    "check_shape(a, (3,))", "check_shape(a.data, (3,))", "check_scalar(a)", "check_outputs(a, ('x', 'y'))",
    "check_raises(a.step, 1.0)", "check_raises(a.pop, error=IndexError)", "check_pure(a.step, x)",
    "check_pure(student.f, x)", "check_distribution(a, lambda x: x)", "check_distribution(a.data, {1: 0.5, 2: 0.5})",
    "check_uses_rng(lambda rng: student.f(rng))", "check_uses_rng(lambda rng: student.C(rng))",
    "student.f.seeded(3)(2)", "student.f(np.random.RandomState(1))", "student.f(random.Random(1))",
    "student.f(np.random.SeedSequence(4))", "check_choice(a, 'x', options=['x', 'y'])", "a.__enter__()",
    "raised(AssertionError(a))", "raised(ValueError(a, b))", "print(a, file=io.StringIO())", "student.value('C')",
    "student.value('C')(1).data", "match_it(a)", "a.close()", "a.send(1)", "x.__iadd__(a)", "used(a)",
)  # fmt: skip
HEAD = """
import copy, io, math, pickle, random
import numpy as np
import pytest
from grader import *
x = np.arange(3.0)

def raised(error):
    raise error

def match_it(a):
    match a:
        case [first, *_]: return first
        case {"x": found}: return found
        case int() | float(): return 1
        case _: return a.data

def used(a):
    with a as b:
        b.n = 1
        return b.n

"""
SOLUTION = """
import numpy as np
class C:
    n = 1
    def __init__(self, *given): self.data = np.array([1.0, 2.0])
    @classmethod
    def of(cls, *given): return cls()
    def __getattr__(self, name):
        if name.startswith("_"): raise AttributeError(name)
        return C()
    def __call__(self, *given, **named): return self
    def __len__(self): return 2
    def __iter__(self): return iter([1, 2])
    def __reversed__(self): return iter([2, 1])
    def __next__(self): return 1
    def __getitem__(self, key): return 1
    def __contains__(self, x): return True
    def __delattr__(self, name): pass
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def __float__(self): return 1.0
    def __int__(self): return 1
    def __complex__(self): return 1j
    def __index__(self): return 1
    def __round__(self): return 1
    def __bool__(self): return True
    def __eq__(self, other): return True
    def __lt__(self, other): return True
    __gt__ = __eq__
    __hash__ = object.__hash__
    def __neg__(self): return self
    __abs__ = __invert__ = __neg__
    def __add__(self, other): return self
    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __matmul__ = __rmatmul__ = __pow__ = __divmod__ = __add__
def f(*given, **named): return 1.0
"""
SPECIAL = (
    "len iter next getitem setitem delitem contains add radd sub rsub mul rmul matmul rmatmul neg abs eq ne lt gt "
    "le ge float int complex str repr bool index hash enter exit call reversed dir pow iadd array copy deepcopy reduce "
    "instancecheck class_getitem array_ufunc"
).split()


def usable() -> list[str]:
    """The uses that go well with the solution's objects: in others the test itself would be at fault."""
    names: dict[str, Any] = {"__name__": "solution"}
    exec(SOLUTION, names)
    there: dict[str, Any] = {}
    exec(HEAD, there)
    found = []
    for use in USES:
        student = LocalStudent(names)
        try:
            eval(
                use,
                there,
                {"student": student, "a": student.C(1.0), "b": student.C(2.0), "x": np.arange(3.0)},
            )
        except Exception:
            continue
        found.append(use)
    return found


USABLE: list[str] = []


def made(values: Values, rng: random.Random) -> type:
    """A class whose objects answer anything."""

    def answer(self: Any, *_: Any, **__: Any) -> Any:
        match rng.randrange(9):
            case 0:
                return self
            case 1:
                return made(values, rng)()
            case 2:
                raise rng.choice(
                    (ValueError, TypeError, AttributeError, KeyError, StopIteration, RecursionError)
                )("x")
            case 3:
                return rng.choice(
                    (2**63, -1, 10**40, "x", None, True, 3, iter([1, 2]), NotImplemented, Ellipsis)
                )
            case 4:
                return iter([values.value() for _ in range(3)])
            case _:
                return values.value()

    def attribute(self: Any, name: str) -> Any:
        if name.startswith("__") and rng.random() < 0.9:
            raise AttributeError(name)
        return rng.choice((answer(self), lambda *_, **__: answer(self)))

    names = [
        name for name in SPECIAL if rng.random() < 0.6 and name not in ("class_getitem", "instancecheck")
    ]
    body: dict[str, Any] = {f"__{name}__": answer for name in names}
    if rng.random() < 0.8:
        body["__getattr__"] = attribute
    body["__init__"] = lambda self, *_, **__: None
    body["of"] = classmethod(answer)
    base = rng.choice((object, object, object, list, dict, tuple, float, str))
    body["__module__"] = "__main__"
    if base is not object:
        body["__new__"] = lambda cls, *_, **__: base.__new__(cls)
    return type("C", (base,), body)


def graded(seed: int, folder: Path) -> Counter[str]:
    """Grade one impostor on one suite; how often which verdict came."""
    rng = random.Random(seed)
    USABLE[:] = USABLE or usable()
    chosen = rng.sample(USABLE, 12)
    tests = "\n".join(
        f"@question('q1', points={1 if number else 2})\ndef test_{number}(student):\n"
        f"    a, b = student.C(1.0), student.C(2.0)\n    found = {use}\n"
        for number, use in enumerate(chosen)
    )
    pset = write_tiny_course(folder)
    suite = pset / "suite"
    for other in (
        *suite.glob("*.py"),
        *(pset / name for name in ("mistakes.py", "alternatives.py", "equivalents.yaml")),
    ):
        other.unlink(missing_ok=True)
    (suite / "test_uses.py").write_text(HEAD + tests, encoding="utf-8")
    (pset / "pset.yaml").write_text(
        f'title: "T"\nexpected_hours: 1\nquestions:\n  - {{id: q1, title: "C", points: {len(chosen) + 1}, '
        "functions: [C, f]}\n",
        encoding="utf-8",
    )
    (pset / "tiny.md").write_text(
        "# T\n\n```otter\n# BEGIN QUESTION\nname: q1\n```\n\n```python\n# BEGIN SOLUTION\n"
        + SOLUTION + "# END SOLUTION\n```\n\n```otter\n# END QUESTION\n```\n", encoding="utf-8",
    )  # fmt: skip
    problem_set = load_problem_set(pset)
    limits = msgspec.structs.replace(problem_set.limits, submission_seconds=20.0, call_seconds=10.0)
    sandbox: Any = Impostors(limits)
    values = Values(rng, large=0.0)
    thing = made(values, rng)
    sandbox.namespace = {"C": thing, "f": lambda *_, **__: rng.choice((values.value, thing))()}
    found: Counter[str] = Counter()
    with Judge(problem_set, sandbox=sandbox) as judge:
        result = judge.grade(Submission("impostor", {"x.py": b""}))
        for question in result.questions:
            for test in question.tests:
                found[test.status] += 1
                if test.status == "grader_error":
                    use = chosen[int(test.name.removeprefix("test_"))]
                    print(f"seed {seed}: {use}: {test.message}", file=sys.stderr)
        if result.status != "graded" or judge.problems:
            found["lost"] += 1
            print(f"seed {seed}: {result.status}: {result.reason} {judge.problems}", file=sys.stderr)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--rounds", type=int, default=10**9)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    until, found, number = time.monotonic() + given.seconds, Counter[str](), 0
    while number < given.rounds and time.monotonic() < until:
        with tempfile.TemporaryDirectory() as folder:
            found += graded(given.seed + number, Path(folder))
        number += 1
    print(f"{number} suites, verdicts: {dict(found)}; seed {given.seed}")
    return 1 if found["lost"] or found["grader_error"] else 0


if __name__ == "__main__":
    sys.exit(main())
