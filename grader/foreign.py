"""A test that was written for another grader, run on a namespace: a doctest, a function that raises, or a cell.

It is run in the judge on names that stand for a submission's, or inside the submission's own process. Either way it
goes as the other grader would run it.
"""

from __future__ import annotations

import ast
import contextlib
import doctest
import inspect
import io
import math
import numbers
import re
import traceback
import warnings
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Literal

import msgspec
import numpy as np

__all__ = [
    "Ending",
    "Foreign",
    "as_before_numpy_2",
    "python_of",
    "run_foreign",
    "warned_as_usual",
    "written_for_numpy_2",
]

MOST_OUTPUT = 4_000
"""Characters kept of what a test says."""
FILE = "<test>"
_MAGIC = re.compile(r"^(\s*)([%!].*)$", re.MULTILINE)
_OF_NUMPY_2 = re.compile(r"\bnp\.(True_|False_|(?:float|int|uint|complex|str|bytes)\w*\()")


class Foreign(msgspec.Struct, frozen=True, array_like=True):
    """One test: its code, and how that tells a verdict."""

    kind: Literal["doctest", "function", "cell"]
    source: str
    function: str = ""
    """Of a function: its name in ``source``."""
    before: str = ""
    """Code that binds what the test uses of others."""


class Ending(msgspec.Struct, frozen=True, array_like=True):
    """How a test ended."""

    passed: bool
    output: str = ""
    """What it says of a failure, at most some thousand characters."""
    earned: float | None = None
    """The number that a cell ends with: the points it gives."""


def run_foreign(test: Foreign, names: MutableMapping[str, Any], *, strict: bool = True) -> Ending:
    """Run a test on a namespace, which a cell binds its own names in.

    Args:
        test: The test.
        names: What its code sees; a ``dict`` or what derives from it.
        strict: Whether a cell that writes to standard error fails, as it does in nbgrader.
    """
    said, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(errors), warned_as_usual():
        if test.before:
            with contextlib.suppress(Exception):
                exec(compile(python_of(test.before), FILE, "exec"), names)  # type: ignore[arg-type]
        if test.kind == "doctest":
            return _doctest(test, names)
        try:
            if test.kind == "function":
                _function(test, names)
                return Ending(True)
            earned = _cell(test, names)
        except (Exception, SystemExit) as error:
            return Ending(False, _short(_traceback(error)))
    if strict and errors.getvalue():
        return Ending(False, _short(f"It wrote to standard error: {errors.getvalue()}"))
    return Ending(True, "", earned)


@contextlib.contextmanager
def warned_as_usual() -> Iterator[None]:
    """Warn as a new interpreter does."""
    with warnings.catch_warnings():
        warnings.resetwarnings()
        for kind in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
            warnings.simplefilter("ignore", kind)
        yield


def _doctest(test: Foreign, names: MutableMapping[str, Any]) -> Ending:
    parts = doctest.DocTestParser().parse(test.source, "test")
    examples = [part for part in parts if isinstance(part, doctest.Example)]
    made = doctest.DocTest(examples, {}, "test", None, None, test.source)
    made.globs = names  # type: ignore[assignment]  # not a copy, which would be a plain dictionary
    runner, said = doctest.DocTestRunner(verbose=False), io.StringIO()
    failed, _ = runner.run(made, out=said.write, clear_globs=False)
    return Ending(not failed, _short(_plain(said.getvalue())))


def _function(test: Foreign, names: MutableMapping[str, Any]) -> None:
    scope: dict[str, Any] = {"__name__": "test"}
    exec(compile(test.source, FILE, "exec"), scope)
    function = scope[test.function]
    wanted = inspect.signature(function).parameters
    function(**{name: names if name == "env" else names.get(name) for name in wanted})


def _cell(test: Foreign, names: MutableMapping[str, Any]) -> float | None:
    """Run a cell; the number that it ends with, if it ends with one."""
    space: Any = names
    tree = ast.parse(python_of(test.source))
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        tree.body.pop()
    exec(compile(tree, FILE, "exec"), space)
    if not isinstance(last, ast.Expr):
        return None
    value = eval(compile(ast.Expression(last.value), FILE, "eval"), space)
    if test.source.rstrip().endswith(";") or isinstance(value, bool | np.bool_):
        return None
    # By its type, since what stands for an object of a submission may say anything of itself.
    real = issubclass(type(value), numbers.Real | np.number) and not issubclass(
        type(value), np.complexfloating
    )
    found = float(value) if real else math.nan
    return None if math.isnan(found) else found


def python_of(source: str) -> str:
    """A cell's code without IPython's magics and shell commands, which a judge does not run."""
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return _MAGIC.sub(r"\1pass  # \2", source)
    return source


def _traceback(error: BaseException) -> str:
    """Where in the test it was raised, and what it says; not where in us."""
    steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename == FILE]
    said = "".join(traceback.format_exception_only(type(error), error))
    return (f"Line {steps[-1].lineno} of the test: " if steps else "") + said


_HEAD = re.compile(r"^\*{5,}\nFile .*\n", re.MULTILINE)


def _plain(said: str) -> str:
    """What doctest says, without its rules and made-up file names."""
    return _HEAD.sub("", said).strip()


def _short(text: str) -> str:
    return text[:MOST_OUTPUT].encode("utf-8", "replace").decode()


def written_for_numpy_2(tests: Mapping[str, str]) -> bool:
    """Whether expected output was written as numpy 2 prints: ``np.True_``, ``np.float64(0.5)``."""
    return any(_OF_NUMPY_2.search(_expected(source)) for source in tests.values())


def _expected(source: str) -> str:
    try:
        parts = doctest.DocTestParser().parse(source, "test")
    except ValueError:
        return ""
    return "\n".join(part.want for part in parts if isinstance(part, doctest.Example))


def as_before_numpy_2() -> None:
    """Print numbers of numpy's as it did before its version 2."""
    if int(np.__version__.partition(".")[0]) >= 2:
        np.set_printoptions(legacy="1.25")  # type: ignore[arg-type,unused-ignore]
