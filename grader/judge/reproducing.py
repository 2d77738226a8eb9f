"""One function, run in the world of a submission: whether it gives there what the submission's function gave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from grader.judge.calls import CallLog
from grader.judge.likeness import NotData, alike, finite_where, key_of
from grader.judge.neighbours import Answers, Budget, NotFollowed, OutOfCounts, Stopped
from grader.judge.objects import UNANSWERED
from grader.judge.power import made_up, noticed_in, vary_together
from grader.judge.quantities import measured
from grader.judge.replay import Thread, memory_hides_the_cause, threads_of, with_memory
from grader.judge.standins import KnownPower, StandIns
from grader.judge.worlds import Baseline, CourseCode, RightAnswers, World, baseline_of
from grader.kinds import plain
from grader.student import Call

__all__ = ["Reproduced", "SubmissionWorlds", "WorldsOnDemand", "log_of"]

MOST_AT_ONCE = 16
"""Wrong forms that are run side by side: after one that is not noticed, none is needed."""
MOST_VARIED = 12
"""Calls that are looked at to see whether results depend on the arguments."""
_ORDINARY = frozenset({
    "", "NoneType", "bool", "complex", "dict", "float", "int", "list", "numpy.ndarray", "str", "tuple",
    "numpy.bool", "numpy.bool_", "numpy.complex128", "numpy.float32", "numpy.float64", "numpy.int32", "numpy.int64",
})  # fmt: skip
"""Types of values that tests hardly tell apart from the reference's."""


@dataclass(frozen=True)
class Reproduced:
    """A function of a test in the form, and with the reading of its calls, that gives what the submission gave."""

    threads: list[Thread]
    baselines: list[Baseline]
    judged: list[Sequence[Call]]
    """How each thread ends in that world with the solution's own form, by which power is judged; what was recorded,
    where that is not known. Another right form, as in float32, differs from every wrong one by more than rounding."""
    form: str
    memory: bool
    wrong: list[tuple[Call, Call]]
    """Its calls that are not right, each with the right one."""
    world: World
    own: frozenset[str]
    """The functions that are the solution's in that world."""
    differing: frozenset[str]
    """The neighbours that answered something else than the solution's function."""
    used: frozenset[str]
    """The neighbours that were asked."""


class SubmissionWorlds:
    """The course's functions among those of one submission.

    Args:
        code: The course's code.
        alternatives: By function, the sources of other right forms.
        named: By function, the definitions of known mistakes that give what the submission's gave.
        power: Whether tests notice wrong forms where these stand in.
        answers: What the submission's functions answer.
        budget: What may be done.
    """

    def __init__(
        self,
        code: CourseCode,
        alternatives: Mapping[str, Sequence[str]],
        named: Mapping[str, Mapping[str, str]],
        power: KnownPower,
        answers: Answers,
        budget: Budget,
    ) -> None:
        self._code, self._alternatives, self._answers, self._budget = code, alternatives, answers, budget
        self._right, self._right_beside = RightAnswers(code), RightAnswers(code)
        self._power, self._stand_ins = power, StandIns(code, named)
        self._worlds: dict[tuple[frozenset[str], tuple[str, ...], bool], World] = {}

    def world(self, own: frozenset[str], sources: tuple[str, ...] = ()) -> World:
        """The solution with the submission's functions in place of all but ``own``, and some definitions replaced."""
        key = own, sources, True
        if key not in self._worlds:
            self._worlds[key] = World(self._code, self._answers, self._right, own, sources)
        return self._worlds[key]

    def as_answered(self, own: frozenset[str], sources: tuple[str, ...] = ()) -> World:
        """The same, but numbers keep the width in which they are answered, such as float32, which tests may accept.

        That is enough to name a mistake by, and decides no points.
        """
        key = own, sources, False
        if key not in self._worlds:
            world = World(self._code, self._answers, self._right_beside, own, sources, widths=False)
            self._worlds[key] = world
        return self._worlds[key]

    def unreached(self, name: str, theirs: Sequence[Call], ours: Sequence[Call]) -> list[Call]:
        """The calls that a test would have made of a function had it not stopped before, made now."""
        if len(theirs) >= len(ours):
            return []
        if any(call.on or call.trace for call in ours) or with_memory(log_of("", ours), name):
            return []
        done = []
        for call in ours[len(theirs) :]:
            if call.seed is not None:
                raise NotFollowed("seeded calls are not asked for again")
            answer = self._answers.ask(name, call.arguments, call.keywords)
            if answer.error == UNANSWERED:
                raise NotFollowed(f"{name} gave no answer")
            done.append(replace(answer, arguments=call.arguments, keywords=call.keywords))
        return done

    def reproduced(self, test: str, name: str, own: frozenset[str], calls: Sequence[Call]) -> Reproduced:
        """The first right form of a function that gives what the submission's gave.

        Raises:
            NotFollowed: None does.
        """
        log, why = log_of(test, calls), NotFollowed("its own results are not explained by what it uses")
        if not calls or any(call.error == UNANSWERED for call in calls):
            raise NotFollowed(f"{name} gave no answer")
        for form in ("", *self._alternatives.get(name, ())):
            for memory in (False, True):
                threads = (with_memory if memory else threads_of)(log, name)
                if not threads or (memory and memory_hides_the_cause(threads, self._code.right())):
                    continue
                try:
                    result = self._in_form(threads, own, form, memory=memory)
                except OutOfCounts:
                    raise
                except NotFollowed as reason:
                    why = reason
                    continue
                if result is not None:
                    return result
        raise why

    def _in_form(
        self, threads: Sequence[Thread], own: frozenset[str], form: str, *, memory: bool
    ) -> Reproduced | None:
        sources = (form,) if form else ()
        world = self.world(own, sources)
        wrong, baselines = [], []
        differing, used = set[str](), set[str]()
        for thread in threads:
            baseline = baseline_of(self._code, thread, own, form, self._budget)
            run = world.run(thread, baseline)
            differing |= world.differing
            used |= world.used
            for (call, right), (_, again) in zip(baseline.pairs, run, strict=True):
                if not thread.same(call, again) or not _one_form(thread, call, again):
                    return None
                if not thread.same(call, right):
                    if call.error is not None or right.error is not None:
                        raise NotFollowed("it ends with an exception")
                    seen, ours = thread.without_memory(call, right), thread.without_memory(right, call)
                    if not finite_where(seen.value, ours.value):
                        raise NotFollowed("its numbers are not finite, or of another form")
                    wrong.append((seen, ours))
            baselines.append(baseline)
        return Reproduced(
            list(threads),
            baselines,
            [self._judged(thread, own) if form else thread.calls for thread in threads],
            form,
            memory,
            wrong,
            world,
            own,
            frozenset(differing),
            frozenset(used),
        )

    def _judged(self, thread: Thread, own: frozenset[str]) -> Sequence[Call]:
        try:
            baseline = baseline_of(self._code, thread, own, "", self._budget)
            return [again for _, again in self.world(own).run(thread, baseline)]
        except OutOfCounts:
            raise
        except NotFollowed:
            return thread.calls

    def unnoticed(self, result: Reproduced, sources: Sequence[str]) -> str:
        """The first of some wrong forms of a function that would come out as the submission's does; empty if none.

        Raises:
            NotFollowed: It cannot be known of one of them.
        """
        standing = self._stand_ins.of(result.differing, result.own, self._right.asked)
        if standing is not None:
            # Forms that ask others besides are left to the submission's own functions.
            among = [one for one in sources if self._code.names_in(one) <= result.own | result.used]
            if source := self._power.unnoticed(result.threads, standing, among):
                return source
            sources = [one for one in sources if one not in among]
        # Whatever prints, draws or writes does so in this process's one output, figure and folder: one at a time.
        traced = any(call.trace for thread in result.threads for call in thread.calls)
        at_once = 1 if traced else MOST_AT_ONCE
        for start in range(0, len(sources), at_once):
            some = sources[start : start + at_once]
            found = self._answers.side_by_side([partial(self._notices, result, source) for source in some])
            for source, noticed in zip(some, found, strict=True):
                if isinstance(noticed, BaseException):
                    raise noticed
                if not noticed:
                    return source
        return ""

    def _notices(self, result: Reproduced, source: str) -> bool:
        world = self.world(result.own, (source,))
        threads = zip(result.threads, result.baselines, result.judged, strict=True)
        for thread, baseline, known in sorted(threads, key=lambda one: one[1].asked):
            try:
                if noticed_in(thread, world.run(thread, baseline), known):
                    return True
            except Stopped:
                return True
        return False

    def depends(self, name: str, result: Reproduced, log: CallLog) -> bool:
        """Whether its results change with its arguments where right ones do.

        An answer in a variable has no arguments: it depends on the neighbours that it asks, which made it wrong.
        """
        if not any(pair[0].arguments or pair[0].keywords for pair in result.wrong):
            return bool(result.differing)
        right, seen = [pair[1].value for pair in result.wrong], [pair[0].value for pair in result.wrong]
        if vary_together(right, seen):
            return True
        for one, another in self._varied(name, result, log):
            right, seen = [*right, one], [*seen, another]
            if vary_together(right, seen):
                return True
        return False

    def _varied(self, name: str, result: Reproduced, log: CallLog) -> Iterator[tuple[object, object]]:
        """Right results and those of the submission's world, for other arguments."""
        first = result.wrong[0][0]
        recorded = [(call.arguments, call.keywords) for call in log if call.function == name and not call.on]
        for arguments, keywords in [*made_up(first), *recorded][:MOST_VARIED]:
            try:
                key_of(arguments, dict(keywords))
            except NotData:
                continue
            thread = Thread((Call(name, arguments, keywords, None, "", trace=first.trace, seed=first.seed),))
            try:
                baseline = baseline_of(self._code, thread, result.own, result.form, self._budget)
                (pair,) = result.world.run(thread, baseline)
            except OutOfCounts:
                raise
            except NotFollowed:
                continue
            if pair[1].error is None and baseline.pairs[0][1].error is None:
                yield baseline.pairs[0][1].value, pair[1].value


class WorldsOnDemand:
    """The course's functions among those of one submission, which runs anew when they are first needed.

    Args:
        make: Makes them; raises `NotFollowed` if the submission cannot be asked.
        made: They, if they are made already.
    """

    def __init__(self, make: Callable[[], SubmissionWorlds], made: SubmissionWorlds | None = None) -> None:
        self._make, self.made = make, made
        self._tried = False

    def get(self) -> SubmissionWorlds:
        """Make them, unless they are made.

        Raises:
            NotFollowed: They cannot be made, now or when it was tried before.
            TooLong: The submission's time is over.
        """
        if self.made is None:
            if self._tried:
                raise NotFollowed("the submission could not be asked before")
            self._tried = True
            self.made = self._make()
        return self.made


def log_of(test: str, calls: Sequence[Call]) -> CallLog:
    """A log that holds only these calls, of this test."""
    log = CallLog()
    log.by_test[test] = list(calls)
    return log


def _one_form(thread: Thread, call: Call, again: Call) -> bool:
    """Whether a value has the form of the right one, which a test may ask for."""
    if call.error is not None or call.on or call.trace:
        return True
    if measured(call.value) and measured(again.value):
        return True  # whatever checks a number with a unit takes it in every form
    if call.type_name != again.type_name and not {call.type_name, again.type_name} <= _ORDINARY:
        return False
    seen, ours = thread.without_memory(call, again), thread.without_memory(again, call)
    return alike(plain(seen.value), plain(ours.value), bounded=False)
