"""Known mistakes that stand in for a submission's own functions where these would be asked thousands of times.

Whether a test keeps its power is a matter of many wrong forms of a function, each of which asks the submission's
functions again. If known mistakes answer all that was asked so far as the submission's functions did, the wrong forms
may as well ask these: a right function is known to give the results with such answers, and nothing else is decided.
What they give is the same for every submission with these mistakes, and is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from grader.judge.likeness import NotData, key_of
from grader.judge.neighbours import Budget, NotFollowed
from grader.judge.power import noticed_in
from grader.judge.replay import Thread
from grader.judge.worlds import Asked, CourseCode, Pairs, replayed
from grader.student import Call, copied

__all__ = ["KnownPower", "StandIns"]

MAX_KEPT = 512
"""Tests' calls, with what stands in, for which is kept which wrong form goes unnoticed."""


class KnownPower:
    """Whether tests notice wrong forms where listed mistakes stand in; found once for all submissions."""

    def __init__(self, code: CourseCode) -> None:
        self._code = code
        self._kept: dict[Any, str] = {}

    def unnoticed(
        self,
        threads: Sequence[Thread],
        standing: Sequence[str],
        sources: Sequence[str],
    ) -> str:
        """The first of some wrong forms that gives what the solution's function gives; empty if none does.

        Args:
            threads: The calls that a test made.
            standing: The definitions of listed mistakes in the place of other functions.
            sources: The wrong forms.
        """
        try:
            calls = [call for thread in threads for call in thread.calls]
            given = key_of(
                [
                    [list(call.arguments), dict(call.keywords), list(call.trace or ()), call.seed]
                    for call in calls
                ]
            )
        except NotData:
            return self._find(threads, standing, sources)
        key = given, any(thread.memory for thread in threads), tuple(standing), tuple(sources)
        if key not in self._kept:
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()
            self._kept[key] = self._find(threads, standing, sources)
        return self._kept[key]

    def _find(
        self,
        threads: Sequence[Thread],
        standing: Sequence[str],
        sources: Sequence[str],
    ) -> str:
        right = [[again for _, again in self._replayed(thread, standing)] for thread in threads]
        for source in sources:
            pairs = zip(threads, right, strict=True)
            if not any(self._notices(thread, known, [*standing, source]) for thread, known in pairs):
                return source
        return ""

    def _replayed(self, thread: Thread, sources: Sequence[str]) -> Pairs:
        return replayed(self._code, thread, sources, Budget())  # no submission pays for what holds for all

    def _notices(self, thread: Thread, right: Sequence[Call], sources: Sequence[str]) -> bool:
        try:
            return noticed_in(thread, self._replayed(thread, sources), right)
        except NotFollowed:
            return True  # it never ends


class StandIns:
    """Known mistakes in the place of one submission's functions, as far as they answer as these do.

    Args:
        code: The course's code.
        named: By function, the definitions that give the submission's results: its own mistakes, and those of others.
    """

    def __init__(self, code: CourseCode, named: Mapping[str, Mapping[str, str]]) -> None:
        self._code, self._named = code, named
        self._agreed: dict[tuple[str, tuple[str, ...]], int] = {}

    def of(
        self, functions: Collection[str], kept: Collection[str], asked: Mapping[str, Sequence[Asked]]
    ) -> list[str] | None:
        """Definitions that stand in for all of these functions; None if there are none.

        Args:
            functions: Their names.
            kept: Functions that stay the solution's.
            asked: All that each function was asked, and what it answered.
        """
        standing: dict[str, str] = {}
        for name in sorted(functions):
            if name not in self._named:
                return None
            standing |= self._named[name]
        sources = tuple(standing.values())
        if not standing or standing.keys() & set(kept):
            return None
        if not all(self._agrees(name, sources, asked.get(name, ())) for name in functions):
            return None
        return list(sources)

    def _agrees(self, name: str, sources: tuple[str, ...], asked: Sequence[Asked]) -> bool:
        """Whether a function answers all of this as the submission's did; nothing is asked twice."""
        function = self._code.right(*sources)[name]
        first = self._agreed.get((name, sources), 0)
        for number in range(first, len(asked)):
            one = asked[number]
            try:
                value = function(*copied(one.arguments), **copied(dict(one.keywords)))
            except (Exception, SystemExit):
                return False
            if not one.same(value):
                return False
            self._agreed[name, sources] = number + 1
        return bool(asked)
