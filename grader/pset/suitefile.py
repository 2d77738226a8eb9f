"""The tests a suite declares, read from its source: nothing of a course is imported for it.

Only literal arguments of decorators can be read this way. If a test's cases are not a literal list, ``cases`` is
None, and collecting the suite counts them.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.errors import CourseError
from grader.points import exact
from grader.pset.guesses import guesses_in, knows_right
from grader.pset.names import shown_path
from grader.wording import title_of

__all__ = ["DeclaredTest", "decorator_call", "parse_python", "read_suite"]


@dataclass(frozen=True)
class DeclaredTest:
    """A test function under ``@question(...)`` in suite/."""

    name: str
    question: str
    points: Fraction
    """Points of one case."""
    public: bool
    bonus: bool
    """Whether its points are added on top of the question's."""
    title: str
    """First line of the docstring, or the name in words."""
    file: Path
    line: int
    cases: int | None
    """How many parametrized cases it has; None if only running the code can tell."""
    guessable: int = 0
    """The line where it compares a choice or a short text with the right one; 0 if it does not."""


def parse_python(file: Path, name: str) -> ast.Module:
    """The file's syntax tree; ``name`` is how messages call it."""
    try:
        return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
    except FileNotFoundError:
        raise CourseError(f"{name} does not exist; create it") from None
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f"{name}:{line}" if line else name
        problem = getattr(error, "msg", str(error))
        raise CourseError(f"{where}: this is not Python ({problem}); correct it") from None


def decorator_call(node: ast.AST, name: str) -> ast.Call | None:
    """The call, if the node is one of ``name``, as in ``@name(...)`` or ``@grader.name(...)``."""
    if isinstance(node, ast.Call):
        function = node.func
        called = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        if called == name:
            return node
    return None


def question_call(node: ast.FunctionDef) -> ast.Call | None:
    """``@question(...)`` of a test; None for any other function."""
    return next((call for d in node.decorator_list if (call := decorator_call(d, "question"))), None)


def is_fixture(node: ast.FunctionDef) -> bool:
    """Whether a function is a pytest fixture."""
    return any("fixture" in ast.unparse(d) for d in node.decorator_list)


_QUESTION = ("question", "points", "public", "bonus")


def _points(call: ast.Call) -> Fraction | None:
    """The points of ``@question(...)``; None if the source does not write them out."""
    given = dict(zip(_QUESTION, call.args, strict=False)) | {k.arg: k.value for k in call.keywords if k.arg}
    try:
        points = _number(given["points"]) if "points" in given else Fraction(1)
    except (ValueError, TypeError, ZeroDivisionError):
        return None
    return points if points >= 0 else None


def _number(node: ast.expr) -> Fraction:
    """A number, a text such as "1/3", 1 / 3, Fraction(1, 3) or Decimal("0.1"); raises what `exact` or Python does."""
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _number(left) / _number(right)
        case ast.Call(
            func=ast.Name(id="Fraction") | ast.Attribute(attr="Fraction"), args=[*parts], keywords=[]
        ):
            return Fraction(*map(_number, parts))
        case ast.Call(func=ast.Name(id="Decimal") | ast.Attribute(attr="Decimal"), args=[part], keywords=[]):
            return _number(part)
    return exact(ast.literal_eval(node))


def _literal(node: ast.AST) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def literal_arguments(call: ast.Call, order: tuple[str, ...]) -> dict[str, Any]:
    """A decorator's arguments by name, with None for those that are not literals."""
    given = {name: _literal(node) for name, node in zip(order, call.args, strict=False)}
    return given | {k.arg: _literal(k.value) for k in call.keywords if k.arg}


def _cases(node: ast.FunctionDef) -> int | None:
    total = 1
    for decorator in node.decorator_list:
        call = decorator_call(decorator, "parametrize")
        if call is None:
            continue
        values = call.args[1] if len(call.args) > 1 else None
        for keyword in call.keywords:
            if keyword.arg == "argvalues":
                values = keyword.value
        if not isinstance(values, ast.List | ast.Tuple) or any(
            isinstance(item, ast.Starred) for item in values.elts
        ):
            return None
        total *= len(values.elts)
    return total


def read_suite(folder: Path, course: Path) -> list[DeclaredTest]:
    """Every test that ``folder``/test_*.py declares, by file and line; raises `CourseError` on bad source."""
    tests: list[DeclaredTest] = []
    for file in sorted(folder.rglob("test_*.py")):
        shown = shown_path(file, course)
        seen: dict[str, int] = {}
        tree = parse_python(file, shown)
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test"):
                continue
            if node.name in seen:
                raise CourseError(
                    f"{shown}:{node.lineno}: {node.name} is already defined in line {seen[node.name]}, "
                    "and only the last one would run; rename one"
                )
            seen[node.name] = node.lineno
            tests.append(_declared(node, file, shown, tree))
    return tests


def _declared(node: ast.FunctionDef, file: Path, shown: str, tree: ast.Module) -> DeclaredTest:
    call = question_call(node)
    if call is None:
        raise CourseError(
            f"{shown}:{node.lineno}: {node.name} belongs to no question; write "
            '@question("q1", points=1) above it'
        )
    where = f"{shown}:{call.lineno}: @question of {node.name}"
    given = literal_arguments(call, _QUESTION)
    if given.get("question") is None:
        raise CourseError(f'{where} needs the question\'s id written out, as in @question("q1", points=1)')
    points = _points(call)
    if points is None:
        raise CourseError(
            f'{where} needs its points written out: a number of at least 0, or a text such as "1/3"'
        )
    public = bool(given.get("public", False))
    return DeclaredTest(
        name=node.name,
        question=str(given["question"]),
        points=points,
        public=public,
        bonus=bool(given.get("bonus", False)),
        title=title_of(node.name, ast.get_docstring(node)),
        file=file,
        line=node.lineno,
        cases=_cases(node),
        guessable=next(
            (call.lineno for call in guesses_in(node, tree) if knows_right(call, public=public)), 0
        ),
    )
