"""A function's mistakes, looked for among the student's own functions in place of the solution's.

What a function uses may differ from the solution's in a way that nobody listed: it is wrong, or the suite accepts it,
such as a softmax in float32. Then no version of the function gives the student's results with the solution's functions,
but one may with the student's, which are asked in the sandbox. Points do not depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from grader.judge.causes import Search, Setting
from grader.judge.dependence import Dependence
from grader.judge.diagnosis import World
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

    def own(self, *, several: bool) -> World | None:
        """The function's own mistakes, empty if none are found; None if it is right, given what the others return.

        Without ``several``, only single mistakes with usual numbers are looked for.
        """
        with suppress(NotFollowed):
            search = self._search(frozenset([self._function]))
            if search.as_it_is():
                return None
            found = search.own(several=several)
            return found[0].versions if found else ()
        return ()

    def through(self, upstream: Sequence[World]) -> World:
        """What is wrong in the functions that it uses, of which one must give all results; empty if several do.

        All others are the student's, but for those through which what is wrong gets here.

        Args:
            upstream: What is known to be wrong in functions that it uses, fewest mistakes first.
        """
        found: list[World] = []
        for world in filter(None, upstream):
            if found and len(world) > len(found[0]):
                break
            with suppress(NotFollowed):
                if self._shows(world):
                    found.append(world)
        return found[0] if len(found) == 1 else ()

    def _shows(self, world: World) -> bool:
        """Whether these versions give all results, and right ones in their places do not."""
        wrong = {version.function for version in world}
        between = [
            name
            for name in self._dependence.used_by(self._function)
            if wrong & set(self._dependence.used_by(name))
        ]
        kept = frozenset([self._function, *between, *wrong])
        return self._search(kept, world).as_it_is() and not self._search(kept).as_it_is()

    def _search(self, kept: frozenset[str], world: World = ()) -> Search:
        """A search with these of the solution's functions, some of them wrong, and the student's in place of others."""
        wrong = tuple(version.form.source for version in world)
        setting = Setting(
            (),
            lambda version: self._worlds.as_answered(kept, (*wrong, version.form.source)).opened(MAX_ASKED),
            own=True,
        )
        return Search(self._versions, self._function, self._threads, [setting])
