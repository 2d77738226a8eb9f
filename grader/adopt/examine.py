"""One submission, test by test: each at its place in the notebook, outside or inside its process as the plan says."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from grader.adopt.assignment import Assignment, AuthorCell, Question, Test
from grader.adopt.names import Libraries, Names
from grader.adopt.plan import Key, keyed
from grader.adopt.roles import Roles, free_names, names_bound
from grader.adopt.seeds import SEEDED
from grader.adopt.standins import reference_of
from grader.adopt.talk import Stopped, Talk, Undecided
from grader.errors import StudentCrashed, StudentFault, StudentTimeout, SubmissionRejected
from grader.foreign import Ending, Foreign, as_before_numpy_2, python_of, run_foreign, written_for_numpy_2
from grader.notebook.checks import ALL
from grader.notebook.magics import tree
from grader.results import Trust
from grader.sandbox.crossing.messages import Adopted, Written
from grader.sandbox.outside.adopted import AdoptedSession
from grader.sandbox.outside.host import Sandbox
from grader.sandbox.outside.loading import LoadReport

__all__ = ["Examiner", "Told"]


@dataclass
class Told:
    """What came of one test."""

    ending: Ending
    trust: Trust
    fault: StudentFault | None = None
    """Why the submission gave no answer, or the exception that it raised."""
    undecided: str = ""
    """What could only be decided by the submission itself."""
    missing: str = ""
    """A name that the submission does not define."""
    gone: bool = False
    """Whether the submission does not hold the test's cell any more."""
    seconds: float = 0.0


@dataclass
class Examined:
    """What came of a submission."""

    told: dict[Key, Told] = field(default_factory=dict)
    reports: dict[str, LoadReport] = field(default_factory=dict)
    """What running each notebook showed, by its name."""
    answers: dict[str, str] = field(default_factory=dict)
    """What people grade, by the question's id."""


class Examiner:
    """An assignment, ready to examine submissions one after another.

    Args:
        assignment: The assignment.
        roles: Whose name is whose.
        libraries: The judge's own.
        sandbox: Where submissions run.
        seed: Of the global random generators.
        step: Told what is being done.
        written: Gives what people grade in a notebook, by its name.
    """

    def __init__(
        self,
        assignment: Assignment,
        roles: Roles,
        libraries: Libraries,
        sandbox: Sandbox,
        *,
        seed: int,
        step: Callable[[str], None] = lambda name: None,
        written: Callable[[str], Sequence[Written]] = lambda notebook: (),
    ) -> None:
        self._assignment, self._roles, self._libraries = assignment, roles, libraries
        self._sandbox, self._seed, self._step, self._written = sandbox, seed, step, written
        self._mentioned = {key: free_names(test) for key, _, test in keyed(assignment)}
        sources = {f"{key}": test.source for key, _, test in keyed(assignment) if test.kind == "doctest"}
        self.legacy = assignment.legacy_printing and not written_for_numpy_2(sources)
        self._needed = _cells_needed(assignment)

    def examine(
        self, files: Mapping[str, bytes], plan: Mapping[Key, Trust], *, omitted: Collection[str] = ()
    ) -> Examined:
        """Run a submission and its tests.

        Args:
            files: What was handed in.
            plan: Where each test is judged; one that is not in it is left out.
            omitted: Tests not to run, by `step_of`.

        Raises:
            SubmissionRejected: It cannot be read.
            StudentFault: It does not run.
            SandboxError: The sandbox failed.
        """
        if self.legacy:
            as_before_numpy_2()
        examined = Examined()
        session: AdoptedSession | None = None
        refused: list[StudentFault | SubmissionRejected] = []
        notebooks = self._assignment.several or (self._assignment.name,)
        for notebook in notebooks:
            questions = [
                one for one in self._assignment.questions if not one.notebook or one.notebook == notebook
            ]
            wanted = {
                key: trust for key, trust in plan.items()
                if any(one.name == key[0] for one in questions) and step_of(key) not in omitted
            }  # fmt: skip
            try:
                session = self._examine(files, notebook, questions, wanted, "outside", examined, session)
                if "inside" in wanted.values():
                    self._examine(files, notebook, questions, wanted, "inside", examined, session)
            except (StudentFault, SubmissionRejected) as reason:
                refused.append(reason)
                fault = reason if isinstance(reason, StudentFault) else StudentCrashed(str(reason))
                for key in wanted:
                    examined.told.setdefault(key, Told(Ending(False), wanted[key], fault))
        if len(refused) == len(notebooks):  # of several, those that run still count
            raise refused[0]
        return examined

    def _examine(
        self,
        files: Mapping[str, bytes],
        notebook: str,
        questions: list[Question],
        plan: Mapping[Key, Trust],
        trust: Trust,
        examined: Examined,
        earlier: AdoptedSession | None,
    ) -> AdoptedSession:
        """One run of a notebook, with the tests that belong into it."""
        talk = Talk(self._roles.classes)
        session = AdoptedSession(
            self._sandbox, files, notebook, self._seed, adopted=self._adopted(notebook, trust), hold=talk.hold,
            refer=reference_of, written=self._written(notebook) if trust == "outside" else (),
        )  # fmt: skip
        if earlier is not None:
            session.share_clock(earlier)
        talk.session = session
        with session:
            self._step("the notebook is run")
            session.load()
            examined.reports.setdefault(notebook, session.report)
            examined.answers |= session.answers
            names = Names(self._roles, self._libraries, talk)
            for place, question, test, key in self._in_order(questions, session):
                if plan.get(key) != trust:
                    continue
                if test.kind == "cell" and all(name != test.name for _, name in session.report.checks):
                    examined.told[key] = Told(Ending(False), trust, gone=True)
                    continue
                self._step(step_of(key))
                started = time.monotonic()
                try:
                    session.go_to(place)
                    started = time.monotonic()
                    if trust == "outside":
                        told = self._outside(key, question, test, talk, names)
                    else:
                        told = Told(session.attempt(_foreign(test), keeps=test.kind == "cell"), trust)
                except (StudentTimeout, StudentCrashed) as fault:
                    told = Told(Ending(False), trust, fault)
                told.seconds = time.monotonic() - started
                examined.told[key] = told
            self._step("the notebook is run")
            try:
                session.go_to(session.cells)
            except (StudentTimeout, StudentCrashed):
                if not examined.told:
                    raise
        return session

    # Places -----------------------------------------------------------------------------------------------------

    def _in_order(
        self, questions: list[Question], session: AdoptedSession
    ) -> list[tuple[int, Question, Test, Key]]:
        """The tests in the order of their places: the last cell that runs before each."""
        checks: dict[str, int] = {}
        for cell, name in session.report.checks:
            for one in [one.called or one.name for one in questions] if name == ALL else [name]:
                checks[one] = cell
        end = session.cells - 1
        found = []
        for number, question in enumerate(questions):
            for index, test in enumerate(question.tests):
                if test.kind == "cell":
                    place = checks.get(test.name, end + 1) - 1
                else:
                    place = checks.get(question.called or question.name, end)
                found.append((place, number, index, question, test))
        found.sort(key=lambda one: one[:3])
        return [(place, question, test, (question.name, index)) for place, _, index, question, test in found]

    def _adopted(self, notebook: str, trust: Trust) -> Adopted:
        """How the notebook is run: test cells that nothing else needs are left to the judge."""
        restored = {}
        for cell in self._assignment.cells:
            if cell.identity and cell.locked and cell.notebook in ("", notebook):
                left = cell.part == "test" and trust == "outside" and cell.identity not in self._needed
                restored[cell.identity] = "" if left else cell.source
        return Adopted(
            restored=restored, before=_seeding(self._assignment), legacy=self.legacy, quiet=trust == "inside",
            exact=bool(self._assignment.several),
        )  # fmt: skip

    # Tests ------------------------------------------------------------------------------------------------------

    def _outside(self, key: Key, question: Question, test: Test, talk: Talk, names: Names) -> Told:
        talk.begin()
        SEEDED.forget()
        space = names if test.kind == "cell" else names.copy()
        space.begin(self._mentioned[key])
        try:
            ending = run_foreign(_foreign(test, self._assignment.setup), space)
        except Stopped as stopped:
            ending = Ending(False, str(stopped.fault))
        except Undecided as undecided:
            ending = Ending(False, str(undecided))
        if talk.fault is not None or talk.undecided:
            ending = Ending(False, ending.output)
        names.forget_students()
        missing = "" if ending.passed else next(iter(sorted(space.absent)), "")
        fault = talk.fault or (None if ending.passed else talk.ended(ending.output))
        return Told(ending, "outside", fault, talk.undecided, missing)


def step_of(key: Key) -> str:
    """What a test is called among the steps of judging."""
    return f"{key[0]}::{key[1]}"


def _foreign(test: Test, setup: str = "") -> Foreign:
    return Foreign(test.kind, test.source, test.function, setup)


def _seeding(assignment: Assignment) -> str:
    """What otter runs before each cell."""
    if assignment.seed is None:
        return ""
    if assignment.seed_variable:
        return f"{assignment.seed_variable} = {assignment.seed}"
    return f"import numpy, random\nnumpy.random.seed({assignment.seed})\nrandom.seed({assignment.seed})"


def _cells_needed(assignment: Assignment) -> set[str]:
    """Test cells that bind what a later cell of the student's reads: these run in the sandbox too."""
    needed: set[str] = set()
    cells = assignment.cells
    already: set[str] = set()
    for number, cell in enumerate(cells):
        if cell.part != "test":
            already |= _imported_by(cell)
        if cell.part != "test" or (module := tree(python_of(cell.source))) is None:
            continue
        bound = names_bound(module) | (_imported_by(cell) - already)
        if any(bound & _read(later) for later in cells[number + 1 :] if later.part != "test"):
            needed.add(cell.identity)
    return needed


def _imported_by(cell: AuthorCell) -> set[str]:
    module = tree(python_of(cell.source))
    return {
        alias.asname or alias.name.partition(".")[0]
        for node in (ast.walk(module) if module is not None else ())
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _read(cell: AuthorCell) -> set[str]:
    found: set[str] = set()
    for source in (cell.source, cell.solution or ""):
        module = tree(python_of(source))
        if module is not None:
            found |= {node.id for node in ast.walk(module) if isinstance(node, ast.Name)}
    return found
