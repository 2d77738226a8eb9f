"""What a submission is compared with: the reference, the mistakes and the right calls, of the numbers it was given."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property
from typing import Any

from grader.judge.following import Follower
from grader.judge.inheriting import RightCalls
from grader.judge.telling import Teller
from grader.judge.written import written_questions
from grader.pset import ProblemSet, regions_of
from grader.pset.drawn import Drawing
from grader.pset.namespace import solution_namespace

__all__ = ["Expectations", "Expected"]

MOST_KEPT = 8
"""Variants whose code stays compiled: a class may have as many variants as students."""


class Expected:
    """What is known of one variant, made when it is first needed."""

    def __init__(self, problem_set: ProblemSet) -> None:
        self.problem_set = problem_set
        self.teller = Teller(problem_set)
        self.right_calls = RightCalls()
        self.written = written_questions(problem_set)
        self.regions = regions_of(problem_set)

    @cached_property
    def reference(self) -> dict[str, Any]:
        """The reference solution's functions, in this process."""
        return solution_namespace(self.problem_set)

    @cached_property
    def follower(self) -> Follower:
        return Follower(self.problem_set, self.right_calls)


class Expectations:
    """What is expected of each variant; of those that nobody asked for lately, it is forgotten."""

    def __init__(self, problem_set: ProblemSet) -> None:
        self._problem_set = problem_set
        self._kept: OrderedDict[str, Expected] = OrderedDict()

    def of(self, drawing: Drawing | None) -> Expected:
        """What is expected of a drawing; None is the problem set's own."""
        own = drawing or self._problem_set.drawing
        key = own.digest if own else ""
        if key not in self._kept:
            same = drawing is None or drawing == self._problem_set.drawing
            self._kept[key] = Expected(
                self._problem_set if same else self._problem_set.with_drawing(drawing)  # type: ignore[arg-type]
            )
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]
