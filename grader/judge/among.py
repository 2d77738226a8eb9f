"""A function's mistakes, looked for among the student's own functions in place of the solution's.

What a function uses may differ from the solution's in a way that nobody listed: it is wrong, or the suite accepts it,
such as a softmax in float32. Then no version of the function gives the student's results with the solution's functions,
but one may with the student's, which are asked in the sandbox. Points do not depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property

from grader.judge.causes import Search
from grader.judge.dependence import Dependence
from grader.judge.diagnosis import Cause, Setting, World
from grader.judge.neighbours import NotFollowed
from grader.judge.replay import Thread
from grader.judge.reproducing import SubmissionWorlds
from grader.judge.versions import Versions

__all__ = ["Among"]

MAX_ASKED = 500
"""Calls of a student's functions by one version of another one."""


class Among:
    """Looks for what gives the results of one function among the functions of one student.

    Args:
        versions: All versions of functions.
        dependence: Which functions use which.
        worlds: The course's functions among the student's.
        function: The function.
        threads: What the tests did with it.
    """

    def __init__(
        self,
        versions: Versions,
        dependence: Dependence,
        worlds: SubmissionWorlds,
        function: str,
        threads: Sequence[Thread],
    ) -> None:
        self._versions, self._dependence, self._worlds = versions, dependence, worlds
        self._function, self._threads = function, threads

    @cached_property
    def is_right(self) -> bool:
        """Whether the function is right, given what the others return.

        Raises:
            NotFollowed: One of them gives no answer.
        """
        return self._of_it_alone.as_it_is()

    def own(self, *, several: bool) -> list[Cause]:
        """The function's own mistakes; empty if none, or several sets of them, give all results.

        Without ``several``, only single mistakes with usual numbers are looked for.
        """
        return self._of_it_alone.own(several=several)

    @cached_property
    def _of_it_alone(self) -> Search:
        return self._search(frozenset([self._function]), ())

    def through(self, upstream: Sequence[World]) -> list[Cause]:
        """What is wrong in the functions that it uses and gives all results; empty if several things do.

        All others are the student's, but for those through which what is wrong gets here.

        Args:
            upstream: What is known to be wrong in functions that it uses, fewest mistakes first.
        """
        found: list[Cause] = []
        for world in filter(None, upstream):
            if found and len(world) > len(found[0].versions):
                break
            with suppress(NotFollowed):
                found += self._shown(world)
        return found if len(found) == 1 else []

    def _shown(self, world: World) -> list[Cause]:
        """These versions as a cause, if they give all results, and right ones in their places do not."""
        wrong = {version.function for version in world}
        between = [
            name
            for name in self._dependence.used_by(self._function)
            if wrong & set(self._dependence.used_by(name))
        ]
        kept = frozenset([self._function, *between, *wrong])
        if self._search(kept, ()).as_it_is():
            return []
        return self._search(kept, world).inherited()

    def _search(self, kept: frozenset[str], world: World) -> Search:
        """A search with these of the solution's functions, some of them wrong, and the student's in place of others."""
        wrong = tuple(version.form.source for version in world)
        setting = Setting(
            world,
            lambda version: self._worlds.as_answered(kept, (*wrong, version.form.source)).opened(MAX_ASKED),
        )
        return Search(self._versions, self._function, self._threads, [setting])
