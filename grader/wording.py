"""The words for verdicts, in one place: for the page, the terminal, Gradescope, JSON and a student's own machine.

Findings travel as data (`grader.results`, `grader.errors`) and become sentences here, at the very end. No code reads
these sentences again.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.errors import Broken, Cause, CellError, LimitHit, Raised
from grader.points import in_words, number
from grader.text import listed, many

if TYPE_CHECKING:
    from grader.mending import Mending
    from grader.results import Showing, TestResult

__all__ = [
    "TEST_SENTENCES",
    "TEST_WORDS",
    "UNFOLLOWED",
    "UNFOLLOWED_FOR_STAFF",
    "WAITS",
    "blank",
    "broken_words",
    "cause_words",
    "cell_name",
    "cell_words",
    "defined_elsewhere",
    "did_you_mean",
    "ended_words",
    "error_words",
    "given_words",
    "lacking",
    "mending_words",
    "message_of",
    "missing",
    "no_function",
    "no_value",
    "not_called",
    "not_checkable",
    "not_tried",
    "own_parts",
    "parts_of",
    "place_of",
    "raised_error",
    "sentence_of",
    "taken_away",
    "title_of",
    "took_longer",
    "unusable",
    "used_up",
    "went_on",
    "word_of",
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
"""What happened where no answer was judged, for a page that does not show `TEST_WORDS`."""
UNFOLLOWED = (
    "Time ran out before we could tell which failures come from another question, so none counts as such; ask for a "
    "regrade."
)
"""For the student of a submission with `SubmissionResult.unfollowed`."""
UNFOLLOWED_FOR_STAFF = (
    "time ran out before we could tell which failures come from another question, so none counts as inherited; run "
    "gradmark grade again"
)
WAITS = (
    "everybody has numbers of their own in this problem set, and nobody knows yet which ones are yours: no name, id or "
    "address of yours is on the list of those who were given theirs. Nothing is lost; a person will find out"
)
"""Why a submission is not graded that no variant is recorded for."""
BROKE = "What your code returned crashes the program that checks it."
TOO_MUCH = "Checking what your code returned takes more memory than there is."


# A result's test ----------------------------------------------------------------------------------------------


def word_of(test: TestResult) -> str:
    """The verdict in a word or two."""
    return "inherited failure" if test.inherited else TEST_WORDS[test.status]


def parts_of(test: TestResult) -> list[str]:
    """What a student reads about a test, sentence by sentence, the most helpful first."""
    explained = test.explanation
    parts = [test.said]
    if test.inherited:
        parts += [given_words(test), earned_words(test)]
    if explained is not None:
        parts += [mistake.says for mistake in explained.mistakes]
        if not test.inherited:
            parts.append(" ".join(map(where_shown, explained.shown)))
    if not test.inherited:
        parts.append(test.symptom)
    told = [mistake.says for mistake in explained.mistakes] if explained is not None else []
    parts += [*(_without(part, told) for part in own_parts(test)), test.convention]
    if test.broken is not None:
        parts.append(broken_words(test.broken))
    return [part for part in parts if part]


def _without(part: str, told: Sequence[str]) -> str:
    """What a check says, without sentences that are told already: of a wrong option, both know the same."""
    for says in told:
        part = part.replace(f" {says}", "")
    return part


def own_parts(test: TestResult) -> list[str]:
    """What the test itself says, without what staff and known mistakes add: as on a student's own machine."""
    cause = cause_words(test.cause, test.cause_told) if test.cause else ""
    return [part for part in (cause, test.summary, test.detail) if part]


def message_of(test: TestResult) -> str:
    """All that a student reads about a test."""
    return "\n".join(parts_of(test))[:MAX_MESSAGE]


def sentence_of(test: TestResult) -> str:
    """The first thing that a student reads about a test."""
    parts = parts_of(test)
    return parts[0] if parts else TEST_WORDS[test.status]


def mending_words(mending: Mending, *, partly: bool) -> str:
    """Where the mistake to mend first is and what it costs; ``partly`` if further tests are not spoken of."""
    with_others = "" if mending.alone else ", with the other mistakes named,"
    costs = ""
    if points := mending.alone or mending.together:
        costs = f" and{with_others} costs {in_words(points)}{' in the tests shown here' if partly else ''}"
    return f"Mend this first: it is in `{mending.mistake.function}` ({mending.question}){costs}."


def given_words(test: TestResult) -> str:
    """Where an inherited failure comes from: "Right, given your `softmax`: mend that first (q2)."."""
    explained, questions = test.explanation, listed(test.inherited or [])
    wrong = dict.fromkeys(one.function for one in explained.mistakes) if explained else {}
    given, several = f"your answer to {questions}", len(test.inherited or []) > 1
    if several:
        given = f"your answers to {questions}"
    if wrong:
        given, several = f"your {listed([f'`{name}`' for name in wrong])}", len(wrong) > 1
    place = f" ({questions})" if wrong else ""
    return f"Right, given {given}: mend {'these' if several else 'that'} first{place}."


def earned_words(test: TestResult) -> str:
    """What a test earns whose failure is inherited; empty if there is nothing to earn."""
    if not test.max_score:
        return ""
    most = "point" if test.max_score == 1 else in_words(test.max_score)
    if test.score >= test.max_score:
        return f"It earns its full {most}."
    if not test.score:
        return "It earns nothing until then."
    share = "half" if 2 * test.score == test.max_score else number(test.score)
    return f"It earns {share} of its {most}."


def where_shown(showing: Showing) -> str:
    """Where a mistake shows: "This shows in `train`, which uses `softmax`, in every call that this test makes."."""
    place = f"in `{showing.function}`"
    if showing.through:
        place += f", which uses {listed([f'`{name}`' for name in showing.through])}"
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
    place = "your file" if raised.script else cell_name(raised.cell) if raised.cell else "its cell"
    where = f" at line {raised.line} of {place}" if raised.line else ""
    memory = f" (the limit is {limit.allowed:g} MB)" if limit else ""
    return f"`{function}` raised {raised.name}{where}{memory}"


def not_checkable(function: str, kind: str) -> str:
    """What the student's function returned cannot be looked at; ``kind`` is the name of a library's type, if known.

    >>> not_checkable("means", "pandas.DataFrame")
    '`means` returned a DataFrame that cannot be checked: let its columns hold numbers, texts or times'
    """
    library, _, name = kind.partition(".")
    if library in ("pandas", "datascience"):
        what = f"a {name.rpartition('.')[2]} that cannot be checked"
        return f"`{function}` returned {what}: let its columns hold numbers, texts or times"
    return f"`{function}` returned something that cannot be checked"


def cell_name(number: int) -> str:
    """A code cell, which Jupyter does not number: its place from the top, where only code cells are counted.

    >>> [cell_name(number) for number in (1, 2, 3, 4, 11, 22, 113)][3:]
    ['the 4th code cell', 'the 11th code cell', 'the 22nd code cell', 'the 113th code cell']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"the {number}{ending} code cell"


def error_words(error: CellError) -> str:
    """Why a cell stopped, or which error it went on from."""
    if not error.went_on:
        return cell_words(error)
    return f"{cell_words(error)}; only that {'statement' if error.script else 'line'} was skipped"


def cell_words(error: CellError) -> str:
    """Why a cell stopped: ``NameError: name 'x' is not defined (line 3)``."""
    if error.reason:
        return error.reason
    if not error.exception and error.limit and error.limit.name == "submission_seconds":
        return f"did not finish before {used_up(error.limit)}"
    if not error.exception:
        return f"it was stopped after {many(error.limit.allowed, 'second')}" if error.limit else "stopped"
    where = f" (line {error.line})" if error.line and not error.script else ""
    hint = f"; {_LIMITS_OF_CELLS[error.limit.name].format(error.limit.allowed)}" if error.limit else ""
    if error.exception == "TypeError" and "'ellipsis'" in error.text:
        hint = "; it uses an answer that is still `...`"
    return f"{error.exception}: {error.text}{where}{hint}"


_LIMITS_OF_CELLS = {
    "memory_mb": "a notebook may use {:g} MB of memory when it is graded",
    "processes": "a notebook may have {:g} threads when it is graded",
    "file_mb": "a file may have {:g} MB when a notebook is graded",
    "scratch_mb": "all files together may have {:g} MB when a notebook is graded",
    "outside": "a notebook cannot start programs or processes or use the network when it is graded",
    "files": "only files that were handed in or came with the problem set can be opened when it is graded",
}
"""Which limit of the sandbox caused an error, and how much it allows."""


def missing(function: str) -> str:
    """The notebook does not define a name."""
    return f"`{function}` is not defined in your notebook"


def blank(function: str) -> str:
    """The function is still as it was handed out."""
    return f"`{function}` is not answered yet: replace the `...` with your code"


def no_value(name: str) -> str:
    """A variable that is asked for is None."""
    return f"`{name}` is None: give it the answer as its value; what only prints something is None"


def not_called(name: str) -> str:
    """A variable that is asked for is bound to a function."""
    return f"`{name}` is a function, but a value was asked for: let `{name}` be what it returns"


def no_function(name: str) -> str:
    """A function that is asked for is bound to a value."""
    return f"`{name}` is a value, but a function was asked for: write `def {name}(...)`, and return the value"


def place_of(cell: int, firsts: Sequence[int]) -> str:
    """A cell, by its number from 0; for a Python file, ``firsts`` holds the first line of each statement.

    >>> place_of(3, []), place_of(3, [1, 2, 5, 9])
    ('the 4th code cell', 'line 9 of your file')
    """
    return f"line {firsts[cell]} of your file" if firsts else cell_name(cell + 1)


def lacking(name: str, place: str, error: CellError) -> str:
    """A name is not defined because something at a place stopped, skipped a line or was not run."""
    if error.limit and error.limit.name == "submission_seconds":
        return f"`{name}` is not defined, because {place} {cell_words(error)}"
    did = "stopped"
    if error.went_on:
        did = "was skipped" if error.script else "skipped a line"
    return f"`{name}` is not defined, because {place} {did}: {cell_words(error)}"


def taken_away(name: str, place: str) -> str:
    """A name was defined, until something at a place deleted it."""
    return f"`{name}` is no longer defined, because {place} deletes it; remove that"


def defined_elsewhere(function: str, kind: str, after: int) -> str:
    """The definition is in a cell that does not run, after so many code cells."""
    where = f"after {cell_name(after)}" if after else "at the top"
    match kind:
        case "markdown":
            return f"`{function}` is in the Markdown cell {where}, and text does not run; make it a code cell"
        case "skipped":
            return f"`{function}` is in a cell whose tag keeps it from running ({cell_name(after)}); remove the tag"
    return f"`{function}` is in the raw cell {where}, and raw cells do not run; make it a code cell"


def did_you_mean(function: str, near: str) -> str:
    """There is something with nearly the same name."""
    return f"Your notebook defines `{near}`; if that is your answer, rename it to `{function}`"


def broken_words(broken: Broken) -> str:
    """A question was judged on the notebook as it was before a later cell broke it."""
    does = f"deletes `{broken.change}`" if broken.gone else f"changes {_as_code(broken.change)}"
    place = f"line {broken.line} of your file" if broken.line else cell_name(broken.cell)
    return f"This question was judged on your code as it was before {place}, which {does}; after that your answer fails"


def _as_code(change: str) -> str:
    return change if " " in change else f"`{change}`"


def cause_words(cause: Cause, told: str = "") -> str:
    """Why a name is not defined, or which earlier question, ``told``, explains it."""
    return f"`{cause.name}` is not defined, as explained in {told}" if told else cause.says


def not_tried(function: str) -> str:
    """A function is no longer called."""
    return f"`{function}` is not called again, because it took too long or crashed more than once"


def took_longer(function: str, limit: LimitHit) -> str:
    """A call reached a time limit: its own, or that of the whole submission."""
    if limit.name == "submission_seconds":
        return f"`{function}` was still running when {used_up(limit)}"
    return f"`{function}` took longer than {many(limit.allowed, 'second')}"


def used_up(limit: LimitHit) -> str:
    """The whole submission reached its time limit, as the end of a sentence."""
    return f"your whole submission reached its time limit of {many(limit.allowed, 'second')}"


def ended_words(exit_code: int) -> str:
    """How a process ended unexpectedly, as the end of a sentence about it; negative codes are signals."""
    if exit_code >= 0:
        return "ended the whole process"
    try:
        name = signal.Signals(-exit_code).name
    except ValueError:
        name = str(-exit_code)
    return f"crashed the whole process ({name})"


def went_on(limit: LimitHit) -> str:
    """A test was still working with what the student's code had returned."""
    return f"The test was still working with what your code returned when {used_up(limit)}"


def unusable(function: str, nothing: bool) -> str:
    """A test could not continue with what the student's function returned."""
    if not function:
        return "Your code does not do what the test needs"
    gave = "returned None" if nothing else "returned something that the test cannot use"
    return f"`{function}` {gave}, so the test could not continue"
