"""What an nbgrader_config.py says about reading assignments, without running it: ``c.Class.name = constant``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.text import listed

__all__ = ["CONFIG", "Settings", "read_settings"]

CONFIG = "nbgrader_config.py"
MAX_BYTES = 2_000_000


@dataclass(frozen=True)
class Settings:
    """nbgrader's own defaults, and what a course changes of them."""

    begin_solution: str = "BEGIN SOLUTION"
    end_solution: str = "END SOLUTION"
    begin_hidden: str = "BEGIN HIDDEN TESTS"
    end_hidden: str = "END HIDDEN TESTS"
    begin_scheme: str = "BEGIN MARK SCHEME"
    end_scheme: str = "END MARK SCHEME"
    autotest: str = "AUTOTEST"
    stub: str = "# YOUR CODE HERE\nraise NotImplementedError()"
    """What students get in place of a solution."""
    source: str = "source"
    release: str = "release"
    with_tests: str = "source_with_tests"
    """The folder of the notebooks whose automatic tests have been written out."""
    database: str = "gradebook.db"
    header: str = ""
    """A notebook whose cells come before those of every notebook; by its path in the course's folder."""
    footer: str = ""
    ignored: tuple[str, ...] = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback")
    """Patterns of file names that belong to no assignment."""
    cell_seconds: float | None = None
    """What a cell may take, where the course says so, and 0 for no limit; nbgrader's default is 30 seconds."""
    doubts: tuple[str, ...] = field(default=())


_TEXTS = {
    "ClearSolutions.begin_solution_delimeter": "begin_solution",
    "ClearSolutions.end_solution_delimeter": "end_solution",
    "ClearHiddenTests.begin_test_delimeter": "begin_hidden",
    "ClearHiddenTests.end_test_delimeter": "end_hidden",
    "ClearMarkScheme.begin_mark_scheme_delimeter": "begin_scheme",
    "ClearMarkScheme.end_mark_scheme_delimeter": "end_scheme",
    "InstantiateTests.autotest_delimiter": "autotest",
    "CourseDirectory.source_directory": "source",
    "CourseDirectory.release_directory": "release",
    "CourseDirectory.source_with_tests_directory": "with_tests",
    "IncludeHeaderFooter.header": "header",
    "IncludeHeaderFooter.footer": "footer",
}
_OTHERS = {
    "ClearSolutions.code_stub",
    "CourseDirectory.db_url",
    "CourseDirectory.ignore",
    "Execute.timeout",
    "ExecutePreprocessor.timeout",
}
_NOT_FOLLOWED = {
    "Autograde.autograde_preprocessors": "tests are judged without its own preprocessors",
    "Autograde.sanitize_preprocessors": "submissions are read without its own preprocessors",
    "CourseDirectory.directory_structure": "folders are looked for where nbgrader has them by default",
    "GenerateAssignment.preprocessors": "notebooks are read without its own preprocessors",
    "IgnorePattern.pattern": "a test that writes to stderr gets no points, whatever it writes",
}
"""Settings that matter for grading and are not read, with what happens instead."""


def read_settings(root: Path) -> Settings:
    """The settings of the course in a folder: nbgrader's defaults if it has no configuration."""
    path = root / CONFIG
    try:
        if not path.is_file():
            return Settings()
        if path.stat().st_size > MAX_BYTES:
            return Settings(doubts=(f"{path} is too large to be read; nbgrader's default settings count",))
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return Settings(doubts=(f"{path} cannot be read; nbgrader's default settings count",))
    changes: dict[str, Any] = {}
    unread = []
    doubts = []
    plain = {id(node) for node in tree.body}
    for node, name, value in _assignments(tree):
        if name in _NOT_FOLLOWED:
            doubts.append(f"{CONFIG} sets {name}, which is not followed: {_NOT_FOLLOWED[name]}")
        elif name in _TEXTS or name in _OTHERS:
            found = _change(name, value) if id(node) in plain else None
            if found is None:
                unread.append(name)
            else:
                changes |= found
    if unread:
        several = len(unread) > 1
        doubts.append(
            f"{CONFIG} sets {listed(sorted(set(unread)))} in a way that only running it would tell; "
            f"nbgrader's default{'s count' if several else ' counts'}"
        )
    return replace(Settings(doubts=tuple(dict.fromkeys(doubts))), **changes)


def _assignments(tree: ast.Module) -> Iterator[tuple[ast.AST, str, ast.expr]]:
    """Every ``c.Class.name = value``, wherever it stands: the statement, ``Class.name`` and the value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if (
                    isinstance(target, ast.Attribute)
                    and isinstance(target.value, ast.Attribute)
                    and isinstance(target.value.value, ast.Name)
                ):
                    yield node, f"{target.value.attr}.{target.attr}", node.value


def _change(name: str, expression: ast.expr) -> dict[str, Any] | None:
    """What a setting changes; None if its value is no constant of its kind."""
    try:
        value = ast.literal_eval(expression)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    if name in _TEXTS:
        # An empty delimiter would be found in every line.
        may_be_empty = name.startswith("IncludeHeaderFooter.")
        return {_TEXTS[name]: value} if isinstance(value, str) and (value or may_be_empty) else None
    if name == "ClearSolutions.code_stub":
        stub = value.get("python", Settings.stub) if isinstance(value, dict) else value
        return {"stub": stub} if isinstance(stub, str) else None
    if name == "CourseDirectory.db_url":
        prefix = "sqlite:///"
        usable = isinstance(value, str) and value.startswith(prefix) and len(value) > len(prefix)
        return {"database": value.removeprefix(prefix)} if usable else None
    if name == "CourseDirectory.ignore":
        usable = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return {"ignored": tuple(value)} if usable else None
    if value is None or (isinstance(value, int | float) and value <= 0):
        return {"cell_seconds": 0.0}
    return {"cell_seconds": float(value)} if isinstance(value, int | float) else None
