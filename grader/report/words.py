"""From a result to the words that people read: one place, so that every page and export says the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from grader.results import QuestionResult, TestResult

__all__ = ["STATUS_WORDS", "TEST_WORDS", "Finding", "Release", "findings", "test_title"]

STATUS_WORDS = {
    "graded": "graded",
    "failed_to_run": "failed to run",
    "rejected": "rejected",
    "grader_error": "grader error",
}
TEST_WORDS = {
    "passed": "passed",
    "failed": "failed",
    "error": "stopped with an error",
    "timeout": "took too long",
    "crashed": "crashed",
    "missing": "not defined",
    "grader_error": "our fault",
}


def test_title(name: str) -> str:
    """A test's name as words.

    >>> test_title("test_softmax_of_one_row[float32]")
    'Softmax of one row (float32)'
    """
    plain, _, case = name.partition("[")
    words = plain.removeprefix("test_").replace("_", " ").strip() or name
    return words[:1].upper() + words[1:] + (f" ({case.removesuffix(']')})" if case else "")


test_title.__test__ = False  # type: ignore[attr-defined]  # a name pytest would take for a test


@dataclass(frozen=True)
class Release:
    """What students may know by now, in Gradescope's words.

    A visible test is always shown. One that is ``after_due_date`` is shown once the due date has passed, one
    that is ``after_published`` once grades are published, and a ``hidden`` one never.
    """

    now: datetime
    published: bool = False

    def shows(self, test: TestResult, due: datetime | None) -> bool:
        """Whether a student may see this test: its name, its verdict and its message."""
        match test.visibility:
            case "visible":
                return True
            case "after_due_date":
                return due is not None and self.now >= due
            case "after_published":
                return self.published
        return False

    def shows_score(self, questions: Iterable[QuestionResult], due: datetime | None) -> bool:
        """Whether these questions' points may be told: tests not shown yet keep them back until publication."""
        return self.published or all(self.shows(test, due) for q in questions for test in q.tests)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in a question, and the tests it showed in."""

    sentence: str
    """The named mistake's, or the first line of the only test's message."""
    mistake: str | None
    tests: list[TestResult]

    def rest(self, test: TestResult) -> str:
        """What the test's message says beyond the sentence."""
        message = test.message
        if message == self.sentence or message.startswith(self.sentence + "\n"):
            return message[len(self.sentence) :].lstrip("\n")
        return message


def findings(tests: Iterable[TestResult]) -> list[Finding]:
    """The failed tests, those together that say the same; named mistakes come first."""
    together: dict[tuple[str | None, str], Finding] = {}
    for test in tests:
        if test.status != "passed":
            first = test.message.split("\n", 1)[0] or TEST_WORDS[test.status]
            together.setdefault((test.mistake, first), Finding(first, test.mistake, [])).tests.append(test)
    return sorted(together.values(), key=lambda finding: finding.mistake is None)
