"""The questions that are answered in words: what the sandbox needs to know to find the answers."""

from __future__ import annotations

from grader.pset import Cell, ProblemSet, starter_source
from grader.sandbox.crossing.messages import Written

__all__ = ["written_questions"]


def written_questions(problem_set: ProblemSet) -> list[Written]:
    """Every question that is graded by hand, with its text as students have it and without its solution."""
    by_hand = [question.id for question in problem_set.questions if question.manual]
    if not by_hand:
        return []
    given: dict[str, list[str]] = {}
    for cell in problem_set.solved_cells:
        if cell.question and _is_given(cell):
            source = starter_source(cell.source) if cell.kind == "code" else cell.source
            given.setdefault(cell.question, []).append(source)
    texts = [
        (cell.question, cell.source)
        for cell in problem_set.solved_cells
        if cell.kind != "code" and _is_given(cell)
    ]
    begins = {question: _first_line(sources) for question, sources in given.items()}
    return [
        Written(
            id=question,
            begin=begins[question],
            ends=[line for other, line in begins.items() if other != question],
            given=given[question],
            others=[source for other, source in texts if other != question],
        )
        for question in by_hand
        if begins.get(question)
    ]


def _is_given(cell: Cell) -> bool:
    return cell.kind in ("markdown", "code") and cell.block != "solution"


def _first_line(sources: list[str]) -> str:
    return next((line.strip() for source in sources for line in source.split("\n") if line.strip()), "")
