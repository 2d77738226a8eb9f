"""Explanation by replay: which of the course's known mistakes give exactly the student's results.

The suite's calls are made again here, on the course's own code: the solution with known mistakes made in some of its
functions. No code of the student's runs here; what nobody listed is asked in the sandbox (see `among`). Mistakes are
named only if they reproduce the results of *all* calls of their function, in every test of the suite, and if no other
set of as few does. For a class, the data that tests read from its objects are compared. If a state has a layout of the
student's own, everything else that the calls return is compared (see `replay`).

Functions are examined after those that they use. So a mistake that was found in ``softmax`` is in place when ``train``
is replayed: a wrong ``train`` is then either that mistake showing through, or further mistakes on top of it. A test is
told only of mistakes without which it would come out differently.
"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.judge.among import Among
from grader.judge.bounded import TooLong, bounded
from grader.judge.calls import CallLog
from grader.judge.causes import MAX_STEPS, Search
from grader.judge.dependence import Dependence
from grader.judge.diagnosis import Cause, Diagnosis, Explanation, Setting, Suspect, World, where_shown_of
from grader.judge.neighbours import NotFollowed
from grader.judge.objects import UNANSWERED
from grader.judge.outcomes import Outcomes
from grader.judge.repeatable import repeatable_memory
from grader.judge.replay import Thread, gives_back, memory_hides_the_cause, threads_of, with_memory
from grader.judge.reproducing import SubmissionWorlds, WorldsOnDemand
from grader.judge.versions import Version, Versions
from grader.pset import ProblemSet
from grader.pset.namespace import SolutionCode
from grader.pset.variants import Variant
from grader.student import Call

__all__ = ["Explainer", "Explanation"]

MAX_SECONDS = 30.0
"""For explaining one submission: far more than replays take, and the end of a mistake that runs for ever."""
CONVENTION_SECONDS = 5.0
"""For finding out which conventions one submission follows."""
MAX_TOGETHER = 8
"""Worlds in which everything known is wrong, of which there are several where free numbers are left open."""
MAX_WORLDS = 1_024
"""Solutions with replacements that are kept."""


@dataclass(frozen=True)
class _Verdicts:
    """What the verdicts say of calls, each by its ``id``."""

    right: frozenset[int]
    """Those that are known to have ended as the solution's do."""
    failed: frozenset[int]
    """Those of tests that did not pass, as far as that is known."""

    @classmethod
    def of(cls, log: CallLog) -> _Verdicts:
        tests = log.by_test.items()
        return cls(
            frozenset(id(call) for test, calls in tests if test in log.right for call in calls),
            frozenset(id(call) for test, calls in tests if test not in log.passed for call in calls),
        )


class Explainer:
    """Explains submissions to one problem set."""

    def __init__(self, problem_set: ProblemSet) -> None:
        self._solution = SolutionCode(problem_set)
        self._versions = Versions(problem_set, self._solution)
        self._worlds: dict[World, dict[str, Any]] = {}
        self._outcomes = Outcomes()
        ways = [self._versions.mistakes, self._versions.alternatives]
        self._dependence = Dependence(
            problem_set.functions,
            self._solution.definitions,
            {name: [way.source for of in ways for way in of.get(name, ())] for name in problem_set.functions},
        )
        self._last: tuple[CallLog, dict[str, Diagnosis]] | None = None

    def explain(
        self, log: CallLog, failed: Collection[str], worlds: WorldsOnDemand | None = None
    ) -> dict[str, Explanation]:
        """Explanations of ``failed`` tests, by test.

        Args:
            log: The calls that tests made.
            failed: The tests.
            worlds: The course's functions among the submission's own. With them, a function's mistakes are also found
                if what it uses is wrong, or accepted by the suite, in a way that nobody listed.
        """
        found: dict[str, Explanation] = {}
        with repeatable_memory(), warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            findings = self._findings(log, worlds)
            self._last = None
            with suppress(TooLong), bounded(MAX_SECONDS):
                for test in failed:
                    explanation = self._of_test(test, log.by_test.get(test, []), findings)
                    if explanation is not None:
                        found[test] = explanation
        return found

    def named(self, log: CallLog) -> dict[str, dict[str, str]]:
        """By function that is wrong, the definitions of known mistakes that give its results, by their functions."""
        return {
            function: {version.function: version.form.source for version in causes}
            for function, causes in self.causes(log).items()
        }

    def causes(self, log: CallLog) -> dict[str, World]:
        """By function that is wrong, the versions with known mistakes that give its results."""
        with repeatable_memory(), warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            findings = self._findings(log, None)
        return {function: finding.causes for function, finding in findings.items() if finding.causes}

    def _findings(self, log: CallLog, worlds: WorldsOnDemand | None) -> dict[str, Diagnosis]:
        """What is known of every function; what known mistakes explain is looked for once for a log."""
        last, before = self._last if self._last else (None, {})
        if last is log and worlds is None:
            return before
        findings: dict[str, Diagnosis] = {}
        by_function = log.functions()
        verdicts = _Verdicts.of(log)
        with suppress(TooLong), bounded(MAX_SECONDS):  # what was not examined stays unexplained
            for function in self._dependence.order():
                known = before.get(function) if last is log else None
                if known is not None and known.causes is not None:
                    findings[function] = known
                elif function in by_function:
                    finding = self._examine(function, log, verdicts, findings, worlds)
                    accepted = finding.causes is None and not finding.wrong & verdicts.failed
                    findings[function] = Diagnosis((), own_way=True) if accepted else finding
        if worlds is None:
            self._last = log, findings
        return findings

    def conventions(self, log: CallLog) -> dict[str, Variant]:
        """By function, the accepted convention that a submission's results show.

        That is an alternative with a sentence which gives all these results, if the solution does not and no other
        such alternative does.
        """
        found = {}
        with repeatable_memory(), suppress(TooLong), bounded(CONVENTION_SECONDS), np.errstate(all="ignore"):
            for function, alternatives in self._versions.alternatives.items():
                told = [alternative for alternative in alternatives if alternative.says]
                threads = (with_memory(log, function) or threads_of(log, function)) if told else []
                if any(call.error is not None for thread in threads for call in thread.calls):
                    continue
                agreeing = [
                    one
                    for one in told
                    if threads and self._reproduced(threads, (self._versions.alternative(one),))
                ]
                if len(agreeing) == 1 and not self._reproduced(threads, ()):
                    found[function] = agreeing[0]
        return found

    # One test -----------------------------------------------------------------------------------------------

    def _of_test(
        self, test: str, calls: Sequence[Call], findings: Mapping[str, Diagnosis]
    ) -> Explanation | None:
        """The explanation of a test; None unless every function that went wrong in it is explained."""
        causes: dict[str, Version] = {}
        unsure = frozenset[str]().union(*(finding.unsure for finding in findings.values()))
        wrong: dict[str, int] = {}
        for function in dict.fromkeys(call.function for call in calls):
            finding = findings.get(function)
            if finding is None:
                return None
            if count := sum(id(call) in finding.wrong for call in calls if call.function == function):
                if not finding.causes:
                    return None
                wrong[function] = count
                causes |= {cause.function: cause for cause in finding.causes}
        if not causes:
            return None
        needed = self._needed(test, calls, tuple(causes.values()), {name: findings[name] for name in wrong})
        told = {version.function: version for version in needed}
        shown = []
        for function, count in wrong.items():
            of_this = [
                told[cause.function] for cause in findings[function].causes or () if cause.function in told
            ]
            shown.append(
                where_shown_of(
                    function, of_this, count, [call for call in calls if call.function == function]
                )
            )
        sure = [mistake for one in needed for mistake in one.mistakes if mistake.name not in unsure]
        return Explanation(tuple(sure), tuple(shown)) if sure else None

    def _needed(
        self, test: str, calls: Sequence[Call], causes: World, findings: Mapping[str, Diagnosis]
    ) -> World:
        """The causes without the mistakes that change nothing in this test."""
        if sum(len(version.made) for version in causes) == 1:
            return causes
        of_this = CallLog()
        of_this.by_test[test] = list(calls)
        threads = [t for name, finding in findings.items() for t in finding.look(of_this, name)]
        for version in causes:
            for mistake in version.mistakes:
                current = next(one for one in causes if one.function == version.function)
                for mended in self._versions.without(current, mistake):
                    fewer = tuple(mended if one is current else one for one in causes)
                    fewer = tuple(one for one in fewer if one.made)
                    if fewer and self._reproduced(threads, fewer, self._right(threads)):
                        causes = fewer
                        break
                if all(one.function != version.function for one in causes):
                    break
        return causes

    # One function -------------------------------------------------------------------------------------------

    def _examine(
        self,
        function: str,
        log: CallLog,
        verdicts: _Verdicts,
        findings: dict[str, Diagnosis],
        worlds: WorldsOnDemand | None,
    ) -> Diagnosis:
        finding, left = Diagnosis(None), dict(MAX_STEPS)
        for look in (threads_of, with_memory):
            threads = look(log, function)
            if not threads:
                break
            wrong = self._wrong(threads, verdicts.right)
            unanswered = {id(call) for thread in threads for call in thread.calls if call.error == UNANSWERED}
            if unanswered:
                return Diagnosis(None, wrong | unanswered)
            if not wrong:
                return Diagnosis((), wrong)
            finding = Diagnosis(None, wrong)
            used = [findings.get(name) for name in self._dependence.used_by(function)]
            made = worlds.made if worlds else None
            if made is None and any(one is None for one in used):
                break
            # Few versions of ours have a state of another layout than the solution's.
            memory = look is threads_of and with_memory(log, function)
            suspect = Suspect(
                function,
                threads,
                wrong,
                self._upstream(function, findings),
                # What was never called by itself, or is wrong for unknown reasons, may be all that is wrong.
                known=all(one is not None and one.complete for one in used),
                several=not memory or self._laid_out_alike(threads),
            )
            own_way = any(one.own_way for one in used if one) and bool(wrong & verdicts.failed)
            beside = worlds if suspect.known and own_way else None
            cause = self._cause(suspect, None if suspect.known else made, beside, left)
            causes = cause.versions if cause else ()
            if cause and not (threads[0].memory and self._memory_hides(threads, causes)):
                calls = (call for thread in threads for call in thread.calls)
                raised = any(call.error is not None for call in calls if id(call) in wrong)
                return Diagnosis(causes, wrong, raised, look=look, unsure=cause.unsure, alike=cause.alike)
            if cause:
                break  # comparing less would not tell them apart
        return finding

    def _memory_hides(self, threads: Sequence[Thread], causes: World) -> bool:
        """Whether only a memory would tell; a mistake with several ways that give the results leaves open as much."""
        *elsewhere, own = causes
        ways = self._versions.together(own.base, own.made) if own.base is not None else []
        right = self._right(threads)
        agreeing = [way for way in ways if self._reproduced(threads, (*elsewhere, way), right)]
        covered = len(agreeing) > 1 and not all(map(gives_back, threads))
        return not covered and memory_hides_the_cause(threads, self._namespace(()))

    def _wrong(self, threads: Sequence[Thread], right: frozenset[int]) -> frozenset[int]:
        """``id`` of each answered call that does not end as the solution's does."""
        return frozenset(
            id(call)
            for thread in threads
            if not all(id(call) in right for call in thread.calls)
            for call, again in self._replay(thread, ())
            if call.error != UNANSWERED and not thread.same(call, again)
        )

    def _laid_out_alike(self, threads: Sequence[Thread]) -> bool:
        """Whether dictionaries that come back have the keys that the solution gives them."""
        pairs = (pair for thread in threads for pair in self._replay(thread, ()))
        return all(_same_keys(call.value, again.value) for call, again in pairs)

    def _cause(
        self,
        suspect: Suspect,
        worlds: SubmissionWorlds | None,
        beside: WorldsOnDemand | None,
        left: dict[str, int],
    ) -> Cause | None:
        """The smallest set of mistakes that gives all calls; None if there is none, or several have none in common.

        Args:
            suspect: The function, and what is known of it.
            worlds: The student's own functions, if some that it uses are wrong in unknown ways.
            beside: The same, if some that it uses are accepted by the suite in a way of their own.
            left: The lines that are left for it, whichever way its calls are compared.
        """
        settings = [self._setting(world) for world in suspect.upstream]
        search = Search(self._versions, suspect.function, suspect.threads, settings, left)
        found = search.inherited()
        # Exceptions alone say little: many mistakes raise the same ones.
        if found or not suspect.tells or not (suspect.known or worlds):
            return found[0] if found else None
        if worlds is not None:
            with suppress(NotFollowed):
                among = self._among(suspect, worlds)
                if among.is_right:
                    return None  # it is right, given what the others return
                found = among.own(several=suspect.several)
        found = found or search.own(several=suspect.several)
        if not found and beside is not None:
            with suppress(NotFollowed):
                among = self._among(suspect, beside.get())
                found = (
                    among.through(suspect.upstream) if among.is_right else among.own(several=suspect.several)
                )
        return found[0] if found else None

    def _among(self, suspect: Suspect, worlds: SubmissionWorlds) -> Among:
        return Among(self._versions, self._dependence, worlds, suspect.function, suspect.threads)

    def _setting(self, world: World) -> Setting:
        return Setting(world, lambda version: self._namespace((*world, version)), self._outcomes)

    def _upstream(self, function: str, findings: dict[str, Diagnosis]) -> list[World]:
        """What may be wrong in the functions that this one uses, fewest replacements first."""
        known: dict[str, list[Version]] = {}
        for name in self._dependence.used_by(function):
            finding = findings.get(name)
            for cause in (finding.causes if finding else None) or ():
                if cause not in known.get(cause.function, ()):
                    known[cause.function] = [cause]
            for version in finding.alike if finding else ():
                known[version.function].append(version)
        worlds = [(), *((version,) for versions in known.values() for version in versions)]
        together = itertools.islice(itertools.product(*known.values()), MAX_TOGETHER)
        return [*worlds, *together] if len(known) > 1 else worlds

    def _right(self, threads: Sequence[Thread]) -> list[list[Call]]:
        """What each thread gives with the solution."""
        return [[again for _, again in self._replay(thread, ())] for thread in threads]

    def _replay(self, thread: Thread, world: World) -> Iterable[tuple[Call, Call]]:
        # The solution's own version stands for itself wherever a search made its calls.
        named = world or (self._versions.right(thread.calls[0].function)[0],)
        return self._outcomes.replay(thread, named, lambda: self._namespace(world))

    def _reproduced(
        self, threads: Iterable[Thread], world: World, right: Sequence[Sequence[Call]] = ()
    ) -> bool:
        """Whether every call ends there as the student's did; for the ``right`` outcomes see `same_outcome`."""
        known = right or itertools.repeat(())
        return all(
            thread.reproduced_by(self._replay(thread, world), one)
            for thread, one in zip(threads, known, strict=False)
        )

    def _namespace(self, world: World) -> dict[str, Any]:
        if world not in self._worlds:
            if len(self._worlds) >= MAX_WORLDS:
                self._worlds.clear()
            self._worlds[world] = self._solution.namespace(version.code for version in world)
        return self._worlds[world]


def _same_keys(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys()
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return all(map(_same_keys, one, other))
    return True
