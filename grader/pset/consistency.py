"""Do pset.yaml, the suite, the handout, the reference and the mistakes agree? Read from their source alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from grader.errors import CourseError
from grader.points import total
from grader.pset.drawncheck import drawn_slips
from grader.pset.findings import every_error
from grader.pset.handout import find_markers
from grader.pset.handoutcheck import statements_of
from grader.pset.names import nearest
from grader.pset.otter import questions_begun
from grader.pset.problemset import ProblemSet
from grader.pset.reference import Reference
from grader.pset.schema import Question
from grader.pset.suitefile import DeclaredTest
from grader.pset.values import bound_in
from grader.pset.variants import declared_variants
from grader.pset.yamlfile import SourceLines
from grader.student import METHODS

__all__ = ["inconsistencies"]


def inconsistencies(pset: ProblemSet, lines: SourceLines) -> list[CourseError]:
    """Everything that does not fit together; a file that cannot be read ends the checks of that file."""
    of_settings = (partial(check, pset, lines) for check in (_questions, _suite, _handout, drawn_slips))
    return every_error(*of_settings, lambda: _variants(pset))


def _questions(pset: ProblemSet, lines: SourceLines) -> Iterator[CourseError]:
    try:
        _, due = pset.timezone, pset.due
    except CourseError as error:
        yield error
    else:
        if pset.file.late is not None and due is None:
            yield CourseError(f"{lines.at('$.late')}: late needs a due date to count from; add due:")
    if pset.data_dir is not None and not pset.data_dir.is_dir():
        yield CourseError(
            f"{lines.at('$.data')}: the data folder {pset.shown(pset.data_dir)} does not exist; create it"
        )
    seen: dict[str, int] = {}
    owner: dict[str, str] = {}
    for index, question in enumerate(pset.questions):
        at = f"$.questions[{index}]"
        if question.id in seen:
            first = lines.line(f"$.questions[{seen[question.id]}]")
            yield CourseError(
                f"{lines.at(at, 'id')}: question {question.id!r} is also in line {first}; rename one"
            )
            continue
        seen[question.id] = index
        for name in question.names:
            if not name.isidentifier():
                yield CourseError(
                    f"{lines.at(at, _field(question, name))}: {name!r} cannot be a name in Python; correct it"
                )
            if name in METHODS:
                yield CourseError(
                    f"{lines.at(at, _field(question, name))}: student.{name} asks what cells leave behind, so no "
                    f"test can call a {name} of the student's; give it another name"
                )
            if owner.setdefault(name, question.id) != question.id:
                yield CourseError(
                    f"{lines.at(at, _field(question, name))}: {name} also belongs to {owner[name]}; list it under one "
                    "question only"
                )


def _field(question: Question, name: str) -> str:
    return "values" if name in question.values else "functions"


def _suite(pset: ProblemSet, lines: SourceLines) -> Iterator[CourseError]:
    by_question: dict[str, list[DeclaredTest]] = {question_id: [] for question_id in pset.ids}
    by_hand = {question.id for question in pset.questions if question.manual}
    for test in pset.tests:
        where = f"{pset.shown(test.file)}:{test.line}"
        if test.question not in by_question:
            yield CourseError(
                f"{where}: {test.name} names question {test.question!r}, which is not in pset.yaml; "
                f"{nearest(test.question, pset.ids)}"
            )
            continue
        by_question[test.question].append(test)
        if test.question in by_hand:
            yield CourseError(
                f"{where}: {test.name} tests {test.question!r}, which pset.yaml marks as graded by hand; remove "
                "the test, or manual: true"
            )
    for index, question in enumerate(pset.questions):
        tests, at = by_question[question.id], f"$.questions[{index}]"
        if question.manual:
            continue
        if not tests:
            yield CourseError(
                f"{lines.at(at, 'id')}: question {question.id!r} has no test; write one in suite/, or set "
                "manual: true"
            )
            continue
        if any(test.cases is None for test in tests):
            continue  # the collected suite knows the number of cases
        reached = total(test.points * (test.cases or 0) for test in tests if not test.bonus)
        if problem := question.unlike(reached):
            yield CourseError(f"{lines.at(at, 'points')}: {problem}")


def _values_given(pset: ProblemSet) -> set[str]:
    """The names to which the handout's cells give a value; all that are asked for, if its solutions cannot be read."""
    try:
        cells = pset.solution_cells()
    except CourseError:
        return set(pset.values)
    return {name for cell in cells for step in statements_of(cell) for name in bound_in(step)}


def _handout(pset: ProblemSet, lines: SourceLines) -> Iterator[CourseError]:
    text, shown = pset.handout_source, pset.shown(pset.handout_path)
    defined = set(re.findall(r"^(?:def|class)\s+(\w+)", text, re.M))
    given = _values_given(pset) if pset.values else set()
    begun = questions_begun(text)
    first = dict(reversed(begun))
    for index, question in enumerate(pset.questions):
        at = f"$.questions[{index}]"
        for name in question.functions:
            if name not in defined:
                yield CourseError(
                    f"{lines.at(at, 'functions')}: {question.id} asks for {name}, which {shown} does not "
                    f"define; add a cell with 'def {name}(...)'"
                )
        for name in question.values:
            if name not in given:
                yield CourseError(
                    f"{lines.at(at, 'values')}: {question.id} asks for {name}, to which {shown} gives no value; "
                    f"add a cell with '{name} = ...  # SOLUTION: reference.MODULE.{name}'"
                )
        if question.id not in first:
            yield CourseError(
                f"{lines.at(at, 'id')}: {shown} has no '# BEGIN QUESTION' named {question.id}; add one"
            )
    for name, line in begun:
        if name not in pset.ids:
            yield CourseError(
                f"{shown}:{line}: question {name!r} is not in pset.yaml; {nearest(name, pset.ids)}"
            )
        if line != first[name]:
            yield CourseError(
                f"{shown}:{line}: question {name!r} already begins in line {first[name]}; merge the two"
            )
    reference = Reference(pset.course)
    for target, line in find_markers(text):
        try:
            reference.find(target, f"{shown}:{line}")
        except CourseError as error:
            yield error


def _variants(pset: ProblemSet) -> Iterator[CourseError]:
    tested = {name for q in pset.questions if not q.manual for name in q.names}
    for kind in ("mistake", "alternative", "symptom"):
        seen: dict[str, str] = {}
        for declared in declared_variants(pset.path, pset.course, kind):
            where = declared.where
            if declared.name in seen:
                yield CourseError(f"{where}: {declared.name} is also in {seen[declared.name]}; rename one")
            seen[declared.name] = where
            if declared.function is not None and declared.function not in tested:
                yield CourseError(
                    f"{where}: {kind} {declared.name} is for {declared.function!r}, which no tested "
                    f"question asks for; {nearest(declared.function, sorted(tested))}"
                )
