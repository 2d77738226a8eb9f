"""An adopted assignment as everything behind grading sees it: a problem set like any other.

Intake, gradebook, pages and exports know nothing of other graders. They get questions with ids, points and titles; what
differs is who judges, which `grader.adopt.judge_process` does.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import msgspec

from grader.adopt.assignment import Assignment, Question, Test
from grader.adopt.environment import HERE_ALONE, Environment, course_modules
from grader.adopt.plan import Key, Plan, keyed
from grader.adopt.roles import Roles, roles_of
from grader.limits import Limits
from grader.pset.digest import GradingDigest, sha256_of
from grader.pset.handout import Cell
from grader.pset.problemset import ProblemSet, SandboxNeeds
from grader.pset.schema import CourseFile, PsetFile
from grader.pset.schema import Question as OwnQuestion
from grader.pset.suitefile import DeclaredTest
from grader.pset.yamlfile import SourceLines
from grader.results import Trust

__all__ = ["LIMITS", "AdoptedSet", "digest_of"]

LIMITS = Limits(cell_seconds=60, call_seconds=20, submission_seconds=300, cpu_seconds=300, memory_mb=2048)
"""More than a problem set's own: these notebooks were written for machines that a student has alone."""
BY_HAND = "_by_hand"
"""Ends the id of the question that holds what ``--outside-only`` leaves to a person."""
_NOT_IN_IDS = re.compile(r"\W+", re.ASCII)


class AdoptedSet(ProblemSet):
    """An otter or nbgrader assignment.

    Args:
        assignment: What was read.
        plan: How its tests are judged.
        outside_only: Whether tests that would run inside are left to a person.
        environment: What is imported besides gradmark's own packages, and the sandbox's Python.
    """

    judged_by = "grader.adopt.judge_process"
    of_a_course = False

    def __init__(
        self,
        assignment: Assignment,
        plan: Plan,
        *,
        outside_only: bool = False,
        environment: Environment = HERE_ALONE,
    ) -> None:
        self.assignment, self.plan, self.outside_only = assignment, plan, outside_only
        self.environment, self.versions = environment, environment.versions
        self._trust = {key: plan.trust_of(key) for key, _, _ in keyed(assignment)}
        self._ids = _ids([question.name for question in assignment.questions])
        path = assignment.path.resolve()
        file = PsetFile(
            title=assignment.title or assignment.name,
            questions=tuple(self._questions()),
            seed=hashlib.sha256(plan.assignment.encode()).hexdigest()[:32],
            visibility="after_published",
            preload=preloaded(self.roles, course_modules(assignment)),
            limits=limits_of(assignment),
        )
        super().__init__(path, path.parent, file, SourceLines(path, path.name, "{}"), CourseFile())

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.assignment, self.plan, self.outside_only, self.environment)

    @property
    def name(self) -> str:
        """The notebook's name; of several, the folder's."""
        return self.assignment.name

    @property
    def handed_in_as(self) -> str:
        return self.assignment.handed_in_as or self.assignment.name

    @property
    def handed_in_together(self) -> tuple[str, ...]:
        return self.assignment.several

    @cached_property
    def roles(self) -> Roles:
        """Whose name is whose."""
        return roles_of(self.assignment)

    # Questions --------------------------------------------------------------------------------------------------

    def id_of(self, question: str) -> str:
        """The id of a question of the original's."""
        return self._ids[question]

    def hand_id_of(self, question: str) -> str:
        """The id of the question that holds what a person grades of it."""
        tested = any(one.name == question and one.tests for one in self.assignment.questions)
        return self._ids[question] + BY_HAND * tested

    @cached_property
    def graded(self) -> dict[Key, Trust]:
        """The tests that are judged, and where."""
        return {
            key: trust for key, trust in self._trust.items() if trust == "outside" or not self.outside_only
        }  # fmt: skip

    def points_of(self, question: Question, test: Test) -> Fraction:
        """The points of a test."""
        return test.points

    def _questions(self) -> list[OwnQuestion]:
        made = []
        for question in self.assignment.questions:
            identity = self._ids[question.name]
            named = question.title and question.title != self.assignment.title
            title = question.title if named else identity
            inside = [
                test for number, test in enumerate(question.tests)
                if self.outside_only and self._trust[question.name, number] == "inside"
            ]  # fmt: skip
            judged = sum((test.points for test in question.tests), Fraction(0))
            left = sum((test.points for test in inside), Fraction(0))
            if len(inside) < len(question.tests):
                made.append(OwnQuestion(id=identity, title=title, points=judged - left))
            if not question.tests:
                made.append(OwnQuestion(id=identity, title=title, points=question.points, manual=True))
            elif inside or question.manual:
                rest = max(question.points - judged, Fraction(0)) if question.manual else Fraction(0)
                by_hand = f"{title}, graded by hand"
                made.append(
                    OwnQuestion(id=identity + BY_HAND, title=by_hand, points=left + rest, manual=True)
                )
        return made

    # Files ------------------------------------------------------------------------------------------------------

    def data_files(self) -> dict[str, bytes]:
        return dict(self.assignment.files)

    def sandbox_needs(self) -> SandboxNeeds:
        secrets = self.assignment.secrets or (self.path,)
        return SandboxNeeds(
            preload=self.preload, data_files=self.data_files(), limits=self.limits, secrets=list(secrets),
            python=self.environment.python, libraries=self.environment.sandboxs_folders, if_it_helps=True,
        )  # fmt: skip

    @property
    def course_files(self) -> list[Path]:
        return []

    @cached_property
    def tests(self) -> list[DeclaredTest]:
        """None: a suite of gradmark's would declare some."""
        return []

    @cached_property
    def digest(self) -> GradingDigest:
        """Of what decides a grade: the author's files, the plan, what is left to a person, and added libraries."""
        settings = [msgspec.json.encode(self.plan), str(self.outside_only).encode()]
        settings += [name.encode() for name in self.environment.installed]
        return GradingDigest(sha256_of([self.plan.assignment.encode(), *settings]), sha256_of([]))

    @cached_property
    def handout_source(self) -> str:
        return "\n\n".join(cell.source for cell in self.assignment.cells)

    @cached_property
    def _parsed_handout(self) -> list[Cell]:
        return [Cell("code", cell.source, 1) for cell in self.assignment.cells if cell.part != "test"]

    @cached_property
    def solved_cells(self) -> list[Cell]:
        return self._parsed_handout


def _again(assignment: Assignment, plan: Plan, outside_only: bool, environment: Environment) -> AdoptedSet:
    return AdoptedSet(assignment, plan, outside_only=outside_only, environment=environment)


def limits_of(assignment: Assignment) -> Limits:
    """The limits of a submission, with the time that the original lets a cell take."""
    if assignment.cell_seconds is None:
        return LIMITS
    # None at all, and there is still the whole submission's.
    cell = assignment.cell_seconds if assignment.cell_seconds > 0 else LIMITS.submission_seconds
    whole = max(LIMITS.submission_seconds, 2 * cell)
    return msgspec.structs.replace(
        LIMITS, cell_seconds=cell, submission_seconds=whole, cpu_seconds=math.ceil(whole)
    )


def preloaded(roles: Roles, own: Collection[str]) -> tuple[str, ...]:
    """The modules that the handout imports, so that no submission waits for them; not the author's own."""
    found: dict[str, None] = {"numpy": None}
    for statement in roles.imports:
        words = statement.split()
        names = (
            [words[1]]
            if words[0] == "from"
            else [part.strip().split()[0] for part in statement[7:].split(",")]
        )
        found |= dict.fromkeys(name for name in names if name.partition(".")[0] not in own)
    return tuple(found)


def _ids(names: list[str]) -> dict[str, str]:
    """An id for each question, which may stand in a column's or a file's name."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = _NOT_IN_IDS.sub("_", name).strip("_") or "question"
        plain = plain if plain[0].isascii() and plain[0].isalpha() else f"q_{plain}"
        identity, number = plain, 1
        while identity in taken:
            number += 1
            identity = f"{plain}_{number}"
        taken.add(identity)
        made[name] = identity
    return made


def digest_of(assignment: Assignment) -> str:
    """The digest of what the author's files say; the same wherever they are."""
    questions = tuple(replace(question, asked=()) for question in assignment.questions)
    bare = replace(
        assignment, path=Path(), secrets=(), files={}, solution_file=None, doubts=(), texts=(), questions=questions
    )  # fmt: skip
    parts = [repr(bare).encode(), assignment.solution_file or b""]
    for name, content in sorted(assignment.files.items()):
        parts += [name.encode(), content]
    return sha256_of(parts)
