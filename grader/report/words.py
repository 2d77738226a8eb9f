"""What students may see by now, and what went wrong in a question, told once for all tests that say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from grader.points import in_words, number
from grader.results import QuestionResult, TestResult
from grader.wording import parts_of, sentence_of

__all__ = ["RAN_INSIDE", "STATUS_WORDS", "Finding", "Release", "findings", "outside_words"]

STATUS_WORDS = {
    "graded": "graded",
    "failed_to_run": "failed to run",
    "rejected": "rejected",
    "grader_error": "error on our side",
}

RAN_INSIDE = "ran in your notebook's own process"
"""For students: what is said of a test that was not judged outside."""


def outside_words(inside: Fraction, of: Fraction) -> str:
    """How many points by tests no submission can forge.

    >>> outside_words(Fraction(4), Fraction(45))
    "41 of 45 points judged outside the student's process"

    Args:
        inside: The points of the tests that ran inside it.
        of: The points of all tests.
    """
    return f"{number(of - inside)} of {in_words(of)} judged outside the student's process"


@dataclass(frozen=True)
class Release:
    """What students may see by now, in Gradescope's terms.

    A ``visible`` test is always shown, an ``after_due_date`` one once the due date has passed, an ``after_published``
    one once grades are published, and a ``hidden`` one never. What one could find by guessing is ``held`` besides: no
    verdict and no points of it are shown before the student's due date, even if grades are published.
    """

    now: datetime
    published: bool = False

    def shows(self, test: TestResult, due: datetime | None) -> bool:
        """Whether a student may see this test's name, verdict and message."""
        if self.holds([test], due):
            return False
        match test.visibility:
            case "visible":
                return True
            case "after_due_date":
                return due is not None and self.now >= due
            case "after_published":
                return self.published
        return False

    def shows_score(self, questions: Iterable[QuestionResult], due: datetime | None) -> bool:
        """Whether these questions' points may be shown: before publication, only if all their tests are."""
        tests = [test for question in questions for test in question.tests]
        if self.holds(tests, due):
            return False
        return self.published or all(self.shows(test, due) for test in tests)

    def holds(self, tests: Iterable[TestResult], due: datetime | None) -> bool:
        """Whether some of these tests wait for the due date because their answers can be guessed."""
        return due is not None and self.now < due and any(test.held is True for test in tests)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in a question, and the tests that it failed."""

    sentence: str
    """From staff, from the named mistake, or from the check; of inherited failures, where they come from."""
    mistake: str | None
    inherited: bool
    """Whether the tests failed only for what another question's functions return."""
    tests: list[TestResult]

    @property
    def causes(self) -> list[str]:
        """The sentences of the named mistakes from which inherited failures come."""
        explained = self.tests[0].explanation
        return [mistake.says for mistake in explained.mistakes] if explained and self.inherited else []

    def rest(self, test: TestResult) -> str:
        """What the test says besides these sentences."""
        return "\n".join(part for part in parts_of(test)[1:] if part not in self.causes)


def findings(tests: Iterable[TestResult]) -> list[Finding]:
    """The failed tests, grouped by what they say: named mistakes first, inherited failures last."""
    together: dict[tuple[bool, str | None, str], Finding] = {}
    for test in tests:
        if test.status != "passed":
            first, inherited = sentence_of(test), bool(test.inherited)
            key = inherited, test.mistake, first
            together.setdefault(key, Finding(first, test.mistake, inherited, [])).tests.append(test)
    return sorted(together.values(), key=lambda finding: (finding.inherited, finding.mistake is None))
