"""The words for verdicts: one place, for the page, the terminal, Gradescope and JSON, and for a student's own machine.

What was found out travels as data (`grader.results`, `grader.errors`) and becomes a sentence here, last. Nothing reads
these sentences again.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from grader.errors import Broken, Cause, CellError, LimitHit, Raised

if TYPE_CHECKING:
    from grader.results import Showing, SubmissionResult, TestResult

__all__ = [
    "TEST_WORDS",
    "blank",
    "broken_words",
    "cause_words",
    "cell_words",
    "defined_elsewhere",
    "did_you_mean",
    "ended_words",
    "first_thing",
    "lacking",
    "message_of",
    "missing",
    "not_tried",
    "own_parts",
    "parts_of",
    "raised_error",
    "sentence_of",
    "taken_away",
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
BROKE = "what your code returned ends the program that checks it"
TOO_MUCH = "what your code returned takes more memory to be checked than there is"


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
    parts += [*own_parts(test), test.convention]
    if test.broken is not None:
        parts.append(broken_words(test.broken))
    return [part for part in parts if part]


def own_parts(test: TestResult) -> list[str]:
    """What the test itself says, without what staff or known mistakes add: the same as on a student's own machine."""
    cause = cause_words(test.cause, test.cause_told) if test.cause else ""
    return [part for part in (cause, test.summary, test.detail) if part]


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
        f" at line {raised.line} of {f'code cell {raised.cell}' if raised.cell else 'its cell'}"
        if raised.line
        else ""
    )
    memory = f" (the limit is {limit.allowed:g} MB)" if limit else ""
    return f"`{function}` raised {raised.name}{where}{memory}"


def cell_words(error: CellError) -> str:
    """Why a cell stopped: ``NameError: name 'x' is not defined (line 3)``."""
    if error.reason:
        return error.reason
    if not error.exception and error.limit and error.limit.name == "submission_seconds":
        return f"was not run to its end, because {used_up(error.limit)}"
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


def missing(function: str) -> str:
    """The notebook does not define the name."""
    return f"`{function}` is not defined in your notebook"


def blank(function: str) -> str:
    """The function is still as it was handed out."""
    return f"`{function}` is not answered yet: write your code in place of the `...`"


def lacking(name: str, cell: int, error: CellError) -> str:
    """A name is not there because of a cell, counted from 1, that stopped, left something out, or was not run."""
    did = (
        "left a line out"
        if error.went_on
        else "stopped"
        if error.exception or error.reason
        else "was stopped"
    )
    if error.limit and error.limit.name == "submission_seconds":
        return f"`{name}` is not defined, because code cell {cell} {cell_words(error)}"
    return f"`{name}` is not defined, because code cell {cell} {did}: {cell_words(error)}"


def taken_away(name: str, cell: int) -> str:
    """A name was there, until a cell, counted from 1, deleted it."""
    return f"`{name}` is not defined any more, because code cell {cell} takes it away; drop that"


def defined_elsewhere(function: str, kind: str, after: int) -> str:
    """The definition is in a cell that is not run, behind so many code cells."""
    where = f" after code cell {after}" if after else " at the top"
    match kind:
        case "markdown":
            return f"The Markdown cell{where} holds `{function}`, and text is not run; make it a code cell"
        case "skipped":
            return f"Code cell {after} holds `{function}`, and its tag says not to run it; take the tag off"
    return f"A raw cell{where} holds `{function}`, and raw cells are not run; make it a code cell"


def did_you_mean(function: str, near: str) -> str:
    """Something else is there that is called nearly so."""
    return f"Your notebook defines `{near}`: did you mean that? Call it `{function}`"


def broken_words(broken: Broken) -> str:
    """A question was judged as the notebook stood before a later cell broke it."""
    does = f"takes `{broken.change}` away" if broken.gone else f"changes {_as_code(broken.change)}"
    return (
        f"This question is judged as your notebook stood before code cell {broken.cell}, which {does}: "
        "after that cell, your answer fails"
    )


def _as_code(change: str) -> str:
    return change if " " in change else f"`{change}`"


def cause_words(cause: Cause, told: str = "") -> str:
    """Why a name is not there; only that, where an earlier question, ``told``, says why."""
    return f"`{cause.name}` is not there, as said in {told}" if told else cause.says


def not_tried(function: str) -> str:
    """A function is not called any more."""
    return f"`{function}` is not called again, because it took too long or crashed more than once before"


def took_longer(function: str, limit: LimitHit) -> str:
    """A call came to a limit of time: its own, or that of the whole submission."""
    if limit.name == "submission_seconds":
        return f"`{function}` was still running when {used_up(limit)}"
    return f"`{function}` took longer than {limit.allowed:g} seconds"


def used_up(limit: LimitHit) -> str:
    """The submission's own limit of time, as the end of a sentence."""
    return f"the {limit.allowed:g} seconds that your submission may take in all were used up"


def ended_words(exit_code: int) -> str:
    """How a process ended that should be alive, as the end of a sentence about it; negative codes are signals."""
    if exit_code >= 0:
        return "ended the whole process"
    try:
        name = signal.Signals(-exit_code).name
    except ValueError:
        name = str(-exit_code)
    return f"crashed the whole process ({name})"


def went_on(limit: LimitHit) -> str:
    """A test was still at work with what the student's code had returned."""
    return f"the test went on with what your code returned until {used_up(limit)}"


def unusable(function: str, nothing: bool) -> str:
    """A test could not go on with what the student's function returned."""
    if not function:
        return "your code does not do what the test needs"
    gave = "returned None" if nothing else "returned something that does not fit"
    return f"`{function}` {gave}, so the test could not go on"
