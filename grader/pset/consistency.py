"""Do pset.yaml, the suite, the handout, the reference and the mistakes agree? Read from source alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.errors import CourseError
from grader.points import total
from grader.pset.handout import find_markers
from grader.pset.names import nearest
from grader.pset.problemset import ProblemSet
from grader.pset.solution import SolutionFiller
from grader.pset.suitefile import DeclaredTest
from grader.pset.variants import declared_variants
from grader.pset.yamlfile import SourceLines

__all__ = ["inconsistencies"]


def inconsistencies(pset: ProblemSet, lines: SourceLines) -> Iterator[CourseError]:
    """Everything on which the files disagree; a file that cannot be read ends what is said of it."""
    for part in (_questions(pset, lines), _suite(pset, lines), _handout(pset, lines), _variants(pset)):
        try:
            yield from part
        except CourseError as error:
            yield error


def _questions(pset: ProblemSet, lines: SourceLines) -> Iterator[CourseError]:
    try:
        _, due = pset.timezone, pset.due
    except CourseError as error:
        yield error
    else:
        if pset.file.late is not None and due is None:
            yield CourseError(f"{lines.at('$.late')}: late needs a due date to count from; add due:")
    if pset.data_dir is not None and not pset.data_dir.is_dir():
        yield CourseError(f"{lines.at('$.data')}: the data folder {pset.shown(pset.data_dir)} does not exist")
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
        for name in question.functions:
            if not name.isidentifier():
                yield CourseError(f"{lines.at(at, 'functions')}: {name!r} cannot be a function's name")
            if owner.setdefault(name, question.id) != question.id:
                yield CourseError(
                    f"{lines.at(at, 'functions')}: {name} is also a function of {owner[name]}; a function "
                    "belongs to one question"
                )


def _suite(pset: ProblemSet, lines: SourceLines) -> Iterator[CourseError]:
    by_question: dict[str, list[DeclaredTest]] = {question_id: [] for question_id in pset.ids}
    by_hand = {question.id for question in pset.questions if question.manual}
    for test in pset.tests:
        where = f"{pset.shown(test.file)}:{test.line}"
        if test.question not in by_question:
            yield CourseError(
                f"{where}: {test.name} names question {test.question!r}, which pset.yaml does not have; "
                f"{nearest(test.question, pset.ids)}"
            )
            continue
        by_question[test.question].append(test)
        if test.question in by_hand:
            yield CourseError(
                f"{where}: {test.name} names {test.question!r}, which pset.yaml says is graded by hand; drop "
                "manual: true or the test"
            )
    for index, question in enumerate(pset.questions):
        tests, at = by_question[question.id], f"$.questions[{index}]"
        if question.manual:
            continue
        if not tests:
            yield CourseError(
                f"{lines.at(at, 'id')}: no test names question {question.id!r}; write one in suite/, or say "
                "manual: true"
            )
            continue
        if any(test.cases is None for test in tests):
            continue  # the collected suite knows the number of cases
        reached = total(test.points * (test.cases or 0) for test in tests if not test.bonus)
        if problem := question.unlike(reached):
            yield CourseError(f"{lines.at(at, 'points')}: {problem}")


def _handout(pset: ProblemSet, lines: SourceLines) -> Iterator[CourseError]:
    text, shown = pset.handout_text, pset.shown(pset.handout_path)
    defined = set(re.findall(r"^(?:def|class)\s+(\w+)", text, re.M))
    named = re.findall(r"#\s*BEGIN\s+QUESTION[^\n]*\n(?:[^\n`#]*\n)*?\s*name:\s*['\"]?([\w-]+)", text, re.I)
    for index, question in enumerate(pset.questions):
        at = f"$.questions[{index}]"
        for name in question.functions:
            if name not in defined:
                yield CourseError(
                    f"{lines.at(at, 'functions')}: {question.id} asks for {name}, which {shown} does not "
                    f"define; add a cell with 'def {name}(...)'"
                )
        if question.id not in named:
            yield CourseError(
                f"{lines.at(at, 'id')}: {shown} has no '# BEGIN QUESTION' named {question.id}; add one"
            )
    for name in named:
        if name not in pset.ids:
            line = text.count("\n", 0, re.search(rf"name:\s*['\"]?{re.escape(name)}\b", text).start()) + 1  # type: ignore[union-attr]
            yield CourseError(
                f"{shown}:{line}: question {name!r} is not in pset.yaml; {nearest(name, pset.ids)}"
            )
    repeated = next((name for name in named if named.count(name) > 1), None)
    if repeated:
        yield CourseError(f"{shown}: question {repeated!r} begins twice; join the two")
    filler = SolutionFiller(pset.course, shown, frozenset(pset.functions))
    for marker in find_markers(text):
        try:
            filler.find(marker.target, f"{shown}:{marker.line}")
        except CourseError as error:
            yield error


def _variants(pset: ProblemSet) -> Iterator[CourseError]:
    tested = {name for q in pset.questions if not q.manual for name in q.functions}
    for kind in ("mistake", "alternative"):
        seen: dict[str, str] = {}
        for declared in declared_variants(pset.path, pset.course, kind):
            where = declared.where
            if declared.name in seen:
                yield CourseError(f"{where}: {declared.name} is also in {seen[declared.name]}; rename one")
            seen[declared.name] = where
            if declared.function is not None and declared.function not in tested:
                yield CourseError(
                    f"{where}: {kind} {declared.name} stands for {declared.function!r}, which no tested "
                    f"question asks for; {nearest(declared.function, sorted(tested))}"
                )
