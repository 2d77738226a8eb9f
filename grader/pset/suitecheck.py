"""Slips in a suite that its source shows: misspelt functions and fixtures, and tests that test nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from grader.errors import CourseError
from grader.pset.digest import own_files
from grader.pset.handoutcheck import statements_of
from grader.pset.names import nearest
from grader.pset.problemset import ProblemSet
from grader.pset.reference import bound_names
from grader.pset.suitefile import (
    DeclaredTest,
    decorator_call,
    is_fixture,
    literal_arguments,
    parse_python,
    question_call,
)
from grader.student import METHODS

__all__ = ["suite_slips"]

# Fixtures for every suite: gradmark's own, and those of pytest's that gradmark leaves switched on.
_FIXTURES = {
    "student",
    "rng",
    "variant",
    "request",
    "monkeypatch",
    "tmp_path",
    "tmp_path_factory",
    "subtests",
}


def suite_slips(pset: ProblemSet) -> Iterator[CourseError]:
    """Tests that use what no notebook defines, functions that no test calls, and tests that never run."""
    cells = pset.solution_cells()
    defined = {name for cell in cells for node in statements_of(cell) for name in bound_names(node)}
    files = [file for file in own_files(pset.suite_dir) if file.suffix == ".py"]
    trees = {file: parse_python(file, pset.shown(file)) for file in files}
    fixtures = set(_FIXTURES)
    for tree in trees.values():
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        fixtures |= {node.name for node in functions if is_fixture(node)}
    for file, tree in trees.items():
        tests = [n for n in tree.body if isinstance(n, ast.FunctionDef) and question_call(n)]
        if tests and not file.name.startswith("test_"):
            yield CourseError(
                f"{pset.shown(file)}:{tests[0].lineno}: {tests[0].name} never runs, because pytest reads tests only "
                f"from files named test_*.py; rename the file to test_{file.name}"
            )
        for test in tests:
            yield from _fixture_slips(test, fixtures, f"{pset.shown(file)}:{test.lineno}")
        yield from _misspelt_functions(tree, defined, pset.shown(file))
        yield from _misspelt_questions(tree, pset, pset.shown(file))
    yield from _same_public_names(pset)
    yield from _never_asked(pset, trees)


def _same_public_names(pset: ProblemSet) -> Iterator[CourseError]:
    """Students get all public tests of a question in one file, and a test's name decides what it draws."""
    first: dict[tuple[str, str], DeclaredTest] = {}
    for test in pset.tests:
        if not test.public:
            continue
        other = first.setdefault((test.question, test.name), test)
        if other is not test and other.file != test.file:
            yield CourseError(
                f"{pset.shown(test.file)}:{test.line}: {test.question} already has a public test {test.name} in "
                f"{pset.shown(other.file)}, and students get both in one file; rename one"
            )


def _fixture_slips(test: ast.FunctionDef, fixtures: set[str], where: str) -> Iterator[CourseError]:
    given = {a.arg for a in (*test.args.args, *test.args.kwonlyargs)}
    cases: set[str] = set()
    for decorator in test.decorator_list:
        if call := decorator_call(decorator, "parametrize"):
            names = literal_arguments(call, ("argnames", "argvalues")).get("argnames") or ()
            cases |= {n.strip() for n in names.split(",")} if isinstance(names, str) else set(names)
    for name in sorted(given - fixtures - cases):
        yield CourseError(
            f"{where}: {test.name} uses an unknown fixture {name!r}; {nearest(name, sorted(fixtures))}"
        )
    # A fixture of the suite may itself use the student's code.
    if "student" not in given and not (given & (fixtures - _FIXTURES)):
        yield CourseError(
            f"{where}: {test.name} never calls the student's code; add a `student` argument and use it"
        )


_BY_NAME = ("value", "expression")
"""Methods of ``student`` whose first argument is the name that is asked for."""


def _student_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """``f`` of every ``student.f``, ``student.value("f")`` and ``student.expression("f")``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _BY_NAME:
            if _is_student(node.func.value) and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value), node.lineno
        elif isinstance(node, ast.Attribute) and _is_student(node.value) and node.attr not in METHODS:
            yield node.attr, node.lineno


def _is_student(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "student"


def _misspelt_functions(tree: ast.Module, defined: set[str], shown: str) -> Iterator[CourseError]:
    for name, line in dict(_student_names(tree)).items():
        if name not in defined:
            yield CourseError(
                f"{shown}:{line}: the handout does not define {name}, which this test asks for; "
                f"{nearest(name, sorted(defined))}"
            )


def _misspelt_questions(tree: ast.Module, pset: ProblemSet, shown: str) -> Iterator[CourseError]:
    """Questions of whose cells a test asks what they print or draw, and that are none."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="printed" | "drawn", value=ast.Name(id="student")),
                args=[ast.Constant(value=str(question))],
            ) if question not in pset.ids:
                yield CourseError(
                    f"{shown}:{node.lineno}: question {question!r} is not in pset.yaml; {nearest(question, pset.ids)}"
                )


def _never_asked(pset: ProblemSet, trees: dict[Path, ast.Module]) -> Iterator[CourseError]:
    """Functions of tested questions that the suite never mentions."""
    named: set[str] = set()
    for tree in trees.values():
        imports = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
        modules = {name for statement in imports for name in bound_names(statement)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                if not (
                    isinstance(node.value, ast.Name) and node.value.id in modules
                ):  # ref.f does not ask the student
                    named.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
    for index, question in enumerate(pset.questions):
        for name in question.names:
            if not question.manual and name not in named:
                value = name in question.values
                where = pset.place(f"$.questions[{index}]", "values" if value else "functions")
                how = f'asks for student.value("{name}")' if value else f"calls student.{name}"
                yield CourseError(
                    f"{where}: no test uses the student's {name}; write one that {how}, or remove it from {question.id}"
                )
