"""What is noted while a notebook runs, for judging its questions and for telling what went wrong.

The process that says it also runs the student's code, so it is a hint, never evidence. It can cause another run and
choose between sentences, but decides no verdict.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import re
import textwrap
import types
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from grader.notebook.cells import NotebookCell
from grader.notebook.magics import parsed
from grader.notebook.otter import check_of
from grader.notebook.uses import Uses, World

__all__ = ["Elsewhere", "Notes", "Place", "QuestionFunctions", "Watcher", "hints"]

MAX_NOTED = 500
"""Most names of each kind that are noted."""
_LEAST = 4
"""Least letters of a name that is found within another, such as ``train`` in ``train_model``."""
_CLOSE = 0.7
"""How similar two names must be, at most 1, for one to count as a misspelling of the other."""


class QuestionFunctions(NamedTuple):
    """A question, and the names of the functions that answer it."""

    question: str
    functions: tuple[str, ...]


class Place(NamedTuple):
    """Another state of the notebook in which a question can be judged."""

    after: int
    """The cell, from 0, after which its answer is complete."""
    broken_by: int
    """The first later cell that changed what its functions use."""
    change: str
    """What that cell changed: a name, a module's attribute, a setting."""


class Elsewhere(NamedTuple):
    """A function's definition outside the code cells."""

    kind: str
    """The cell's: ``"markdown"``, ``"raw"``, or ``"skipped"`` for code that its author asked not to run."""
    after: int
    """How many code cells are before it."""


@dataclass
class Notes:
    """What running a notebook showed; cells are counted from 0."""

    lacking: dict[str, int] = field(default_factory=dict)
    """Global names that nothing bound, each with the first cell that should have bound it."""
    gone: dict[str, int] = field(default_factory=dict)
    """Global names that were defined, each with the cell that deleted it."""
    near: dict[str, str] = field(default_factory=dict)
    """For each missing function: one that exists and has nearly the same name."""
    elsewhere: dict[str, Elsewhere] = field(default_factory=dict)
    """For missing functions: where they are defined outside the code cells."""
    unanswered: list[str] = field(default_factory=list)
    """Expected functions that are still as in the handout: ``...``."""
    places: dict[str, Place] = field(default_factory=dict)
    """Questions that may do better where they are answered than at the notebook's end."""
    unrun: int = -1
    """The first cell that was not run because the time was up; -1 if all were."""
    firsts: list[int] = field(default_factory=list)
    """In a Python file, whose statements count as cells: the line at which each begins, from 1."""


class Watcher:
    """Looks at the notebook's names after each of its cells."""

    def __init__(self, namespace: Mapping[str, Any], asked: Sequence[QuestionFunctions]) -> None:
        self._namespace, self._asked = namespace, asked
        self._world = World()
        self._world.changes(namespace)
        self._ids = self._now()
        self._changes: dict[str, list[int]] = {}
        self._places: dict[str, int] = {}
        self._marked: set[str] = set()
        self._callable: set[str] = set()
        self._valued: set[str] = set()
        self._functions = {name for one in asked for name in one.functions}
        self._blank: set[str] = set()
        self._written: set[str] = set()
        self._uses: dict[str, Uses] = {}
        self._checks = {one.question: check_of(one.question) for one in asked}

    def _now(self) -> dict[str, int]:
        return {
            name: id(value)
            for name, value in list(self._namespace.items())
            if isinstance(name, str) and not name.startswith("_")
        }

    def after(self, cell: int, source: str) -> None:
        """A cell has run."""
        now, before = self._now(), self._ids
        self._ids = now
        changed = [name for name in now.keys() | before.keys() if now.get(name) != before.get(name)]
        self._look_at(changed)
        for change in (*changed, *self._world.changes(self._namespace)):
            self._changes.setdefault(change, []).append(cell)
        for question, functions in self._asked:
            if any(name in self._blank and name in self._written for name in functions):
                continue  # the handout's own empty cell, left below the answer, replaced it
            if self._checks[question].search(source) is not None:
                self._marked.add(question)
            elif question in self._marked or not any(
                name in changed and name in now and self._is_definition(name, source) for name in functions
            ):
                continue
            self._places[question] = cell
            self._uses[question] = Uses(functions, self._namespace)

    def _look_at(self, names: Collection[str]) -> None:
        """Of the expected functions that were just bound, note which are written and which are still blank."""
        for name in self._functions & set(names):
            if _is_blank(self._namespace.get(name)):
                self._blank.add(name)
            else:
                self._blank.discard(name)
                if name in self._namespace:
                    self._written.add(name)

    def _is_definition(self, name: str, source: str) -> bool:
        """Whether a cell bound a name to an answer.

        Once it was a function, only another function is one; once it was a value, a loop that uses its name is none.
        """
        if callable(self._namespace[name]):
            self._callable.add(name)
            return True
        first = name not in self._valued
        self._valued.add(name)
        return name not in self._callable and (first or not _is_loop_variable(name, source))

    def places(self) -> dict[str, Place]:
        """Questions for which something that their functions use was changed after their answer."""
        found: dict[str, Place] = {}
        for question, place in self._places.items():
            uses = self._uses[question]
            later = [
                (cell, not change.isidentifier(), change)
                for change, cells in self._changes.items()
                if (cell := uses.first_break(change, cells, place)) is not None
            ]
            if later:
                broken_by, _, change = min(later)
                found[question] = Place(place, broken_by, change)
        return found

    def gone(self) -> dict[str, int]:
        """Names that were bound but are not any more, each with the cell that deleted it last."""
        return {
            name: cells[-1]
            for name, cells in self._changes.items()
            if name.isidentifier() and name not in self._namespace
        }


def hints(
    notes: Notes,
    namespace: Mapping[str, Any],
    cells: Sequence[NotebookCell],
    asked: Sequence[QuestionFunctions],
) -> None:
    """Note what can be said about expected functions that are missing or not written yet."""
    functions = dict.fromkeys(name for one in asked for name in one.functions)
    own = [
        name
        for name, value in list(namespace.items())
        if isinstance(value, types.FunctionType | type)
        and getattr(value, "__module__", "") == "__main__"
        and name not in functions
        and not name.startswith("_")
    ]
    folded = {name.replace("_", "").lower(): name for name in own}
    for name in functions:
        if name in namespace:
            if _is_blank(namespace[name]):
                notes.unanswered.append(name)
            continue
        plain = name.replace("_", "").lower()
        close = difflib.get_close_matches(plain, folded, 1, _CLOSE) or [
            other for other in folded if plain in other or (other in plain and len(other) >= _LEAST)
        ]
        if close:
            notes.near[name] = folded[close[0]]
        if (found := _elsewhere(name, cells)) is not None:
            notes.elsewhere[name] = found


def _elsewhere(name: str, cells: Sequence[NotebookCell]) -> Elsewhere | None:
    definition = re.compile(
        rf"^[ \t>]*(?:(?:(?:async[ \t]+)?def|class)[ \t]+{re.escape(name)}\b|{re.escape(name)}[ \t]*=[ \t]*lambda\b)",
        re.MULTILINE,
    )
    code = 0
    for cell in cells:
        if cell.kind == "code":
            code += 1
        if (cell.kind != "code" or cell.skipped) and definition.search(cell.source):
            return Elsewhere("skipped" if cell.kind == "code" else cell.kind, code)
    return None


def _is_loop_variable(name: str, source: str) -> bool:
    """Whether a cell binds a name only as the variable of a loop or of a with statement."""
    try:
        tree = parsed(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    passing: set[ast.AST] = set()
    for node in ast.walk(tree):
        target = node.target if isinstance(node, ast.For) else getattr(node, "optional_vars", None)
        if target is not None:
            passing |= set(ast.walk(target))
    bound = [
        n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store)
    ]
    return bool(bound) and set(bound) <= passing


def _is_blank(value: Any) -> bool:
    """Whether a name is still as a handout leaves it: ``...``, or a function with nothing else in it."""
    if value is ...:
        return True
    if not isinstance(value, types.FunctionType) or value.__code__.co_names:
        return False
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(value)))
    except (OSError, TypeError, SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    body = getattr(tree.body[0], "body", []) if tree.body else []
    left = [node for node in body if not (isinstance(node, ast.Expr) and _is_text(node.value))]
    return bool(left) and all(
        isinstance(node, ast.Expr | ast.Assign | ast.Return)
        and isinstance(node.value, ast.Constant)
        and node.value.value is ...
        for node in left
    )


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
