"""Is a student's formula worth the same as the right one, however it is written?"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.checks.messages import clip, fail, short
from grader.checks.rounding import Tolerance
from grader.errors import CourseError
from grader.expressions import ADDED, CONSTANTS, Expression
from grader.kinds import plain
from grader.text import counted

__all__ = ["check_expression"]

Array = np.ndarray

POINTS = 40
"""At which an expression is compared."""
FACTORS = {
    2.0: "2 times",
    0.5: "half",
    3.0: "3 times",
    1 / 3: "a third of",
    4.0: "4 times",
    0.25: "a quarter of",
}
SEED = 20_261_130
ADDITIONS = 0.0, 0.7, 2.3, -1.3
"""Values of a constant that an answer names; 0 is the one that counts, where the answer has a value there."""


def check_expression(
    expression: Expression,
    right: Callable[..., Any],
    *,
    name: str | None = None,
    constant: bool = False,
    rtol: float | None = None,
    atol: float | None = None,
    rng: np.random.Generator | None = None,
    **domain: Any,
) -> None:
    """Fail unless an expression has the values of the right one, up to rounding, at random points of a domain.

    The expression may be sympy's, a function of Python, a text such as ``"x**2 + 2x"``, a number, or a list or matrix
    of these, such as a gradient. It is evaluated where the student's code runs, so how it is written does not matter.

    Args:
        expression: What ``student.expression("f")`` or ``student.f.expression(3)`` gives.
        right: The right one, as a function of numpy arrays, in the domain's order; it returns a tuple or list for
            several results. Where it gives nan, nothing is compared.
        name: What to call it; otherwise by the student's name for it.
        constant: Whether any constant may be added, as to an antiderivative; it may be a letter, as in
            ``x**2 / 2 + C``.
        rtol: As for `check_close`.
        atol: As for `check_close`.
        rng: Chooses the points; otherwise they are always the same.
        domain: For each variable its least and its largest value, as in ``x=(0, 1)``, or a list of its values.

    Raises `CheckFailed`, whose summary says how the two differ: by sign, a factor, a constant, exchanged variables, or
    where one is undefined.

    Examples:
        >>> from grader import LocalStudent
        >>> student = LocalStudent({"slope": "2x + 2", "area": "x^2"})
        >>> check_expression(student.expression("slope"), lambda x: 2 * (x + 1), x=(-1, 1))
        >>> check_expression(student.expression("area"), lambda x: x**2 / 2, constant=True, x=(0, 3))
        Traceback (most recent call last):
        ...
        grader.errors.CheckFailed: area is wrong: it is 2 times the right one.
        For x = 2.794906222, area should be 3.905750396 up to a constant but is 7.811500791.
    """
    __tracebackhide__ = True
    if not isinstance(expression, Expression):
        raise TypeError('check_expression needs student.expression("f") or student.f.expression(...)')
    label = name or expression.name
    points = _points(domain, rng or np.random.default_rng(SEED))
    wanted = _rows(right, points)
    wanted = np.atleast_2d(wanted)
    tolerance = Tolerance(rtol, atol, None, 0.0)
    got = np.atleast_2d(_answered(expression, points, label, len(wanted), tolerance if constant else None))
    if wanted.dtype.kind != "c" and got.dtype.kind == "c":
        got = np.where(np.abs(got.imag) <= 1e-9 * np.abs(got), got.real, np.nan)
    if len(got) != len(wanted):
        fail(f"{label} is {counted(len(got), 'expression')}, but {_asked(len(wanted))} expected.")
    names = [label] if len(wanted) == 1 else [f"{label}[{i}]" for i in range(len(wanted))]
    rights = wanted
    for row, (part, mine) in enumerate(zip(names, got, strict=True)):
        compared = _Compared(mine, rights[row], points, tolerance, constant)
        if compared.alike(compared.right):
            continue
        reason = compared.reason(lambda moved, row=row: np.atleast_2d(_rows(right, moved))[row])  # type: ignore[misc]
        if reason is None and (other := compared.one_of(list(rights), row)) is not None:
            reason = f"it is what {names[other]} should be."
        fail(f"{part} is wrong{f': {reason}' if reason else '.'}", compared.detail(part))


def _asked(count: int) -> str:
    """How many expressions were asked for."""
    return f"{counted(count, 'expression').partition(' ')[0]} {'was' if count == 1 else 'were'}"


def _points(domain: dict[str, Any], rng: np.random.Generator) -> dict[str, Array]:
    if not domain:
        raise TypeError("check_expression needs the domain of each variable, as in x=(0, 1)")
    points = {}
    for variable, given in domain.items():
        if isinstance(given, tuple) and len(given) == 2:
            least, most = map(float, given)
            points[variable] = rng.uniform(least, most, POINTS)
        else:
            values = np.asarray(list(given), float)
            points[variable] = values[np.arange(POINTS) % len(values)]
    lists = [name for name, given in domain.items() if not (isinstance(given, tuple) and len(given) == 2)]
    for variable in lists if len(domain) > 1 else ():
        rng.shuffle(points[variable])
    return points


def _rows(right: Callable[..., Any], points: dict[str, Array]) -> Array:
    """The right values, a row for each of several results."""
    count = len(next(iter(points.values())))
    with np.errstate(all="ignore"):
        found = right(*points.values())
    parts = found if isinstance(found, tuple | list) else [found]
    rows = [np.broadcast_to(np.asarray(part), (count,)) for part in parts]
    table = np.array(rows)
    if table.dtype.kind not in "biufc":
        raise CourseError("the right expression of check_expression must give numbers")
    table = table.astype(np.result_type(table.dtype, float))
    return table if isinstance(found, tuple | list) else table[0]


def _answered(
    expression: Expression, points: dict[str, Array], label: str, count: int, added: Tolerance | None
) -> Array:
    """The student's values; fails with the reason where there are none.

    Args:
        count: How many expressions were asked for.
        added: How exactly a constant that the answer names has to be added; None if it may have none.
    """
    __tracebackhide__ = True
    found = plain(expression.at(points))
    match found:
        case ("unknown", [str(letter)]) if added is not None and letter in CONSTANTS - set(points):
            size = len(next(iter(points.values())))
            tiled = {name: np.tile(values, len(ADDITIONS)) for name, values in points.items()}
            tiled[ADDED + letter] = np.repeat(ADDITIONS, size)
            parts = np.split(
                _numbers(plain(expression.at(tiled)), tiled, label, count), len(ADDITIONS), axis=-1
            )
            chosen = max(parts, key=lambda part: np.isfinite(part).sum())
            if not _only_added(chosen, parts, added):
                fail(f"{label} is wrong: its constant `{letter}` is not only added.")
            return chosen
        case ("unknown", [_, _, *_] as names) if added is not None:
            found = "unknown", [name for name in names if name not in CONSTANTS]
            if not found[1]:
                fail(f"{label} contains more than one constant: add one.")
    return _numbers(found, points, label, count)


def _numbers(found: Any, points: dict[str, Array], label: str, count: int) -> Array:
    """What came back, if it is a number for each point."""
    __tracebackhide__ = True
    size = len(next(iter(points.values())))
    fits = isinstance(found, np.ndarray) and found.ndim in (1, 2) and found.shape[-1] == size
    if not fits or found.dtype.kind not in "fc":
        reason, names = found if isinstance(found, tuple) and len(found) == 2 else ("", [])
        variables = [name for name in points if not name.startswith(ADDED)]
        fail(*_why_not(label, str(reason), names if isinstance(names, list) else [], variables, count))
    return np.asarray(found)


def _only_added(chosen: Array, parts: Sequence[Array], tolerance: Tolerance) -> bool:
    """Whether values differ by one number from those for other values of a constant."""
    compared = 0
    for part in parts:
        both = np.isfinite(chosen) & np.isfinite(part)
        for ours, theirs, there in zip(*map(np.atleast_2d, (chosen, part, both)), strict=True):
            ours, theirs = ours[there], theirs[there]
            shift = theirs - ours
            size = np.maximum(np.abs(ours), np.abs(theirs))
            if shift.size and (np.abs(shift - shift[0]) > tolerance.bound(size)).any():
                return False
        compared += bool(both.any())
    return compared > 1 or not np.isfinite(chosen).any()


def _why_not(
    label: str, reason: str, names: Sequence[Any], variables: Sequence[str], count: int
) -> tuple[str, str]:
    """A sentence for an answer without values, and what only a public test may show."""
    shown = ", ".join(f"`{one}`" for one in variables)
    if reason == "unknown":
        given = [clip(one, 20) for one in names[:3] if isinstance(one, str) and one.isidentifier()]
        # A name is the student's own text, and could be made of what a hidden test passes in; a letter is too short.
        letter = next((f", `{one}`," for one in given if len(one) == 1 and one.isascii()), "")
        noun = "variable" if len(variables) == 1 else "variables"
        told = f"{label} contains a name{letter} that is not known here"
        return (
            f"{told}: write it with the {noun} {shown} and numbers only.",
            f"Not known: {', '.join(given)}." if given else "",
        )
    sentence = {
        "unreadable": f"cannot be read as a formula. Write it as in Python, such as `2*x**2 + sin(x)`, with {shown}.",
        "undone": "holds an integral, a derivative, a limit or a sum that is not carried out: `.doit()` does it.",
        "cut": "holds an O(…), which stands for more terms: `.removeO()` takes it off.",
        "set": (
            "is a set, but one expression was expected."
            if count == 1
            else f"is a set, which has no order: {_asked(count)} expected, in a list."
        ),
        "parts": "does not give one number for each point.",
    }.get(reason, f"is not an expression: a formula in {shown} was expected.")
    return f"{label} {sentence}", ""


# How two expressions differ ----------------------------------------------------------------------------------


class _Compared(NamedTuple):
    """One expression's values, and the right ones."""

    got: Array
    right: Array
    points: dict[str, Array]
    tolerance: Tolerance
    constant: bool

    @property
    def known(self) -> Array:
        """Where there is something to compare."""
        return np.isfinite(self.right)

    def within(self, other: Array) -> Array:
        """Where the expression has the values of another, after a constant is taken off if any may be added."""
        known = self.known & np.isfinite(other)
        ours, theirs = self.got, other
        if self.constant:
            shared = known & np.isfinite(self.got)
            if not shared.any():
                return np.zeros(self.got.shape, bool)
            ours, theirs = ours - np.median(ours[shared].real), theirs - np.median(theirs[shared].real)
        with np.errstate(all="ignore"):
            size = np.where(known, other, 0)
            near = np.abs(ours - theirs) <= self.tolerance.bound(size)
        return near & np.isfinite(self.got)

    def alike(self, other: Array) -> bool:
        """Whether it has the values of another wherever the right one has values."""
        known = self.known & np.isfinite(other)
        return bool(known.any() and self.within(other)[known].all())

    def reason(self, moved: Callable[[dict[str, Array]], Array]) -> str | None:
        """In what way it is wrong, without any number of the right one; ``moved`` gives the right one elsewhere."""
        right, known = self.right, self.known
        undefined = known & ~np.isfinite(self.got)
        there = known & ~undefined
        if undefined.any():
            right_elsewhere = there.any() and self.within(right)[there].all()
            every = "everywhere" if not there.any() else "at some points of the domain"
            told = f"it is undefined {every}, where the right one is not."
            return f"{told} Elsewhere it is right." if right_elsewhere else told
        for words, other in self._others(moved):
            if self.alike(other):
                return words
        if not self.constant and self._differs_by_a_constant():
            return "it differs from the right one by a constant."
        if (part := self._right_part()) is not None:
            return part
        return None

    def _others(self, moved: Callable[[dict[str, Array]], Array]) -> Iterator[tuple[str, Array]]:
        """What a mistake makes of the right one, with words for it."""
        right = self.right
        yield "its sign is wrong.", -right
        for factor, words in FACTORS.items():
            yield f"it is {words} the right one.", factor * right
            yield f"it is {words} the right one, with the other sign.", -factor * right
        if (factor := self._factor()) is not None:
            yield "it is the right one times a constant factor.", factor * right
        for one, other in itertools.combinations(self.points, 2):
            swapped = dict(self.points)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            yield f"`{one}` and `{other}` are exchanged.", moved(swapped)
        for one in self.points:
            yield f"the sign of `{one}` is wrong.", moved({**self.points, one: -self.points[one]})
        with np.errstate(all="ignore"):
            yield "it is 1 divided by the right one.", 1 / right
            yield "it is the square of the right one.", right**2
        if len(self.points) == 1 and right.dtype.kind == "f":
            ((variable, values),) = self.points.items()
            step = 1e-5 * max(float(np.ptp(values)), 1e-6)
            with np.errstate(all="ignore"):
                slope = (moved({variable: values + step}) - moved({variable: values - step})) / (2 * step)
            if self._near(slope):
                yield "it is the derivative of the right one.", self.got

    def _near(self, other: Array) -> bool:
        """Whether it has another's values, as far as differences of values tell."""
        known = self.known & np.isfinite(other)
        if not known.any() or np.ptp(other[known]) == 0:
            return False
        size = np.abs(other[known]).max()
        return bool((np.abs(self.got - other)[known] <= 1e-6 * size).all())

    def _factor(self) -> Any:
        """The one factor between the two, if there is one."""
        right, got = self.right, self.got
        shared = self.known & np.isfinite(got) & (right != 0)
        if self.constant or not shared.any() or not got[shared].any():
            return None
        at = int(np.argmax(np.where(shared, np.abs(right), -1)))
        spread = np.ptp(np.abs(right[shared])) > 1e-6 * np.abs(right[shared]).max()
        return got[at] / right[at] if spread else None

    def _differs_by_a_constant(self) -> bool:
        delta = (self.got - self.right)[self.known]
        spread = np.ptp(self.right[self.known].real) > 1e-6 * np.abs(self.right[self.known]).max()
        limit = self.tolerance.bound(np.concatenate([self.right[self.known], delta]))
        return bool(spread and (np.abs(delta - delta[0]) <= limit[0]).all())

    def _right_part(self) -> str | None:
        """Where it is right, if that is one side of one variable's domain: a branch or an absolute value is missing."""
        good = self.within(self.right) | ~self.known
        if self.constant or not 3 <= good.sum() <= len(good) - 3:
            return None
        for variable, values in self.points.items():
            ordered = good[np.argsort(values, kind="stable")]
            if int(np.abs(np.diff(ordered.astype(int))).sum()) == 1:
                return f"it is right only for {'smaller' if ordered[0] else 'larger'} values of `{variable}`."
        return None

    def one_of(self, rights: Sequence[Array], own: int) -> int | None:
        """Which other part it is."""
        for number, other in enumerate(rights):
            if number != own and self._replaced(other).alike(other):
                return number
        return None

    def _replaced(self, right: Array) -> _Compared:
        return self._replace(right=right)

    def detail(self, label: str) -> str:
        """The point where the two are furthest apart, with both values."""
        with np.errstate(all="ignore"):
            off = np.where(self.known, np.abs(self.got - self.right), -1.0)
        at = int(np.argmax(np.where(np.isnan(off), np.inf, off)))
        where = ", ".join(f"{name} = {short(values[at])}" for name, values in self.points.items())
        plus = " up to a constant" if self.constant else ""
        return f"For {where}, {label} should be {short(self.right[at])}{plus} but is {short(self.got[at])}."
