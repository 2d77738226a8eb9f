"""A problem set as the rest of gradmark sees it: its settings, its cells, its files and their digest."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict
from zoneinfo import ZoneInfo

from grader.draws import Draws
from grader.errors import CourseError
from grader.points import total
from grader.pset.digest import GradingDigest, digest_of, own_files
from grader.pset.drawn import TEMPLATE, Drawing, filled
from grader.pset.forms import Solution
from grader.pset.handout import Cell, code_cells, parse_handout
from grader.pset.names import nearest, shown_path
from grader.pset.options import choices_in, option_mistakes
from grader.pset.otter import starter_source
from grader.pset.personal import Personal
from grader.pset.schema import CourseFile, Late, Limits, PsetFile, Question, Visibility
from grader.pset.solution import SolutionFiller
from grader.pset.suitefile import DeclaredTest, read_suite
from grader.pset.symptoms import Symptom, load_symptoms
from grader.pset.values import is_python, solution_modules, with_derived
from grader.pset.variants import Variant, load_variants
from grader.pset.yamlfile import SourceLines
from grader.times import read_moment, zone_named

if TYPE_CHECKING:
    from grader.sandbox.isolation import Interpreter

__all__ = ["COURSE_FILE", "ProblemSet"]

COURSE_FILE = "psets/course.yaml"
"""Settings for every problem set of the course; optional."""


class SandboxNeeds(TypedDict):
    """The arguments of `grader.sandbox.Sandbox` that depend on the problem set."""

    preload: tuple[str, ...]
    data_files: dict[str, bytes]
    limits: Limits
    secrets: list[Path]
    python: NotRequired[Interpreter | None]
    libraries: NotRequired[tuple[str, ...]]
    if_it_helps: NotRequired[bool]


class ProblemSet(Personal):
    """One folder under psets/; made by `load_problem_set`."""

    judged_by = "grader.judge.judge_process"
    """The module that is run to judge submissions."""
    of_a_course = True
    """Whether a folder of a course holds it."""
    versions: Mapping[str, str] = {}
    """Versions of what runs its submissions, under provenance's names, where that is not what judges them."""

    def __init__(
        self,
        path: Path,
        course: Path,
        file: PsetFile,
        lines: SourceLines,
        defaults: CourseFile,
        drawing: Drawing | None = None,
    ) -> None:
        self.path, self.course, self.file = path, course, file
        self._lines, self._defaults = lines, defaults
        self._drawing = drawing

    def __repr__(self) -> str:
        return f"ProblemSet({str(self.path)!r})"

    @property
    def name(self) -> str:
        """The folder's name, such as ``"ps1"``."""
        return self.path.name

    @property
    def handed_in_as(self) -> str:
        """What folders and files of submissions call it."""
        return self.name

    @property
    def handed_in_together(self) -> tuple[str, ...]:
        """The names of a submission's notebooks, without suffix, where it has several."""
        return ()

    @property
    def course_files(self) -> list[Path]:
        """What it needs from the course besides its own folder and the reference."""
        path = self.course / COURSE_FILE
        return [path] if path.is_file() else []

    @property
    def title(self) -> str:
        return self.file.title

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.file.questions

    @property
    def limits(self) -> Limits:
        return self.file.limits

    @property
    def visibility(self) -> Visibility:
        return self.file.visibility

    def holds(self, file: str, test: str) -> bool:
        """Whether students learn only after the due date how a test ends: a hidden one of what they could guess.

        Args:
            file: Its file, relative to ``suite/``.
            test: Its function.
        """
        return (file, test) in self._held

    @property
    def open_values(self) -> set[str]:
        """Variables whose values are no secret: choices, whose options students read, and those told at once."""
        at_once = {name for q in self.questions if q.verdict == "at_once" for name in q.values}
        return at_once | choices_in(self.tests, self._suite_files)

    @property
    def _suite_files(self) -> dict[Path, str]:
        return {test.file: self.shown(test.file) for test in self.tests}

    @property
    def holds_any(self) -> bool:
        """Whether some test waits for the due date."""
        return bool(self._held)

    @cached_property
    def _held(self) -> set[tuple[str, str]]:
        verdicts = {question.id: question.verdict for question in self.questions}
        return {
            (test.file.relative_to(self.suite_dir).as_posix(), test.name)
            for test in self.tests
            if not test.public
            and (verdicts.get(test.question) or ("after_due_date" if test.guessable else "at_once"))
            != "at_once"
        }

    @property
    def inherited_share(self) -> Fraction:
        """The share of its points that a test earns whose failure is inherited."""
        return {"full": Fraction(1), "half": Fraction(1, 2), "none": Fraction(0)}[self.file.inherited]

    @property
    def fresh(self) -> Literal["submission", "question"]:
        return self.file.fresh

    @property
    def preload(self) -> tuple[str, ...]:
        return self.file.preload

    @cached_property
    def timezone(self) -> ZoneInfo | None:
        """The time zone of its times; None, which means UTC, if the course names none."""
        name = self.file.timezone or self._defaults.timezone
        try:
            return zone_named(name) if name else None
        except ValueError as error:
            raise CourseError(f"{self.place('$', 'timezone')}: {error}") from None

    @cached_property
    def due(self) -> datetime | None:
        """When it is due, in its own time zone if it has one.

        If clocks show the time twice, it is the second time; if they skip it, it moves on by as much as they skip.
        """
        if self.file.due is None:
            return None
        zone, where = self.timezone, self.place("$", "due")
        try:
            moment = read_moment(self.file.due, zone, bare=zone, which="later")
        except ValueError as error:
            advice = (
                ""
                if zone
                else "; add a line such as timezone: America/New_York, or an offset from UTC to the time"
            )
            raise CourseError(f"{where}: due {self.file.due!r} cannot be read: {error}{advice}") from None
        return moment.astimezone(zone) if zone else moment

    @property
    def late(self) -> Late | None:
        """What lateness costs, from pset.yaml or else from course.yaml."""
        return self.file.late or self._defaults.late

    @property
    def max_score(self) -> Fraction:
        """Points of all questions, including those graded by hand, without bonus points."""
        return total(question.points for question in self.questions if not question.bonus)

    @property
    def has_bonus(self) -> bool:
        """Whether a score can exceed `max_score`."""
        return any(question.bonus for question in self.questions) or any(test.bonus for test in self.tests)

    @property
    def functions(self) -> tuple[str, ...]:
        """Every name that students are asked to write, in the questions' order; variables count as functions."""
        return tuple(dict.fromkeys(name for q in self.questions for name in q.names))

    @cached_property
    def values(self) -> frozenset[str]:
        """Those of them that are variables."""
        return frozenset(name for q in self.questions for name in q.values)

    def solution_modules(self, *, readable: bool = False) -> list[ast.Module]:
        """What grading runs of each code cell of the solved handout; with ``readable``, of those that are Python."""
        cells = self.solution_cells()
        chosen = [c for c in cells if is_python(c)] if readable else cells
        return solution_modules(chosen, self.values, given=bool(self.drawn))

    @property
    def suite_dir(self) -> Path:
        return self.path / "suite"

    @property
    def data_dir(self) -> Path | None:
        return self.path / self.file.data if self.file.data else None

    @property
    def handout_path(self) -> Path:
        return self.path / (self.file.handout or f"{self.name}.md")

    def shown(self, path: Path) -> str:
        """A path as messages show it, from the course's folder."""
        return shown_path(path, self.course)

    def place(self, path: str, key: str | None = None) -> str:
        """The place of a setting such as ``$.questions[2]``: ``psets/ps1/pset.yaml:12``."""
        return self._lines.at(path, key)

    def question(self, question_id: str) -> Question:
        """The question with that id; raises `CourseError` if there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise CourseError(f"{self.name} has no question {question_id!r}; {nearest(question_id, self.ids)}")

    @property
    def ids(self) -> list[str]:
        """The questions' ids, in order."""
        return [question.id for question in self.questions]

    @cached_property
    def tests(self) -> list[DeclaredTest]:
        """Every test that the suite declares, read from its source."""
        return read_suite(self.suite_dir, self.course)

    @property
    def handout_text(self) -> str:
        """The handout, with the values of its drawing in it."""
        return filled(self.handout_source, self.drawing) if self.drawing else self.handout_source

    @cached_property
    def handout_source(self) -> str:
        """The handout as it is written."""
        try:
            return self.handout_path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise CourseError(
                f"{self._lines.at('$.handout')}: the handout {self.shown(self.handout_path)} does not exist; "
                "write it, or name another file with handout:"
            ) from None
        except UnicodeDecodeError:
            raise CourseError(
                f"{self.shown(self.handout_path)} is not UTF-8 text; save it as UTF-8"
            ) from None

    @cached_property
    def handout_cells(self) -> list[Cell]:
        """The handout's cells with their tags, before solutions are filled in."""
        cells = self._parsed_handout
        return (
            [replace(one, source=filled(one.source, self.drawing)) for one in cells]
            if self.drawing
            else cells
        )

    @cached_property
    def _parsed_handout(self) -> list[Cell]:
        return parse_handout(self.handout_source, self.shown(self.handout_path))

    @cached_property
    def solved_cells(self) -> list[Cell]:
        """The handout's cells, with every solution filled in from the reference."""
        filler = SolutionFiller(self.course, self.shown(self.handout_path), frozenset(self.functions))
        return filler.fill(self.handout_cells)

    def solution_cells(self) -> list[str]:
        """Code cells of the solved handout."""
        return [cell.source for cell in code_cells(self.solved_cells)]

    @cached_property
    def solution(self) -> Solution:
        """The solved handout's definitions, from which mistakes and alternatives differ."""
        named: dict[str, ast.stmt] = {}
        for module in self.solution_modules(readable=True):  # the course's check says where others are
            kinds = (ast.FunctionDef, ast.ClassDef)
            named |= {node.name: node for node in module.body if isinstance(node, kinds)}
        called = with_derived(filter(is_python, self.solution_cells()), self.values)
        return Solution(named, self.functions, called)

    def starter_cells(self) -> list[str]:
        """Code cells as students get them, without those that otter adds, and without answers to written questions."""
        written = {question.id for question in self.questions if question.manual}
        return [
            starter_source(cell.source)
            for cell in code_cells(self.solved_cells)
            if not (cell.block == "solution" and cell.question in written)
        ]

    def sandbox_needs(self) -> SandboxNeeds:
        """What its submissions run with, and which folders they must not reach."""
        return SandboxNeeds(
            preload=self.preload,
            data_files=self.data_files(),
            limits=self.limits,
            secrets=[self.path, self.course / "reference"],
        )

    def data_files(self) -> dict[str, bytes]:
        """The content of every file beside the notebook, by its path from there."""
        if self.data_dir is None:
            return dict(self.drawn_files)
        files = own_files(self.data_dir)
        same = {file.relative_to(self.data_dir).as_posix(): file.read_bytes() for file in files}
        return same | self.drawn_files

    def mistakes(self) -> list[Variant]:
        """Named wrong versions of students' functions, and wrong options; imports them and the reference."""
        written = self._variants("mistake")
        options = option_mistakes(
            self.tests, self.solution, {one.function for one in written}, self._suite_files
        )
        return self._in_order([*written, *options])

    def alternatives(self) -> list[Variant]:
        """Correct versions written differently; imports them and the reference."""
        return self._variants("alternative")

    def symptoms(self) -> list[Symptom]:
        """Properties of wrong results, each with a sentence; imports them."""
        return load_symptoms(self.path, self.course)

    def _variants(self, kind: str) -> list[Variant]:
        """Variants in the questions' order, whatever files they are in."""
        return self._in_order(load_variants(self.path, self.course, kind, self.solution))

    def _in_order(self, found: list[Variant]) -> list[Variant]:
        order = {name: place for place, name in enumerate(self.functions)}
        return sorted(found, key=lambda variant: order.get(variant.function, len(order)))

    @cached_property
    def digest(self) -> GradingDigest:
        """The digest of everything that decides a grade; the same on every machine for the same files."""
        return digest_of(self.path, self.course, self.file, self.handout_source)

    @property
    def sha256(self) -> str:
        """The digest of everything that decides a grade or its explanation."""
        return self.digest.whole

    @cached_property
    def secret(self) -> str:
        """What hidden tests draw from: the seed in pset.yaml, or else a digest of the suite."""
        if self.file.seed is not None:
            return self.file.seed
        digests = [hashlib.sha256(file.read_bytes()).digest() for file in own_files(self.suite_dir)]
        return hashlib.sha256(b"".join(digests)).hexdigest()

    @property
    def draws(self) -> Draws:
        """What its tests draw, and whatever else follows from its secret."""
        return Draws(self.secret)

    def with_drawing(self, drawing: Drawing) -> ProblemSet:
        """The same problem set as it is with other numbers."""
        other = ProblemSet(self.path, self.course, self.file, self._lines, self._defaults, drawing)
        shared = (
            "handout_source",
            "_parsed_handout",
            "tests",
            "digest",
            "secret",
            "drawn",
            "record",
            "given_variables",
        )
        _ = self._parsed_handout
        other.__dict__.update({name: self.__dict__[name] for name in shared if name in self.__dict__})
        return other

    def as_template(self) -> ProblemSet:
        """The same problem set with nothing drawn: the handout keeps its placeholders."""
        return self.with_drawing(TEMPLATE)
