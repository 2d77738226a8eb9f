"""What is known of a submission's functions, and what follows for a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from grader.judge.calls import CallLog
from grader.judge.outcomes import Outcomes
from grader.judge.replay import Thread, threads_of
from grader.judge.versions import Version, has_found_number
from grader.pset.variants import Variant
from grader.results import Explained, NamedMistake, Showing
from grader.student import Call

__all__ = ["Cause", "Diagnosis", "Explanation", "Setting", "Suspect", "World", "where_shown_of"]

World = tuple[Version, ...]
"""Versions of functions, which replace those of the solution."""


@dataclass(frozen=True, eq=False)
class Setting:
    """What is wrong in the functions that a function uses."""

    causes: tuple[Version, ...]
    namespace: Callable[[Version], dict[str, Any]]
    """The names of the solution with this wrong, and with a version of the function itself."""
    outcomes: Outcomes | None = None
    """What calls give there, kept for other submissions. Without it the student's own functions are in it: they may
    give no answer, which raises `NotFollowed`."""

    @property
    def own(self) -> bool:
        """Whether the student's own functions are in it."""
        return self.outcomes is None

    def replay(self, thread: Thread, version: Version) -> Iterable[tuple[Call, Call]]:
        """Each call of a thread, and the same call made with a version of the function."""
        if self.outcomes is None:
            return thread.replay(self.namespace(version))
        return self.outcomes.replay(thread, (*self.causes, version), lambda: self.namespace(version))

    def measured(self, thread: Thread, version: Version) -> tuple[list[Call], int]:
        """What a thread gives with a version of the function, and how many lines of the solution that takes."""
        outcomes = self.outcomes or Outcomes()
        return outcomes.measured(
            thread, (*self.causes, version), lambda: self.namespace(version), version.solution.file
        )


@dataclass(frozen=True)
class Suspect:
    """What is known of a function whose mistakes are looked for."""

    function: str
    threads: Sequence[Thread]
    """What the tests did with it."""
    wrong: frozenset[int]
    """``id`` of each of its calls that went wrong."""
    upstream: Sequence[World]
    """What is known to be wrong in functions that it uses, fewest replacements first."""
    known: bool
    """Whether none of these is wrong in an unknown way. What is, and cannot be asked, may be all that is wrong here."""
    several: bool
    """Whether to look for several mistakes in the function."""

    @property
    def tells(self) -> bool:
        """Whether a call that went wrong returned something."""
        return any(
            id(call) in self.wrong and call.error is None for thread in self.threads for call in thread.calls
        )


@dataclass(frozen=True, eq=False)
class Cause:
    """A version of a function that gives a student's results in some setting."""

    setting: Setting
    version: Version
    unsure: frozenset[str] = frozenset()
    """Those of its mistakes in whose place others give all results, too."""
    alike: tuple[Version, ...] = ()
    """Versions with the same mistakes, made otherwise, that give all results, too."""

    @property
    def versions(self) -> tuple[Version, ...]:
        """Everything that is wrong."""
        own = (self.version,) if self.version.mistakes else ()
        return (*self.setting.causes, *own)

    @property
    def own(self) -> frozenset[str]:
        """The names of the function's own mistakes."""
        return frozenset(mistake.name for mistake in self.version.mistakes)

    @property
    def names(self) -> frozenset[str]:
        """The names of all mistakes."""
        return frozenset(mistake.name for version in self.versions for mistake in version.mistakes)


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
class Diagnosis:
    """What is known of one function; ``causes`` is empty if it is right and None if nothing is known."""

    causes: World | None
    wrong: frozenset[int] = frozenset()
    """``id`` of each of its calls that did not end as the solution's does."""
    raised: bool = False
    """Whether one of these raised an exception, which may hide another mistake."""
    own_way: bool = False
    """Whether it gives other results than the solution in tests that all passed."""
    look: Callable[[CallLog, str], list[Thread]] = threads_of
    """How its calls were compared: with dictionaries as ordinary data, or as memories."""
    unsure: frozenset[str] = frozenset()
    """Mistakes among the causes in whose place others give the results, too: these are not told."""
    alike: World = ()
    """Versions of the function that give its results, too, with other free numbers of the same mistakes."""

    @property
    def complete(self) -> bool:
        """Whether its causes tell all that it does to what uses it.

        They do not if an exception hides the rest, if others would do in their place, or if its own calls may leave a
        free number open.
        """
        if self.causes is None or self.raised or self.unsure or self.alike:
            return False
        return not any(map(has_found_number, self.causes))


def where_shown_of(function: str, causes: Iterable[Version], wrong: int, calls: Sequence[Call]) -> Showing:
    """Where mistakes show in a test: in which function, and through which that it uses."""
    through = dict.fromkeys(cause.function for cause in causes if cause.function != function)
    objects = any(call.on for call in calls)
    return Showing(function=function, through=list(through), wrong=wrong, calls=len(calls), objects=objects)
