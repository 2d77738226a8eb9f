"""What otter-grader means in a student's notebook: its comments, tags and checks, and stand-ins for the package."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = [
    "IGNORED",
    "TestCase",
    "any_check",
    "check_of",
    "ends_question",
    "only_hands_in",
    "stand_in",
    "stand_in_for_older",
    "test_files",
    "without_comments",
]

IGNORED = "otter_ignore"
"""Tag of a cell that otter leaves out."""
_COMMENT = re.compile(r"<!--\s*(BEGIN|END) QUESTION\s*-->", re.I)
_HANDS_IN = re.compile(r"\s*\w+\.(?:check|check_all|export)\([^()]*\)\s*;?\s*")


def ends_question(text: str) -> bool:
    """Whether a Markdown cell holds the comment behind which a question has ended."""
    return any(found[1].upper() == "END" for found in _COMMENT.finditer(text))


def without_comments(text: str) -> str:
    """A Markdown cell's text without otter's comments."""
    return _COMMENT.sub("", text)


def only_hands_in(text: str) -> bool:
    """Whether a code cell does nothing but check or export, as every notebook's last cells do in their own way.

    >>> only_hands_in("# Save first.\\ngrader.export(pdf=False)"), only_hands_in("x = 1\\ngrader.check_all()")
    (True, False)
    """
    code = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    return bool(code) and all(_HANDS_IN.fullmatch(line) for line in code)


def check_of(question: str) -> re.Pattern[str]:
    """Finds a call that checks a question: ``grader.check("q1")``."""
    return re.compile(rf"^[^#\n]*\.check\(\s*[\"']{re.escape(question)}[\"']", re.MULTILINE)


def any_check() -> re.Pattern[str]:
    """Finds a call that checks any question."""
    return re.compile(r"^[^#\n]*\.check\(\s*[\"']\w+[\"']", re.MULTILINE)


class _Harmless:
    """Stands for whatever otter offers: a submission may call any of it, and nothing happens."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Harmless()

    def __call__(self, *_: Any, **__: Any) -> None:
        return None


def stand_in() -> None:
    """Give ``import otter`` a module whose checks do nothing: checking happens elsewhere."""
    _take_out()
    otter = types.ModuleType("otter", "A stand-in: checking happens outside the notebook.")
    otter.Notebook = _Harmless  # type: ignore[attr-defined]
    otter.__path__ = []  # makes it a package, so that imports of its parts fail here instead of finding the real ones
    sys.modules["otter"] = otter


def stand_in_for_older() -> None:
    """The same for the graders before otter, which older notebooks import."""
    for name in (
        "client",
        "client.api",
        "client.api.notebook",
        "gofer",
        "gofer.ok",
        "okgrade",
        "okgrade.notebook",
    ):
        module = types.ModuleType(name, "A stand-in: checking happens outside the notebook.")
        module.__path__ = []
        module.__getattr__ = _anything  # type: ignore[method-assign]
        sys.modules[name] = module
        above, _, own = name.rpartition(".")
        if above:
            setattr(sys.modules[above], own, module)


def _anything(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return _Harmless()


class TestCase:
    """otter's ``test_case`` decorator, as far as an exported test needs it."""

    __test__ = False  # pytest would take the name for its own

    def __init__(self, *_: Any, **__: Any) -> None:
        self.function: Callable[..., None] = lambda env: None

    def __call__(self, function: Callable[..., None]) -> TestCase:
        self.function = function
        return self


@contextmanager
def test_files() -> Iterator[None]:
    """Let ``from otter.test_files import test_case`` give `TestCase`, whether or not otter is installed."""
    real = _take_out()
    package, files = types.ModuleType("otter"), types.ModuleType("otter.test_files")
    files.test_case = TestCase  # type: ignore[attr-defined]
    sys.modules |= {"otter": package, "otter.test_files": files}
    try:
        yield
    finally:
        _take_out()
        sys.modules.update(real)


def _take_out() -> dict[str, types.ModuleType]:
    """Forget what has been imported of otter; returns it."""
    names = [name for name in sys.modules if name.partition(".")[0] == "otter"]
    return {name: sys.modules.pop(name) for name in names}
