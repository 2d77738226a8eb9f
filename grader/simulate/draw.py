"""A class drawn at random, with what each submission must get: known by construction, not by grading it.

A wrong function costs its own question. Whether other questions' tests notice it depends on their numbers, so nothing
is claimed about questions that depend on a wrong function. Everything else must get full marks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from grader.notebook.cells import notebook_with
from grader.pset import ProblemSet
from grader.pset.otter import starter_source
from grader.pset.values import bound_in
from grader.pset.variants import Variant
from grader.simulate import troubles
from grader.simulate.answers import defined, solutions
from grader.simulate.people import Person, make_person
from grader.validate.bench import Bench

__all__ = ["KINDS", "Attempt", "Classroom", "Handin"]

KINDS = {
    "right": 0.30,
    "right in another style": 0.20,
    "mistake": 0.23,
    "two mistakes": 0.09,
    "half done": 0.06,
    "blank": 0.03,
    "does not parse": 0.03,
    "raises": 0.03,
    "hostile": 0.01,
    "crashes": 0.005,
    "never ends": 0.005,
    "unreadable": 0.01,
}
"""How often each kind of submission is drawn."""
AGAIN = 0.15
"""The share of students who hand in twice; the first attempt is half done."""
GROUPS = 0.06
LATE = 0.08
BORROWED = 0.04
"""The share of students who hand in another's numbers, where everybody has their own."""
FULL, LOST, EITHER = "full", "lost", "either"


@dataclass(frozen=True)
class Attempt:
    """One attempt and its truth."""

    kind: str
    content: bytes
    """The notebook's bytes."""
    submitted: datetime
    late: bool
    status: str = "graded"
    verdicts: Mapping[str, str] = field(default_factory=dict)
    """For each question: ``full``, ``lost`` (not all points), or ``either``."""
    mistakes: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    """The accepted alternatives among its answers."""


@dataclass(frozen=True)
class Handin:
    """A student's or a group's attempts, first to latest."""

    people: tuple[Person, ...]
    attempts: tuple[Attempt, ...]


@dataclass
class _Draft:
    """Answers that replace the right ones, and which functions that makes wrong."""

    answers: dict[str, str] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    mistakes: tuple[str, ...] = ()
    styles: list[Variant] = field(default_factory=list)
    """Right answers in another style, if nothing else was put in their place."""


class Classroom:
    """Draws a class for one problem set; the same seed draws the same class."""

    def __init__(self, problem_set: ProblemSet) -> None:
        self.problem_set = problem_set
        self._bench = Bench(problem_set)
        self._use(problem_set)
        self._due = problem_set.due or datetime(2027, 2, 21, 23, 59, tzinfo=UTC)
        self._plain = [name for name in problem_set.functions if self._is_function(name)]

    def _use(self, problem_set: ProblemSet) -> None:
        """Take answers from this drawing of the problem set."""
        self._right = solutions(problem_set)
        self._solved = problem_set.solution_cells()
        self._mistakes = problem_set.mistakes()
        self._styles: dict[str, list[Variant]] = {}
        for variant in problem_set.alternatives():
            self._styles.setdefault(variant.function, []).append(variant)

    def _use_numbers_of(self, people: Sequence[Person], rng: np.random.Generator) -> bool:
        """Take answers with the numbers of a group's first member or, rarely, another's; returns whether they are."""
        borrowed = bool(rng.random() < BORROWED)
        drawing = self.problem_set.drawing_for("another" if borrowed else people[0].id)
        self._use(self.problem_set.with_drawing(drawing))
        return borrowed and drawing.values != self.problem_set.drawing_for(people[0].id).values

    def close(self) -> None:
        self._bench.close()

    def draw(self, count: int, seed: int) -> Iterator[Handin]:
        """``count`` students or groups, each of which depends only on the seed and its own number."""
        kinds, chances = list(KINDS), np.array(list(KINDS.values()))
        number = 0
        for index in range(count):
            rng = np.random.default_rng([seed, index])
            members = 1 + (1 + int(rng.integers(2))) * (rng.random() < GROUPS)
            people = tuple(make_person(number + i, rng) for i in range(members))
            number += members
            kind = kinds[rng.choice(len(kinds), p=chances / chances.sum())]
            late = bool(rng.random() < LATE)
            again = bool(rng.random() < AGAIN)
            hours = float(rng.uniform(0.1, 48))
            when = self._due + timedelta(hours=hours if late else -hours)
            borrowed = bool(self.problem_set.drawn) and self._use_numbers_of(people, rng)
            attempts = [self._attempt(kind, rng, index, when, late)]
            if again:
                attempts.insert(
                    0, self._attempt("half done", rng, index, self._due - timedelta(days=4), False)
                )
            if borrowed:
                attempts = [_with_others_numbers(one) for one in attempts]
            yield Handin(people, tuple(attempts))

    # One attempt --------------------------------------------------------------------------------------------

    def _attempt(
        self, kind: str, rng: np.random.Generator, index: int, when: datetime, late: bool
    ) -> Attempt:
        when = when.replace(microsecond=0)
        if kind == "unreadable":
            content = f'{{"cells": [{{"cell_type": "code", "source": "x = {index}'.encode()
            return Attempt(kind, content, when, late, "rejected")
        draft = self._draft(kind, rng)
        cells = self._cells(draft)
        cells.append(f"# handed in by number {index}")
        if rng.random() < 0.3:
            cells.insert(len(cells) // 2, 'print("so far so good")')
        verdicts = self._verdicts(draft)
        styles = tuple(one.name for one in draft.styles if draft.answers.get(one.function) == one.cell)
        return Attempt(kind, notebook_with(cells), when, late, "graded", verdicts, draft.mistakes, styles)

    def _draft(self, kind: str, rng: np.random.Generator) -> _Draft:
        names = self.problem_set.functions
        styles = self._style(rng, 0.15 if kind != "right in another style" else 0.8)
        draft = _Draft({one.function: one.cell for one in styles}, styles=styles)
        if kind == "right":
            draft.answers = {}
        elif kind == "mistake":
            self._make_mistakes(draft, [self._pick(rng)])
        elif kind == "two mistakes":
            self._make_mistakes(draft, self._pair(rng))
        elif kind == "half done":
            done = int(rng.integers(1, max(len(names), 2)))
            self._leave_blank(draft, names[done:])
        elif kind == "blank":
            self._leave_blank(draft, names)
        elif kind == "hostile":
            draft.answers = {names[0]: troubles.hostile(list(names), self.problem_set.values)}
            self._leave_blank(draft, names[1:])
            draft.wrong = set(names)
        elif kind in ("does not parse", "raises", "crashes", "never ends") and self._plain:
            make = {
                "does not parse": troubles.unparsable,
                "raises": troubles.raising,
                "crashes": troubles.crashing,
                "never ends": troubles.endless,
            }[kind]
            # One that little depends on: each call takes all the time that a call may take.
            rare = sorted(self._plain, key=lambda name: len(self._bench.dependent_questions(name)))
            name = rare[0] if kind == "never ends" else self._plain[rng.integers(len(self._plain))]
            draft.answers[name] = make(self._right[name], name)
            draft.wrong = {name}
        return draft

    def _style(self, rng: np.random.Generator, rate: float) -> list[Variant]:
        """Right answers to some functions, written differently."""
        return [styles[rng.integers(len(styles))] for styles in self._styles.values() if rng.random() < rate]

    def _pick(self, rng: np.random.Generator) -> Variant:
        return self._mistakes[rng.integers(len(self._mistakes))]

    def _pair(self, rng: np.random.Generator) -> list[Variant]:
        """Two mistakes that cannot cancel out, because neither function uses the other."""
        first = self._pick(rng)
        for _ in range(50):
            second = self._pick(rng)
            if not self._related(first.function, second.function):
                return [first, second]
        return [first]

    def _related(self, one: str, other: str) -> bool:
        questions = self._bench.dependent_questions
        return bool(
            questions(one) & set(self._bench.own_questions(other))
            or questions(other) & set(self._bench.own_questions(one))
        )

    def _make_mistakes(self, draft: _Draft, mistakes: list[Variant]) -> None:
        for variant in mistakes:
            draft.answers[variant.function] = variant.cell
        draft.wrong = {variant.function for variant in mistakes}
        draft.mistakes = tuple(variant.name for variant in mistakes)

    def _leave_blank(self, draft: _Draft, names: tuple[str, ...]) -> None:
        for name in names:
            draft.answers.pop(name, None)
        draft.wrong |= set(names)

    def _cells(self, draft: _Draft) -> list[str]:
        """The notebook's cells: the solution's, or the handout's if the student wrote nothing."""
        cells = []
        for solved in self._solved:
            starter = starter_source(solved)
            found = defined(solved, self.problem_set.values)
            asked = [name for name in found if name in self.problem_set.functions]
            blank = [name for name in asked if name in draft.wrong and name not in draft.answers]
            if not any(name in draft.answers or name in blank for name in asked):
                cells.append(solved)
            elif blank == asked:
                cells.append(starter)
            else:
                # The rest of the cell stays, in a cell of its own, since other answers may use it.
                cells.append(_without(solved, asked))
                cells += [
                    draft.answers.get(name) or _only(starter if name in blank else solved, name)
                    for name in asked
                ]
        return [cell for cell in cells if cell.strip()]

    # Its truth ----------------------------------------------------------------------------------------------

    def _verdicts(self, draft: _Draft) -> dict[str, str]:
        verdicts = {question.id: FULL for question in self.problem_set.questions if not question.manual}
        for name in self._reached_by(draft):
            verdicts |= {q: EITHER for q in self._bench.dependent_questions(name) if q in verdicts}
        for name in draft.wrong:
            verdicts |= dict.fromkeys(self._bench.own_questions(name), LOST)
        return verdicts

    def _reached_by(self, draft: _Draft) -> set[str]:
        """The wrong functions, and those whose answers in this submission use one of them."""
        uses = {name: _names(draft.answers.get(name, self._right[name])) for name in self._right}
        reached = set(draft.wrong)
        while more := {name for name, used in uses.items() if used & reached} - reached:
            reached |= more
        return reached

    def _is_function(self, name: str) -> bool:
        """Whether a name is no class."""
        if name in self.problem_set.values:
            return name in self._right
        body = ast.parse(self._right[name]).body if name in self._right else []
        return any(isinstance(node, ast.FunctionDef) and node.name == name for node in body)


def _with_others_numbers(attempt: Attempt) -> Attempt:
    """The attempt with a truth that leaves open what depends on the numbers."""
    verdicts = {
        question: EITHER if verdict == FULL else verdict for question, verdict in attempt.verdicts.items()
    }
    kind = f"{attempt.kind}, another's numbers"
    return replace(attempt, kind=kind, verdicts=verdicts, mistakes=())


def _only(source: str, name: str) -> str:
    """Only what defines that name in a cell."""
    nodes = [n for n in ast.parse(source).body if name in _defines(n)]
    return "\n".join(ast.get_source_segment(source, node) or ast.unparse(node) for node in nodes)


def _without(source: str, names: list[str]) -> str:
    """A cell without some definitions."""
    body = [node for node in ast.parse(source).body if not _defines(node) & set(names)]
    return "\n\n".join(ast.unparse(node) for node in body)


def _defines(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    return bound_in(node)


def _names(source: str) -> set[str]:
    try:
        return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    except SyntaxError:
        return set()
