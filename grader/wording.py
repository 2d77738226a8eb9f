"""The words for verdicts: one place, for the page, the terminal, Gradescope and JSON, and for a student's own machine.

What was found out travels as data (`grader.results`, `grader.errors`) and becomes a sentence here, last. Nothing reads
these sentences again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import CellError, LimitHit, Raised

if TYPE_CHECKING:
    from grader.results import Showing, SubmissionResult, TestResult

__all__ = [
    "TEST_SENTENCES",
    "TEST_WORDS",
    "cell_name",
    "cell_words",
    "first_thing",
    "message_of",
    "missing",
    "missing_detail",
    "parts_of",
    "raised_error",
    "sentence_of",
    "title_of",
    "took_longer",
    "unusable",
    "used_up",
    "went_on",
]

MAX_MESSAGE = 2_000
"""Characters of a message."""
TEST_WORDS = {
    "passed": "passed",
    "failed": "failed",
    "error": "stopped with an error",
    "timeout": "took too long",
    "crashed": "crashed",
    "missing": "not defined",
    "grader_error": "error on our side",
}
TEST_SENTENCES = {
    "error": "Your code stopped with an error.",
    "timeout": "Your code took too long.",
    "crashed": "Your code crashed.",
    "missing": "Something that this test calls is not defined.",
}
"""Where a test neither passed nor failed on what your code returned: what happened, for a page that shows no word."""
NOT_RUN = "This test was not run, because earlier tests of this question took too long or crashed."
BROKE = "What your code returned ends the program that checks it."
TOO_MUCH = "What your code returned takes more memory to be checked than there is."


# A result's test ----------------------------------------------------------------------------------------------


def parts_of(test: TestResult) -> list[str]:
    """What a student reads about a test, sentence by sentence: the most helpful first."""
    explained = test.explanation
    parts = [test.said]
    if explained is not None:
        parts += [
            *(mistake.says for mistake in explained.mistakes),
            " ".join(map(where_shown, explained.shown)),
        ]
    parts += [test.summary, test.detail, test.convention]
    return [part for part in parts if part]


def message_of(test: TestResult) -> str:
    """All that a student reads about a test."""
    return "\n".join(parts_of(test))[:MAX_MESSAGE]


def sentence_of(test: TestResult) -> str:
    """The first thing that a student reads about a test."""
    parts = parts_of(test)
    return parts[0] if parts else TEST_WORDS[test.status]


def first_thing(result: SubmissionResult) -> str:
    """What to look at first in a submission; nothing where all is well."""
    if result.status != "graded":
        return result.reason
    for question in result.questions:
        for test in question.tests:
            if test.status != "passed":
                return f"{question.id}: {sentence_of(test)}"
    return ""


def where_shown(showing: Showing) -> str:
    """Where a mistake shows: "This shows in `train`, which uses `softmax`, in every call that this test makes."."""
    place = f"in `{showing.function}`"
    if showing.through:
        place += f", which uses {' and '.join(f'`{name}`' for name in showing.through)}"
    if showing.objects:
        return f"This shows {place}, in what this test reads of its objects."
    share = (
        "every call" if showing.wrong == showing.calls else f"{showing.wrong} of the {showing.calls} calls"
    )
    return f"This shows {place}, in {share} that this test makes."


def title_of(name: str, docstring: str | None) -> str:
    """What a test is called: its docstring's first sentence where there is one, else its name as words.

    >>> title_of("test_softmax_of_one_row[float32]", None)
    'Softmax of one row (float32)'
    >>> title_of("test_rows[3]", "Each row sums to 1. So it is a distribution.")
    'Each row sums to 1 (3)'
    """
    plain, _, case = name.partition("[")
    words = _first_sentence(docstring or "") or plain.removeprefix("test_").replace("_", " ").strip() or name
    return words[:1].upper() + words[1:] + (f" ({case.removesuffix(']')})" if case else "")


def _first_sentence(docstring: str) -> str:
    paragraph = " ".join(docstring.strip().split("\n\n", 1)[0].split())
    return paragraph.split(". ", 1)[0].rstrip(".")


# What stopped a student's code --------------------------------------------------------------------------------


def raised_error(function: str, raised: Raised, limit: LimitHit | None = None) -> str:
    """The student's function raised an exception."""
    where = (
        f" at line {raised.line} of {cell_name(raised.cell) if raised.cell else 'its cell'}"
        if raised.line
        else ""
    )
    memory = f" (the limit is {limit.allowed:g} MB)" if limit else ""
    return f"`{function}` raised {raised.name}{where}{memory}"


def cell_name(number: int) -> str:
    """A code cell, which Jupyter does not number: its place from the top, where only code cells are counted.

    >>> [cell_name(number) for number in (1, 2, 3, 4, 11, 22, 113)][3:]
    ['the 4th code cell', 'the 11th code cell', 'the 22nd code cell', 'the 113th code cell']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"the {number}{ending} code cell"


def cell_words(error: CellError) -> str:
    """Why a cell stopped: ``NameError: name 'x' is not defined (line 3)``."""
    if error.reason:
        return error.reason
    if not error.exception:
        return f"it was stopped after {error.limit.allowed:g} seconds" if error.limit else "stopped"
    where = f" (line {error.line})" if error.line else ""
    hint = f"; {_LIMITS_OF_CELLS[error.limit.name].format(error.limit.allowed)}" if error.limit else ""
    return f"{error.exception}: {error.text}{where}{hint}"


_LIMITS_OF_CELLS = {
    "memory_mb": "a notebook may use {:g} MB of memory when it is graded",
    "processes": "a notebook may have {:g} threads when it is graded",
    "file_mb": "a file may have {:g} MB when a notebook is graded",
    "scratch_mb": "all files together may have {:g} MB when a notebook is graded",
    "outside": "programs, processes and the network are out of reach when a notebook is graded",
    "files": "only files that were handed in or came with the problem set can be opened when it is graded",
}
"""What a student may need to know about an error that a limit of the sandbox caused: which, and how much."""


def missing(function: str, failed_cell: int = 0) -> str:
    """The notebook never defined the name; perhaps because a cell, counted from 1, stopped with an error."""
    hint = f"; {cell_name(failed_cell)} stopped with an error" if failed_cell else ""
    return f"`{function}` is not defined in your notebook{hint}"


def missing_detail(function: str, cell: int, error: CellError) -> str:
    """Which cell, counted from 1, should have defined the name, and why it did not."""
    return f"`{function}` is not defined, because {cell_name(cell)} stopped: {cell_words(error)}"


def took_longer(function: str, limit: LimitHit) -> str:
    """A call came to a limit of time: its own, or that of the whole submission."""
    if limit.name == "submission_seconds":
        return f"`{function}` was still running when {used_up(limit)}"
    return f"`{function}` took longer than {limit.allowed:g} seconds"


def used_up(limit: LimitHit) -> str:
    """The submission's own limit of time, as the end of a sentence."""
    return f"the {limit.allowed:g} seconds that your submission may take in all were used up"


def went_on(limit: LimitHit) -> str:
    """A test was still at work with what the student's code had returned."""
    return f"The test went on with what your code returned until {used_up(limit)}"


def unusable(function: str, nothing: bool) -> str:
    """A test could not go on with what the student's function returned."""
    if not function:
        return "Your code does not do what the test needs"
    gave = "returned None" if nothing else "returned something that does not fit"
    return f"`{function}` {gave}, so the test could not go on"
