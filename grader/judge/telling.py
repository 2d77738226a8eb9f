"""What is said besides the verdicts: known mistakes, accepted conventions, and sentences by staff."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import msgspec

from grader.judge.behaviour import behaviours, load_sentences, say
from grader.judge.calls import CallLog
from grader.judge.explain import Explainer
from grader.judge.reproducing import WorldsOnDemand
from grader.judge.symptoms import Symptoms
from grader.pset import ProblemSet
from grader.results import QuestionResult, SubmissionBehaviour, TestResult

__all__ = ["Teller"]


class Teller:
    """Says what the calls of judged questions show; changes no verdict.

    Raises:
        CourseError: The problem set's sentences.yaml cannot be read.
    """

    def __init__(self, problem_set: ProblemSet) -> None:
        self._problem_set = problem_set
        self._sentences = load_sentences(problem_set)

    @cached_property
    def knows_conventions(self) -> bool:
        """Whether some alternative is a convention with a sentence of its own."""
        return any(alternative.says for alternative in self._problem_set.alternatives())

    def mistakes(
        self, questions: Sequence[QuestionResult], log: CallLog, worlds: WorldsOnDemand | None = None
    ) -> None:
        """Name the known mistakes that give exactly the results of failed tests, or else their symptoms."""
        failed = {
            test.key: test
            for question in questions
            for test in question.tests
            if test.status in ("failed", "error")
        }
        if not failed:
            return
        found = self._explainer.explain(log, failed, worlds)
        for question in questions:
            for test in question.tests:
                if test.key in found:
                    test.explanation = found[test.key].parts
                    if test.inherited:
                        self._tell_of_others(test, question.id)
        unexplained = [key for key, test in failed.items() if key not in found and test.kind == "wrong"]
        for key, sentence in self._symptoms.of(log, unexplained).items():
            failed[key].symptom = sentence

    def _tell_of_others(self, test: TestResult, question: str) -> None:
        """Name only what is wrong elsewhere, and where: the question's own functions are right, given that."""
        assert test.explanation is not None
        own = self._problem_set.question(question).names
        others = [one for one in test.explanation.mistakes if one.function not in own]
        test.explanation = msgspec.structs.replace(test.explanation, mistakes=others) if others else None
        wrong = {one.function for one in others}
        owners = [one.id for one in self._problem_set.questions if wrong & set(one.names)]
        test.inherited = owners or test.inherited

    def named(self, log: CallLog) -> dict[str, dict[str, str]]:
        """By function, the definitions of the known mistakes that give its results."""
        return self._explainer.named(log)

    def conventions(self, questions: Sequence[QuestionResult], log: CallLog) -> None:
        """Say which accepted convention a submission follows, in the first passed test that shows it."""
        if not self.knows_conventions:
            return
        found = self._explainer.conventions(log)
        for question in questions:
            for function in self._problem_set.question(question.id).names:
                if function in found:
                    showing = (
                        test
                        for test in question.tests
                        if test.status == "passed"
                        and any(call.function == function for call in log.by_test[test.key])
                    )
                    if (test := next(showing, None)) is not None:
                        test.convention = "\n".join(filter(None, (test.convention, found[function].says)))

    def behaviour(
        self, submission: str, questions: Sequence[QuestionResult], log: CallLog, cells: Sequence[str]
    ) -> SubmissionBehaviour | None:
        """How failed questions behaved, if there are any; adds the sentences by staff for such behaviour."""
        found = behaviours(self._problem_set, questions, log, cells)
        for question in questions:
            behaved = found.get(question.id)
            if behaved is not None and (sentence := self._sentences.get((question.id, behaved.digest))):
                say(question, sentence)
        if not found:
            return None
        return SubmissionBehaviour(
            submission=submission, pset=self._problem_set.name, questions=list(found.values())
        )

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self._problem_set)

    @cached_property
    def _symptoms(self) -> Symptoms:
        return Symptoms(self._problem_set)
