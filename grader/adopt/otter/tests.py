"""Test files of otter-grader, of the ok client and of gofer: dictionaries of doctests, and functions that raise.

Three graders read the same dictionaries and count them differently:

- otter: each case gives its own points (`grader.adopt.otter.points`); a file with several suites, setup or teardown is
  refused by otter itself, and read here as one question with all the cases in order.
- okpy: a suite stops at its first failed case and is scored all or nothing; the file's points are shared equally by the
  suites that are scored.
- gofer: a file passes or fails as a whole, and all files count the same, whatever points they name.
"""

from __future__ import annotations

import ast
import doctest
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from textwrap import dedent
from typing import Any, Literal

from grader.adopt.assignment import Question, Test
from grader.adopt.otter.functions import is_exception_based, read_functions
from grader.adopt.otter.literals import NotLiteral, constants, literal, read_python
from grader.adopt.otter.points import BadPoints, each_points, number_of_points
from grader.points import total
from grader.text import clean

__all__ = ["Grader", "TestFile", "read_dictionary", "read_test_file", "read_test_text", "told_apart"]

Grader = Literal["otter", "okpy", "gofer"]
"""Whose rules count."""


@dataclass(frozen=True)
class TestFile:
    """What one test file says."""

    __test__ = False  # pytest would take the name for its own

    key: str
    """What a notebook calls it by, as in ``grader.check("q1")``: the file's name without suffix."""
    questions: tuple[Question, ...] = ()
    """One; of okpy, one for each suite; none if it cannot be read."""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Case:
    source: str
    points: Any
    hidden: bool
    name: str = ""
    scored: bool = True
    success: str = ""
    failure: str = ""


def read_test_file(content: bytes, key: str, label: str, grader: Grader) -> TestFile:
    """A file of a tests folder.

    Args:
        content: The file's.
        key: Its name without suffix.
        label: What to call it in doubts.
        grader: Whose rules count.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return read_test_text(text, key, label, grader)


def read_test_text(text: str, key: str, label: str, grader: Grader) -> TestFile:
    """The same from its text, which may also stand in a notebook's metadata."""
    try:
        tree = read_python(text)
    except SyntaxError:
        return TestFile(key, doubts=(f"{label} is no Python that can be read, so its tests are left out.",))
    if is_exception_based(tree):
        question, doubts = read_functions(tree, text, key, label)
        return TestFile(key, (question,) if question else (), doubts)
    names = constants(tree)
    spec = names.get("test")
    if spec is None:
        why = _why_no_dictionary(tree)
        return TestFile(key, doubts=(f"{label} {why}.",) if why else ())
    found = read_dictionary(spec, key, label, grader)
    if _is_changed(tree):
        says = f"{label} changes its dictionary after it is made; the tests are read as they were before."
        found = replace(found, doubts=(*found.doubts, says))
    return found


def _why_no_dictionary(tree: ast.Module) -> str:
    """The rest of a sentence about a file without a readable ``test``; empty for a file without statements."""
    assigned = [
        statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "test" for target in statement.targets)
    ]
    if assigned:
        try:
            literal(assigned[-1], constants(tree))
        except NotLiteral:
            return "makes its dictionary by running code, which is not done here, so its tests are left out"
    if all(isinstance(statement, ast.Expr) for statement in tree.body):
        return ""
    return "holds no tests in a form of otter's, so it is left out"


def _is_changed(tree: ast.Module) -> bool:
    """Whether anything but assignments to ``test`` itself uses that name as a target, or calls a method of it."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            continue
        plain = isinstance(statement, ast.Assign) and all(
            isinstance(target, ast.Name) for target in statement.targets
        )
        if not plain and any(
            isinstance(node, ast.Name) and node.id == "test" for node in ast.walk(statement)
        ):
            return True
    return False


# Dictionaries -----------------------------------------------------------------------------------------------------


def read_dictionary(spec: Any, key: str, label: str, grader: Grader) -> TestFile:
    """A test in okpy's form: a dictionary with a name, points, and suites of cases."""
    if not isinstance(spec, Mapping) or not isinstance(suites := spec.get("suites"), list | tuple):
        return TestFile(key, doubts=(f"{label} has no list of suites, so it is left out.",))
    name = spec.get("name")
    name = str(name) if isinstance(name, str | int | float) and str(name).strip() else key
    doubts: list[str] = []
    read = [_suite(suite, number, label, grader, doubts) for number, suite in enumerate(suites, 1)]
    if not any(cases for cases, _ in read):
        if not doubts:
            doubts.append(
                f"{label} has no cases, or only hidden ones that are not here, so {name} is left out."
            )
        return TestFile(key, doubts=tuple(doubts))
    if grader == "okpy":
        questions = _by_suite(name, spec, read, label, doubts)
    else:
        questions = [
            _by_case(name, spec, [case for cases, _ in read for case in cases], label, grader, doubts)
        ]
    return TestFile(key, tuple(questions), tuple(doubts))


def _suite(
    suite: Any, number: int, label: str, grader: Grader, doubts: list[str]
) -> tuple[list[_Case], bool]:
    """The cases of a suite, and whether it is scored."""
    cases = suite.get("cases") if isinstance(suite, Mapping) else None
    if not isinstance(cases, list | tuple):
        doubts.append(f"Suite {number} of {label} has no list of cases, so it is left out.")
        return [], False
    scored = bool(suite.get("scored", True))
    kind = suite.get("type", "doctest")
    if kind != "doctest":
        if cases:
            doubts.append(f"Suite {number} of {label} is of type {kind!r}, not doctest, so it is left out.")
        return [], scored
    setup, teardown = (_text(suite.get(part)) for part in ("setup", "teardown"))
    found = []
    for at, case in enumerate(cases, 1):
        code = case.get("code") if isinstance(case, Mapping) else None
        where = f"Case {at} of suite {number} of {label}" if number > 1 else f"Case {at} of {label}"
        if not isinstance(code, str):
            doubts.append(f"{where} has no code, so it is left out.")
        elif case.get("locked") is True and _is_locked(code):
            doubts.append(
                f"{where} is locked: its output is a hash, so it is left out until `ok -u` has unlocked it."
            )
        else:
            found.append(_case(case, _around(setup, code, teardown), scored, hidden=grader == "otter"))
            doubts += _strange(found[-1].source, where, grader)
    return found, scored


def _case(case: Mapping[str, Any], source: str, scored: bool, *, hidden: bool) -> _Case:
    name, success, failure = (case.get(part) for part in ("name", "success_message", "failure_message"))
    return _Case(
        source,
        case.get("points"),
        bool(
            case.get("hidden", hidden)
        ),  # otter hides a case that does not say; okpy and gofer know no default
        name if isinstance(name, str) else "",
        scored,
        success if isinstance(success, str) else "",
        failure if isinstance(failure, str) else "",
    )


def _text(value: Any) -> str:
    return dedent(value).strip("\n") if isinstance(value, str) else ""


def _around(setup: str, code: str, teardown: str) -> str:
    """A case as doctest gets it, with its suite's setup before and its teardown after it."""
    source = dedent(code)
    if not (setup.strip() or teardown.strip()):
        return source
    return "\n".join(part for part in (setup, source.strip("\n"), teardown) if part.strip()) + "\n"


def _is_locked(code: str) -> bool:
    return any(line.strip() == "# locked" for line in code.splitlines())


def _strange(source: str, where: str, grader: Grader) -> Iterable[str]:
    """What nobody or everybody passes, most likely by mistake."""
    try:
        examples = doctest.DocTestParser().get_examples(source)
    except ValueError as error:
        says = " ".join(str(error).split())
        yield f"{where} is not written as doctest reads it, so nobody passes it: {says}."
        return
    if not examples:
        yield f"{where} has no prompt (>>>), so nothing in it is checked and everybody passes it."
    for example in examples:
        want = example.want.strip()
        if grader == "okpy" and want.isidentifier() and want.endswith("Error"):
            yield f"{where} expects {want} by its name alone, as okpy allows; here nobody passes it."
        if not want and _prints_its_value(example.source):
            yield f"{where} expects no output of `{clean(example.source.strip(), 60)}`, so nobody passes it."


def _prints_its_value(statement: str) -> bool:
    try:
        tree = read_python(statement)
    except SyntaxError:
        return False
    match tree.body:
        case [ast.Expr(value=ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()))]:
            return True
    return False


# Points -----------------------------------------------------------------------------------------------------------


def _by_case(
    name: str, spec: Mapping[str, Any], cases: Sequence[_Case], label: str, grader: Grader, doubts: list[str]
) -> Question:
    whole, alone = spec.get("points"), len(spec["suites"]) == 1
    try:
        if grader == "gofer":
            points = each_points(1, [None for _ in cases])
        else:  # otter reads a single suite whether or not it is scored
            points = each_points(whole, [case.points if case.scored or alone else 0 for case in cases])
    except BadPoints as error:
        points = _fallback(cases, whole)
        doubts.append(f"The points of {label} {error}; {name} counts {total(points)} here.")
    tests = [
        _test(case, f"{name} - {at}", worth)
        for at, (case, worth) in enumerate(zip(cases, points, strict=True), 1)
    ]
    return _combined(name, tests, all_or_nothing=grader == "gofer" or bool(spec.get("all_or_nothing", False)))


def _fallback(cases: Sequence[_Case], whole: Any) -> list[Fraction]:
    """Points where the author's do not add up: each case's own if they are numbers, otherwise equal parts."""
    for attempt in (None, whole, 1):
        try:
            return each_points(attempt, [case.points if attempt is None else None for case in cases])
        except BadPoints:
            continue
    return each_points(None, [None for _ in cases])


def _by_suite(
    name: str,
    spec: Mapping[str, Any],
    suites: Sequence[tuple[list[_Case], bool]],
    label: str,
    doubts: list[str],
) -> list[Question]:
    """Each suite as a question of its own, because each passes or fails as a whole."""
    try:
        whole = number_of_points(spec.get("points"))
    except BadPoints as error:
        whole = None
        doubts.append(f"The points of {label} {error}; {name} counts 1 here.")
    scored = sum(scored for cases, scored in suites if cases)
    share = (Fraction(1) if whole is None else whole) / max(scored, 1)
    several = sum(bool(cases) for cases, _ in suites) > 1
    made, before = [], 0
    for number, (cases, counts) in enumerate(suites, 1):
        if not cases:
            continue
        points = each_points(share if counts else 0, [None for _ in cases])
        tests = [
            _test(case, f"{name} - {before + at}", worth)
            for at, (case, worth) in enumerate(zip(cases, points, strict=True), 1)
        ]
        before += len(cases)
        made.append(_combined(f"{name} > Suite {number}" if several else name, tests, all_or_nothing=True))
    return made


def _test(case: _Case, name: str, points: Fraction) -> Test:
    return Test(
        case.name or name,
        "doctest",
        case.source,
        points,
        hidden=case.hidden,
        success=case.success,
        failure=case.failure,
    )


def _combined(name: str, tests: Sequence[Test], *, all_or_nothing: bool) -> Question:
    """A question of these tests, worth what they are worth together."""
    points = total(test.points for test in tests)
    return Question(name, points, tuple(tests), all_or_nothing=all_or_nothing)


def told_apart(tests: Sequence[TestFile]) -> tuple[list[TestFile], list[str]]:
    """The test files with their own names for questions that several call the same, and a doubt about each such name.

    okpy and gofer know a test by its file, and otter would count only the last of them.
    """
    names = _names(tests)
    doubts = [
        f"{count} test files call themselves {name!r}; each counts here, under its file's name."
        for name, count in names.items()
        if count > 1
    ]
    made = [_own(test) if any(names[one.name] > 1 for one in test.questions) else test for test in tests]
    if any(count > 1 for count in _names(made).values()):  # a file's name is another file's question
        made = [_own(test) for test in made]
    return made, doubts


def _names(tests: Iterable[TestFile]) -> Counter[str]:
    return Counter(question.name for test in tests for question in test.questions)


def _own(test: TestFile) -> TestFile:
    return replace(test, questions=tuple(_called(test.key, one) for one in test.questions))


def _called(key: str, question: Question) -> Question:
    """The question under its file's name."""
    old, suite, number = question.name.partition(" > Suite ")

    def renamed(test: Test) -> Test:
        rest = test.name.removeprefix(old)
        return replace(test, name=key + rest) if rest != test.name else test

    return replace(question, name=key + suite + number, tests=tuple(map(renamed, question.tests)))
