"""The questions that are answered in words: what the sandbox needs to know to find the answers."""

from __future__ import annotations

from grader.pset import ProblemSet, first_line, given_texts, is_given
from grader.sandbox.crossing.messages import Written

__all__ = ["written_questions"]


def written_questions(problem_set: ProblemSet) -> list[Written]:
    """Every question that is graded by hand, with its text as students have it and without its solution."""
    by_hand = [question.id for question in problem_set.questions if question.manual]
    if not by_hand:
        return []
    given = given_texts(problem_set)
    texts = [
        (cell.question, cell.source)
        for cell in problem_set.solved_cells
        if cell.kind != "code" and is_given(cell)
    ]
    begins = {question: first_line(sources) for question, sources in given.items()}
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
