"""From a result to the words that people read: one place, so that every page and export says the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from grader.results import QuestionResult, TestResult
from grader.wording import parts_of, sentence_of

__all__ = ["STATUS_WORDS", "Finding", "Release", "findings"]

STATUS_WORDS = {
    "graded": "graded",
    "failed_to_run": "failed to run",
    "rejected": "rejected",
    "grader_error": "error on our side",
}


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
    """A sentence of staff's, the named mistake's, or what the check says."""
    mistake: str | None
    tests: list[TestResult]

    @staticmethod
    def rest(test: TestResult) -> str:
        """What is said of the test beyond the sentence."""
        return "\n".join(parts_of(test)[1:])


def findings(tests: Iterable[TestResult]) -> list[Finding]:
    """The failed tests, those together that say the same; named mistakes come first."""
    together: dict[tuple[str | None, str], Finding] = {}
    for test in tests:
        if test.status != "passed":
            first = sentence_of(test)
            together.setdefault((test.mistake, first), Finding(first, test.mistake, [])).tests.append(test)
    return sorted(together.values(), key=lambda finding: finding.mistake is None)
