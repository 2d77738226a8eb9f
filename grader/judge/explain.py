"""Explanation by replay: which of the course's known mistakes gives exactly the student's results.

The suite's calls are made again here, on the course's own code: the solution with one function replaced by a known
mistake. No code of the student's runs. A mistake is named only if it reproduces the results of *all* calls of its
function, in every test of the suite, and if no other one does. For a class, the data that tests read from its objects
are compared. If a state has a layout of the student's own, everything else that the calls return is compared (see
`replay`).

Functions are examined after those that they use. So a mistake that was found in ``softmax`` is in place when ``train``
is replayed: a wrong ``train`` is then either that mistake showing through, or a second mistake on top of it.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import CodeType
from typing import Any

import numpy as np

from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import CallLog
from grader.judge.objects import UNANSWERED
from grader.judge.replay import Thread, memory_hides_the_cause, threads_of, with_memory
from grader.pset import ProblemSet
from grader.pset.namespace import SolutionCode
from grader.pset.variants import Variant
from grader.results import Explained, NamedMistake, Showing
from grader.student import Call

__all__ = ["Explainer", "Explanation"]

MAX_SECONDS = 30.0
"""For explaining one submission: far more than replays take, and the end of a mistake that runs for ever."""
CONVENTION_SECONDS = 5.0
"""For finding out which conventions one submission follows."""
MAX_WORLDS = 256
"""Solutions with replacements that are kept."""

World = tuple[Variant, ...]
"""Known ways of writing functions, which replace those of the solution."""


@dataclass(frozen=True)
class Explanation:
    """The mistakes that together give what a test saw, and where they show."""

    mistakes: tuple[Variant, ...]
    shown: tuple[Showing, ...]

    @property
    def name(self) -> str:
        return " + ".join(mistake.name for mistake in self.mistakes)

    @property
    def parts(self) -> Explained:
        """The same as data of a result."""
        named = [NamedMistake(name=one.name, says=one.says, function=one.function) for one in self.mistakes]
        return Explained(mistakes=named, shown=list(self.shown))


@dataclass(frozen=True)
class _Diagnosis:
    """What is known of one function; ``causes`` is empty if it is right and None if nothing is known."""

    causes: World | None
    wrong: frozenset[int] = frozenset()
    """``id`` of each of its calls that did not end as the solution's does."""
    raised: bool = False
    """Whether one of these raised an exception, which may hide another mistake."""


class Explainer:
    """Explains submissions to one problem set."""

    def __init__(self, problem_set: ProblemSet) -> None:
        self._solution = SolutionCode(problem_set)
        self._functions = problem_set.functions
        self._mistakes = _by_function(problem_set.mistakes())
        self._alternatives = _by_function(problem_set.alternatives())
        self._code: dict[tuple[str, str], CodeType] = {}
        self._worlds: dict[tuple[tuple[str, str], ...], dict[str, Any]] = {}
        self._uses = {name: self._direct_uses(name) for name in self._functions}

    def explain(self, log: CallLog, failed: Collection[str]) -> dict[str, Explanation]:
        """Explanations of ``failed`` tests, by test."""
        findings: dict[str, _Diagnosis] = {}
        by_function = log.functions()
        right = frozenset(id(call) for test in log.right for call in log.by_test[test])
        try:
            with bounded(MAX_SECONDS), np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                for function in self._order():
                    if function in by_function:
                        findings[function] = self._examine(function, log, right, findings)
        except TooLong:
            pass  # functions that were not examined stay unexplained
        found = {}
        for test in failed:
            explanation = self._of_test(log.by_test.get(test, []), findings)
            if explanation is not None:
                found[test] = explanation
        return found

    def conventions(self, log: CallLog) -> dict[str, Variant]:
        """By function, the accepted convention that a submission's results show.

        That is an alternative with a sentence which gives all these results, if the solution does not and no other
        such alternative does.
        """
        found = {}
        with suppress(TooLong), bounded(CONVENTION_SECONDS), np.errstate(all="ignore"):
            for function, alternatives in self._alternatives.items():
                told = [alternative for alternative in alternatives if alternative.says]
                threads = (with_memory(log, function) or threads_of(log, function)) if told else []
                if any(call.error is not None for thread in threads for call in thread.calls):
                    continue
                agreeing = [one for one in told if threads and self._reproduces(threads, (), one)]
                if len(agreeing) == 1 and not self._reproduces(threads, (), None):
                    found[function] = agreeing[0]
        return found

    # One test -----------------------------------------------------------------------------------------------

    def _of_test(self, calls: Sequence[Call], findings: dict[str, _Diagnosis]) -> Explanation | None:
        """The explanation of a test; None unless every function that went wrong in it is explained."""
        causes: dict[str, Variant] = {}
        shown: list[Showing] = []
        for function in dict.fromkeys(call.function for call in calls):
            finding = findings.get(function)
            if finding is None:
                return None
            of_this = [call for call in calls if call.function == function]
            wrong = sum(id(call) in finding.wrong for call in of_this)
            if not wrong:
                continue
            if not finding.causes:
                return None
            causes.update({cause.function: cause for cause in finding.causes})
            shown.append(_where(function, finding.causes, wrong, of_this))
        return Explanation(tuple(causes.values()), tuple(shown)) if causes else None

    # One function -------------------------------------------------------------------------------------------

    def _examine(
        self, function: str, log: CallLog, right: frozenset[int], findings: dict[str, _Diagnosis]
    ) -> _Diagnosis:
        finding = _Diagnosis(None)
        for look in (threads_of, with_memory):
            threads = look(log, function)
            if not threads:
                break
            wrong = self._wrong(threads, right)
            unanswered = {id(call) for thread in threads for call in thread.calls if call.error == UNANSWERED}
            if unanswered:
                return _Diagnosis(None, wrong | unanswered)
            if not wrong:
                return _Diagnosis((), wrong)
            finding = _Diagnosis(None, wrong)
            if any(name not in findings for name in self._used_by(function)):
                break  # something that it uses was never called by itself, and may be what is wrong
            worlds = self._upstream(function, findings)
            used = [findings[name] for name in self._used_by(function)]
            known = not any(finding.causes is None or finding.raised for finding in used)
            causes = self._causes(function, threads, wrong, worlds, own=known)
            if len(causes) == 1 and not (
                threads[0].memory and memory_hides_the_cause(threads, self._namespace(()))
            ):
                calls = (call for thread in threads for call in thread.calls)
                return _Diagnosis(
                    causes[0], wrong, any(call.error is not None for call in calls if id(call) in wrong)
                )
            if causes:
                break  # several explain it, and comparing less would not tell them apart
        return finding

    def _wrong(self, threads: Sequence[Thread], right: frozenset[int]) -> frozenset[int]:
        """``id`` of each answered call that does not end as the solution's does."""
        solution = self._namespace(())
        return frozenset(
            id(call)
            for thread in threads
            if not all(id(call) in right for call in thread.calls)
            for call, again in thread.replay(solution)
            if call.error != UNANSWERED and not thread.same(call, again)
        )

    def _causes(
        self,
        function: str,
        threads: Sequence[Thread],
        wrong: frozenset[int],
        worlds: Sequence[World],
        *,
        own: bool,
    ) -> list[World]:
        """The smallest sets of replacements that reproduce all calls; there may be none, one or several.

        Without ``own``, the function's own mistakes are not considered: something that it uses is wrong in an unknown
        way, which may be all that is wrong here.
        """

        def tells(thread: Thread) -> bool:
            return any(id(call) in wrong and call.error is None for call in thread.calls)

        # The most telling threads come first.
        threads = sorted(
            threads, key=lambda t: (not tells(t), all(id(call) not in wrong for call in t.calls))
        )
        right_forms: list[Variant | None] = [None, *self._alternatives.get(function, ())]
        inherited = [
            world
            for world in worlds
            if world and any(self._reproduces(threads, world, form) for form in right_forms)
        ]
        if inherited:
            return _fewest(inherited)
        if not own or not tells(threads[0]):
            return []  # exceptions alone say little: many mistakes raise the same ones
        candidates: list[World] = []
        for mistake in self._mistakes.get(function, ()):
            in_worlds = (w for w in worlds if self._reproduces(threads, w, mistake))
            world = next(in_worlds, None)
            if world is not None:
                candidates.append((*world, mistake))
        return candidates

    def _upstream(self, function: str, findings: dict[str, _Diagnosis]) -> list[World]:
        """What may be wrong in the functions that this one uses, fewest replacements first."""
        known: dict[str, Variant] = {}
        for name in self._used_by(function):
            known.update({cause.function: cause for cause in findings[name].causes or ()})
        singles: list[World] = [(cause,) for cause in known.values()]
        return [(), *singles, tuple(known.values())] if len(known) > 1 else [(), *singles]

    def _reproduces(self, threads: Sequence[Thread], world: World, form: Variant | None) -> bool:
        namespace = self._namespace(world if form is None else (*world, form))
        return all(thread.reproduced_in(namespace) for thread in threads)

    def _namespace(self, world: World) -> dict[str, Any]:
        key = tuple((variant.function, variant.name) for variant in world)
        if key not in self._worlds:
            if len(self._worlds) >= MAX_WORLDS:
                self._worlds.clear()
            for variant in world:
                if (variant.function, variant.name) not in self._code:
                    self._code[variant.function, variant.name] = self._solution.compile(variant.source)
            self._worlds[key] = self._solution.namespace(self._code[part] for part in key)
        return self._worlds[key]

    # Dependence ---------------------------------------------------------------------------------------------

    def _direct_uses(self, function: str) -> set[str]:
        """The functions that the solution, or any known way of writing the function, refers to."""
        ways = [*self._mistakes.get(function, ()), *self._alternatives.get(function, ())]
        trees: list[ast.AST] = [ast.parse(way.source) for way in ways]
        names: set[str] = set()
        pending = [function]
        while pending:
            name = pending.pop()
            if name in self._solution.definitions and (name == function or name not in self._functions):
                trees.append(self._solution.definitions[name])
            for tree in trees:
                new = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - names
                names |= new
                pending += [n for n in new if n in self._solution.definitions and n not in self._functions]
            trees = []
        return (names & set(self._functions)) - {function}

    def _used_by(self, function: str) -> list[str]:
        """Functions that this one uses, directly or through others."""
        seen: list[str] = []
        pending = sorted(self._uses.get(function, ()))
        while pending:
            name = pending.pop()
            if name not in seen and name != function:
                seen.append(name)
                pending += sorted(self._uses.get(name, ()))
        return seen

    def _order(self) -> list[str]:
        """Functions, each after those it uses unless they use each other."""
        done: list[str] = []

        def visit(name: str, above: frozenset[str]) -> None:
            if name in done or name in above:
                return
            for used in sorted(self._uses.get(name, ()), key=self._functions.index):
                visit(used, above | {name})
            done.append(name)

        for name in self._functions:
            visit(name, frozenset())
        return done


def _by_function(variants: Sequence[Variant]) -> dict[str, list[Variant]]:
    found: dict[str, list[Variant]] = {}
    for variant in variants:
        found.setdefault(variant.function, []).append(variant)
    return found


def _fewest(worlds: Sequence[World]) -> list[World]:
    size = min(map(len, worlds))
    return [world for world in worlds if len(world) == size]


def _where(function: str, causes: World, wrong: int, calls: Sequence[Call]) -> Showing:
    through = dict.fromkeys(cause.function for cause in causes if cause.function != function)
    objects = any(call.on for call in calls)
    return Showing(function=function, through=list(through), wrong=wrong, calls=len(calls), objects=objects)
