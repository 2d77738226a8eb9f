"""A suite run in this process, against the course's own code: the reference, a mistake, a mutant."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import CodeType
from typing import Any

import numpy as np

from grader.errors import CourseError
from grader.pset import ProblemSet
from grader.pset.namespace import SolutionCode
from grader.pset.variants import Variant
from grader.student import LocalStudent
from grader.suite.bounded import TooLong, bounded
from grader.suite.calls import CallLog
from grader.suite.explain import Explainer
from grader.suite.grading import seed_of
from grader.suite.objects import ObservedStudent
from grader.suite.plugin import SuitePlugin, SuiteTest
from grader.suite.runner import SuiteRunner

__all__ = ["Bench", "TestRun"]

MAX_SECONDS = 10.0
"""For one run of some tests; what takes longer has failed them."""


@dataclass(frozen=True)
class TestRun:
    """How one test ended."""

    __test__ = False

    name: str
    question: str
    passed: bool
    seconds: float
    error: str = ""


class Bench:
    """One problem set's suite, collected once, and the solution to run it against."""

    def __init__(self, problem_set: ProblemSet) -> None:
        self.problem_set = problem_set
        self.solution = SolutionCode(problem_set)
        self._runner = SuiteRunner(problem_set)
        self.tests = self._runner.tests
        self.mistakes = {variant.name: variant for variant in problem_set.mistakes()}
        self.alternatives = {variant.name: variant for variant in problem_set.alternatives()}
        self._code: dict[str, CodeType] = {}
        self._logs: dict[int, CallLog] = {}
        self._dependent: dict[str, set[str]] = {}

    def close(self) -> None:
        self._runner.close()

    @cached_property
    def explainer(self) -> Explainer:
        return Explainer(self.problem_set)

    def seeds(self, count: int) -> list[int]:
        """The seed that submissions are graded with, and others."""
        return [seed_of(self.problem_set, "tests"), *range(1, count)]

    # Running ------------------------------------------------------------------------------------------------

    def run(
        self,
        namespace: Mapping[str, Any],
        seed: int,
        *,
        questions: Iterable[str] | None = None,
        log: CallLog | None = None,
        stop: bool = False,
    ) -> list[TestRun]:
        """Run the tests of some questions, or all; with ``stop``, until the first that fails."""
        wanted = None if questions is None else set(questions)
        tests = [test for test in self.tests if wanted is None or test.mark.question in wanted]
        return self._runner.submit(lambda plugin: _run(plugin, tests, namespace, seed, log, stop))

    def concerned(
        self, namespace: Mapping[str, Any], functions: Iterable[str], seed: int, log: CallLog
    ) -> list[TestRun]:
        """Run the questions that depend on some functions; ``log`` holds the reference's calls of the others."""
        questions = set().union(*(self.dependent_questions(function) for function in functions))
        log.by_test.update(
            (name, calls)
            for name, calls in self._reference_log(seed).by_test.items()
            if self._question_of[name] not in questions
        )
        log.right.update(log.by_test)
        return self.run(namespace, seed, questions=questions, log=log)

    @cached_property
    def _question_of(self) -> dict[str, str]:
        return {test.name: test.mark.question for test in self.tests}

    def _reference_log(self, seed: int) -> CallLog:
        if seed not in self._logs:
            self._logs.clear()
            log = CallLog()
            self.run(self.namespace(()), seed, log=log)
            self._logs[seed] = log
        return self._logs[seed]

    def namespace(self, sources: Iterable[str]) -> dict[str, Any]:
        """The solution with these replacements."""
        code = []
        for source in sources:
            if source not in self._code:
                self._code[source] = self.solution.compile(source)
            code.append(self._code[source])
        return self.solution.namespace(code)

    # Dependence ---------------------------------------------------------------------------------------------

    @cached_property
    def uses(self) -> dict[str, set[str]]:
        """Names that each function of the solution uses, directly or through others, itself among them."""
        return {name: self._closure(name, ()) for name in self.solution.definitions}

    def _closure(self, function: str, stop_at: Iterable[str]) -> set[str]:
        definitions, stop = self.solution.definitions, set(stop_at)
        seen: set[str] = set()
        pending = [function]
        while pending:
            name = pending.pop()
            if name not in seen:
                seen.add(name)
                if name == function or name not in stop:
                    names = {n.id for n in ast.walk(definitions[name]) if isinstance(n, ast.Name)}
                    pending += names & set(definitions)
        return seen

    @cached_property
    def called(self) -> dict[str, set[str]]:
        """Functions that the tests of each question call, as seen with the reference."""
        log = self._reference_log(self.seeds(1)[0])
        found: dict[str, set[str]] = {question: set() for question in self.problem_set.ids}
        for test in self.tests:
            found[test.mark.question] |= {call.function for call in log.by_test.get(test.name, ())}
        return found

    def own_questions(self, function: str) -> list[str]:
        """Questions that ask for the function; for a helper, those whose own functions need it."""
        asked = self.problem_set.functions
        owners = {function} if function in asked else set()
        if not owners:
            owners = {name for name in asked if function in self._closure(name, asked)}
        return [q.id for q in self.problem_set.questions if not q.manual and owners & set(q.functions)]

    def dependent_questions(self, function: str) -> set[str]:
        """Questions that a mistake in the function may fail, its own among them."""
        if function not in self._dependent:
            self._dependent[function] = {
                question
                for question, called in self.called.items()
                if any(function in self.uses.get(name, {name}) for name in called)
            } | set(self.own_questions(function))
        return self._dependent[function]

    def missing_names(self, variant: Variant) -> list[str]:
        """Names that a variant's code reads and no student's notebook would define."""
        known = set(self.namespace(())) | set(dir(__import__("builtins")))
        return sorted(_global_names(self.solution.compile(variant.source)) - known)


def _run(
    plugin: SuitePlugin,
    tests: Sequence[SuiteTest],
    namespace: Mapping[str, Any],
    seed: int,
    log: CallLog | None,
    stop: bool,
) -> list[TestRun]:
    done: list[TestRun] = []
    try:
        with bounded(MAX_SECONDS), np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for index, test in enumerate(tests):
                record: Callable[[Any], None] | None = log.recorder(test.name) if log else None
                after = tests[index + 1] if index + 1 < len(tests) else None
                student = LocalStudent(namespace) if record is None else ObservedStudent(namespace, record)
                outcome = plugin.run(test, student, seed, after)
                error = outcome.error
                if isinstance(error, CourseError):
                    raise error
                text = "" if error is None else f"{type(error).__name__}: {error}"[:500]
                done.append(TestRun(test.name, test.mark.question, error is None, outcome.seconds, text))
                if isinstance(error, TooLong):
                    raise error
                if error is not None and stop:
                    break
    except TooLong:
        ran = {run.name for run in done}
        done += [
            TestRun(test.name, test.mark.question, False, MAX_SECONDS, "it took too long")
            for test in tests
            if test.name not in ran
        ]
    if tests:
        # Whatever was set up for more than one test ends with this round.
        tests[0].item.session._setupstate.teardown_exact(None)
    return done


def _global_names(code: CodeType) -> set[str]:
    """Names that code looks up in its module, functions within it included."""
    import dis

    loads = {"LOAD_GLOBAL", "LOAD_NAME"}
    found = {str(i.argval) for i in dis.get_instructions(code) if i.opname in loads}
    defined = {str(i.argval) for i in dis.get_instructions(code) if i.opname == "STORE_NAME"}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= _global_names(constant)
    return found - defined - {"__name__", "__module__", "__qualname__"}
