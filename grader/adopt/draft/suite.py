"""The suite of a draft: a pytest function for each test that could be turned."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.adopt.assignment import Assignment
from grader.adopt.draft.answers import bound_by, without_marks
from grader.adopt.draft.layout import Group, Unit
from grader.adopt.draft.turning import CannotTurn, Known, Turned, turned
from grader.adopt.roles import roles_of
from grader.foreign import python_of
from grader.notebook.magics import tree
from grader.pset.values import bound_in

__all__ = ["Choices", "Suite", "known_names", "suite_of"]

_PATH = 'DATA = Path(__file__).parents[1] / "data"'


@dataclass
class Choices:
    """What was found out about the tests of a draft, by the names of their functions."""

    plain: set[str] = field(default_factory=set)
    """Those that assert what a check of gradmark's judged too strictly."""
    hidden: set[str] = field(default_factory=set)
    """Public ones that students cannot be given."""
    left: dict[str, str] = field(default_factory=dict)
    """Those that are left out, with the reason."""
    refused: set[str] = field(default_factory=set)
    """Variables that cannot be asked for."""


@dataclass
class Suite:
    """A suite, and what it asks for."""

    text: str
    asked: dict[str, set[str]]
    """The names that are asked for, by the question whose tests do."""
    points: dict[str, Fraction]
    """What the tests of a question add up to; without an entry, none is left."""
    public: set[str]
    """The questions with public tests."""
    imports: set[str]
    left: dict[str, str]
    turned: int


def known_names(assignment: Assignment) -> Known:
    """Whose name is whose in the notebook, read from its files."""
    roles = roles_of(assignment)
    functions: set[str] = set()
    bound: set[str] = set()
    printing: set[str] = set()
    for cell in assignment.cells:
        if cell.part != "starter":
            continue
        bound |= bound_by(cell)
        for source in {cell.source, cell.solution or cell.source}:
            module = tree(without_marks(source))
            for node in module.body if module else ():
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    functions.add(node.name)
                    if any(isinstance(n, ast.Name) and n.id == "print" for n in ast.walk(node)):
                        printing.add(node.name)
    if not assignment.cells:
        functions, bound = _guessed(assignment, roles.imported)
    courses = {name.removesuffix(".py").partition("/")[0] for name in assignment.files}
    imports: dict[str, str] = {}
    for statement in roles.imports:
        for name, text in _each(statement, courses):
            imports.setdefault(name, text)
    stars = tuple(
        f"from {module} import *" for module in roles.stars if module.partition(".")[0] not in courses
    )
    return Known(
        frozenset(functions),
        frozenset(bound - functions - set(imports)),
        {
            name: text
            for name, text in imports.items()
            if name not in functions | bound or name in roles.imported
        },
        stars,
        frozenset(printing),
    )


def _each(statement: str, courses: set[str]) -> Iterable[tuple[str, str]]:
    """The names that an import binds, each with a statement that binds it alone."""
    node = ast.parse(statement).body[0]
    assert isinstance(node, ast.Import | ast.ImportFrom)
    for alias in node.names:
        module = alias.name if isinstance(node, ast.Import) else node.module or ""
        if alias.name == "*" or module.partition(".")[0] in courses:
            continue
        name = alias.asname or (alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name)
        only = (
            ast.Import([alias]) if isinstance(node, ast.Import) else ast.ImportFrom(node.module, [alias], 0)
        )
        yield name, ast.unparse(only)


def _guessed(assignment: Assignment, imported: Iterable[str]) -> tuple[set[str], set[str]]:
    """Functions and variables that tests ask for, where there is no notebook."""
    import builtins

    from grader.adopt.roles import code_of, names_bound

    called: set[str] = set()
    read: set[str] = set()
    for question in assignment.questions:
        for test in question.tests:
            module = tree(code_of(test)) or ast.Module([], [])
            own = names_bound(module)
            for node in ast.walk(module):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id not in own:
                    called.add(node.func.id)
                elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in own:
                    read.add(node.id)
    others = {*dir(builtins), *imported}
    return called - others, read - called - others


@dataclass(frozen=True)
class _Step:
    """A statement of the notebook that students do not write."""

    cell: int
    statement: ast.stmt
    test: str = ""
    """The question whose test it is in, if it is in one."""


def _steps(assignment: Assignment, known: Known) -> dict[str, list[_Step]]:
    """The statements that bind names which neither students nor imports bind, in order."""
    found: dict[str, list[_Step]] = {}
    for number, cell in enumerate(assignment.cells):
        if cell.part not in ("given", "test"):
            continue
        source, test = cell.source, ""
        if cell.part == "test":
            test = cell.checks[0]
            source = next((t.source for q in assignment.questions if q.name == test for t in q.tests), source)
        module = tree(textwrap.dedent(python_of(source)))
        for node in module.body if module else ():
            if isinstance(node, ast.Import | ast.ImportFrom):
                continue
            step = _Step(number, node, test)
            for name in bound_in(node) - known.functions - known.values - set(known.imports):
                found.setdefault(name, []).append(step)
    return found


def suite_of(assignment: Assignment, known: Known, groups: Sequence[Group], choices: Choices) -> Suite:
    """The suite's text, without what is left out; says of that so, with its points."""
    given = _steps(assignment, known)
    parts: list[str] = []
    made = Suite("", {}, {}, set(), set(), dict(choices.left), 0)
    checks = {"question"}
    for group in groups:
        for unit in group.units:
            if unit.name in made.left or group.by_hand is not None:
                made.left.setdefault(unit.name, "its question is graded by a person")
                parts.append(_todo(unit, made.left[unit.name]))
                continue
            try:
                names = Known(
                    known.functions, known.values, known.imports, known.stars, known.printing,
                    _Given(given, _cell_of(assignment, unit)).before, frozenset(choices.refused),
                )  # fmt: skip
                body = turned(unit.tests, names, plain=unit.name in choices.plain)
            except CannotTurn as reason:
                made.left[unit.name] = str(reason)
                parts.append(_todo(unit, str(reason)))
                continue
            if not body.functions | body.values:
                made.left[unit.name] = "it asks nothing of the student's code"
                parts.append(_todo(unit, made.left[unit.name]))
                continue
            public = not unit.hidden and unit.name not in choices.hidden
            parts.append(_function(group, unit, body, public, set(assignment.files)))
            checks |= body.checks
            made.imports |= body.imports
            made.asked.setdefault(group.id, set()).update(body.functions | body.values)
            made.points[group.id] = made.points.get(group.id, Fraction(0)) + unit.points
            made.turned += 1
            if public:
                made.public.add(group.id)
    text = "\n\n\n".join(part.rstrip() for part in parts)
    imports = sorted(made.imports)
    if "DATA / " in text:
        imports += ["from pathlib import Path"]
    head = [f'"""The tests of {assignment.title}, as gradmark adopt turned them."""'.replace("\\", "\\\\")]
    head += ["", *imports, "", f"from grader import {', '.join(sorted(checks))}"]
    if "DATA / " in text:
        head += ["", _PATH]
    made.text = "\n".join(head) + "\n\n\n" + text + "\n"
    return made


def _cell_of(assignment: Assignment, unit: Unit) -> int:
    """The cell that a test stands in; 0 if it stands in none."""
    names = {test.name for test in unit.tests}
    cells = enumerate(assignment.cells)
    return next((at for at, cell in cells if cell.part == "test" and names & set(cell.checks)), 0)


class _Given:
    """Finds what binds names that nobody else does: statements of the notebook, and of tests before this one."""

    def __init__(self, found: Mapping[str, list[_Step]], until: int) -> None:
        self._found, self._until = found, until

    def before(self, names: set[str]) -> list[ast.stmt]:
        """The statements that bind these names, and what those need, in order."""
        taken: dict[int, _Step] = {}
        pending, seen = set(names), set[str]()
        while pending:
            name = pending.pop()
            seen.add(name)
            for step in self._found.get(name, ()):
                if step.test and step.cell >= self._until:
                    continue
                taken[id(step)] = step
                pending |= {n.id for n in ast.walk(step.statement) if isinstance(n, ast.Name)} - seen
        return [
            step.statement
            for step in sorted(taken.values(), key=lambda step: (step.cell, step.statement.lineno))
        ]


def _todo(unit: Unit, reason: str) -> str:
    """What stands in the suite in place of a test."""
    code = "\n".join(test.source.strip("\n") for test in unit.tests)
    points = "1 point" if unit.points == 1 else f"{unit.points} points"
    lines = [
        f"# TODO: {unit.original} ({points}) is left out: {reason}.",
        *textwrap.dedent(code).splitlines(),
    ]
    return "\n".join([lines[0], *(f"#     {line}".rstrip() for line in lines[1:])])


def _function(group: Group, unit: Unit, body: Turned, public: bool, files: set[str]) -> str:
    lines = [_with_data(line, files) for line in body.lines] or ["pass"]
    title = unit.original.replace("\\", "\\\\").replace('"', "'")
    success = " ".join(dict.fromkeys(test.success for test in unit.tests if test.success))
    points = str(unit.points) if unit.points.denominator == 1 else f'"{unit.points}"'
    decorator = f'@question("{group.id}", points={points}{", public=True" if public else ""})'
    says = f'    """{title}{f": {_plain(success)}" if success else ""}"""'
    return "\n".join([decorator, f"def {unit.name}(student):", says, *(f"    {line}" for line in lines)])


def _plain(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace('"', "'").split())


def _with_data(line: str, files: set[str]) -> str:
    """A line that reads a file beside the notebook, where the suite finds it."""
    for name in files:
        line = line.replace(repr(name), f"DATA / {name!r}")
    return line
