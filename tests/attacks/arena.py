"""Where attacks are run: a worker with secrets about it, and a look at everything afterwards."""

from __future__ import annotations

import importlib
import io
import json
import os
import re
import secrets
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import msgspec

from grader.encoding import encode_exact
from grader.gradescope import Metadata, results_of
from grader.judge import Submission
from grader.limits import Limits
from grader.points import number
from grader.pset import load_problem_set, regions_of
from grader.results import SubmissionResult
from grader.sandbox.isolation import Plan
from grader.sandbox.outside.host import Sandbox
from tests.attacks.catalogue import Attack
from tests.attacks.judging import Chooser, Judge
from tests.attacks.making import files_of, notebook
from tests.attacks.surroundings import Peak, data_limited, surroundings
from tests.gradescope.schema import problems as schema_problems
from tests.gradescope.schema import shown_to_students

__all__ = ["Arena", "Verdict", "arena"]

COURSE = Path(__file__).resolve().parents[2]
PARTS = ("reference", "psets")
ASKING = COURSE / "examples" / "asking"
MOST_MORE_MB = 400
"""What an attack may make the judging process take besides: a message is at most 64 MB, a check makes copies of it."""
LARGEST_MB = 1024
"""What is refused at once: a judge's own process has this limit. It is far more than an attack is let take."""
SHORT = {
    "cell_seconds": 1.5, "call_seconds": 1.0, "submission_seconds": 15.0, "cpu_seconds": 20, "memory_mb": 512,
    "processes": 32, "file_mb": 32, "scratch_mb": 64, "output_kb": 64,
}  # fmt: skip
# For attacks that do nothing but run into a time limit; and for answers that earn points, which must meet none.
IMPATIENT = {"cell_seconds": 0.5, "call_seconds": 0.4}
PATIENT = {"cell_seconds": 30.0, "call_seconds": 30.0, "submission_seconds": 60.0}
# How long grading may take, as the submission's clock goes: what is judged after it ran out has a second a step, and
# the processes that try attacks side by side keep each other waiting.
TIMES_THE_CLOCK = 2
BESIDES_THE_CLOCK = 10.0


@dataclass(frozen=True)
class Verdict:
    """What an attack came to: contained if there are no problems."""

    attack: Attack
    problems: list[str]
    result: SubmissionResult
    more_mb: int
    """What the judging process took at most, beyond what it had."""


class Arena:
    """A course with secrets beside it under one plan, and a judge of one problem set at a time."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan, self.folder = plan, folder
        # A course of its own, readable by all: what keeps it secret must be the sandbox.
        self.course = folder / "course"
        for part in PARTS:
            shutil.copytree(COURSE / part, self.course / part, ignore=shutil.ignore_patterns("__pycache__"))
        # The kinds of answers that the second course asks for are attacked beside.
        for place in (ASKING / "psets").glob("*/pset.yaml"):
            shutil.copytree(place.parent, self.course / "psets" / place.parent.name)
        for file in (ASKING / "reference").glob("*.py"):
            if file.name != "__init__.py":
                shutil.copy(file, self.course / "reference")
        self.secret = f"CANARY-{secrets.token_hex(8)}"
        self._plant()
        self._ring: Ring | None = None

    def run(self, attack: Attack) -> Verdict:
        """Grade the attack and look for what it did."""
        return self.ring(attack.pset).run(attack)

    def ring(self, pset: str) -> Ring:
        """The judge of that problem set; whatever judged another one is closed."""
        if self._ring is None or self._ring.pset != pset:
            self.close()
            os.environ["GRADMARK_TEST_SECRET"] = self.secret
            self._ring = Ring(self, pset)
        return self._ring

    def close(self) -> None:
        if self._ring is not None:
            self._ring.close()
            self._ring = None
        os.environ.pop("GRADMARK_TEST_SECRET", None)

    def _plant(self) -> None:
        (self.folder / "results").mkdir()
        (self.folder / "secret.txt").write_text(self.secret)
        (self.folder / "results" / "other.json").write_text(json.dumps({"score": self.secret}))
        with sqlite3.connect(self.folder / "gradebook.db") as database:
            database.execute("create table secrets (text)")
            database.execute("insert into secrets values (?)", [self.secret])
        database.close()


def _open_fonts() -> None:
    """Draw once in this process, as the course's own answers may later: matplotlib keeps its fonts open."""
    figure = importlib.import_module("matplotlib.figure").Figure()
    figure.subplots().semilogy([1, 2], label="a")
    figure.axes[0].set(title="$a^b$", xlabel="x")
    figure.axes[0].legend()
    figure.savefig(io.BytesIO())


class Ring:
    """The judge of one problem set, what it knows that no student may, and a submission to come after each attack."""

    def __init__(self, arena: Arena, pset: str) -> None:
        self.arena, self.pset = arena, pset
        self.problem_set = load_problem_set(arena.course / "psets" / pset)
        self._limits = msgspec.structs.replace(self.problem_set.limits, **SHORT)
        self.sandbox = Sandbox(
            preload=self.problem_set.preload,
            data_files=self.problem_set.data_files(),
            limits=self._limits,
            plan=arena.plan,
            alone=not arena.plan.safe,
        )
        self.judge = Judge(self.problem_set, sandbox=self.sandbox)
        self._choose = Chooser(self.judge, self.problem_set)
        self.blank = self.problem_set.starter_cells()
        self._canaries = [arena.secret, *self._words()]
        self._partial = self._partial_cells()
        self._earned: dict[tuple[str, ...], Fraction] = {}
        data = sorted(self.problem_set.data_files())
        honest = f"import os\nassert sorted(os.listdir('.')) == {data}, os.listdir('.')"
        self._sentinel = Submission("next", {f"{pset}.ipynb": notebook([honest, *self._partial])})
        if self.partial_score(()) <= 0:
            raise RuntimeError(
                "the answer that attacks are compared with earned nothing; this machine is too busy"
            )
        if regions_of(self.problem_set):
            _open_fonts()
        self.expected = self._next()
        self.settle()

    def close(self) -> None:
        self.judge.close()

    def settle(self) -> None:
        """Take what surrounds the judge now for what it has to stay."""
        self._before = surroundings(self.sandbox, self.arena.folder)

    def grade(self, cells: list[str]) -> SubmissionResult:
        """Grade the partial answer with some cells after it."""
        self._choose()
        return self.judge.grade(
            Submission("attack", {f"{self.pset}.ipynb": notebook([*self._partial, *cells])})
        )

    def partial_score(self, tests: tuple[str, ...]) -> Fraction:
        """What the partial answer earns in these tests."""
        if tests not in self._earned:
            with self._waiting(PATIENT):
                self._choose(tests)
                files = {f"{self.pset}.ipynb": notebook(self._partial)}
                self._earned[tests] = self.judge.grade(Submission("partial", files)).score
        return self._earned[tests]

    def run(self, attack: Attack) -> Verdict:
        """Grade the attack and look for what it did."""
        earned = self.partial_score(attack.tests) if attack.partial else attack.earns
        with self._waiting(IMPATIENT if attack.waits else PATIENT if attack.partial else {}) as limits:
            self._choose(attack.tests)
            submission = Submission("attack", self._files(attack))
            peak, started = Peak(), time.monotonic()
            try:
                with data_limited(LARGEST_MB):
                    result = self.judge.grade(submission)
            except MemoryError:
                reason = f"more than {LARGEST_MB} MB were needed"
                result = self.judge.refuse(submission, "grader_error", reason)
            seconds, more_mb = time.monotonic() - started, peak.more_mb()
        problems = [
            *self._unearned(earned, attack.partial, result),
            *self._told(result),
            *self._told_on_gradescope(result),
        ]
        if seconds > TIMES_THE_CLOCK * limits.submission_seconds + BESIDES_THE_CLOCK:
            problems.append(f"took {seconds:.0f} s, where a submission has {limits.submission_seconds:g}")
        if more_mb > MOST_MORE_MB:
            problems.append(f"made the judge take {more_mb} MB of memory more than before")
        over = seconds >= limits.submission_seconds
        return Verdict(attack, [*problems, *self._harm(over)], result, more_mb)

    @contextmanager
    def _waiting(self, seconds: dict[str, float]) -> Iterator[Limits]:
        """Other limits of time for what is graded meanwhile; the worker keeps them, not the template."""
        self.sandbox.limits = msgspec.structs.replace(self._limits, **seconds)
        try:
            yield self.sandbox.limits
        finally:
            self.sandbox.limits = self._limits

    # Making the submission ----------------------------------------------------------------------------------

    def _words(self) -> Iterator[str]:
        """What no student may read: names of hidden tests, telling lines of the suite and the reference."""
        self._choose(("all",))
        for test in self._choose.tests:
            if not test.mark.public:
                yield test.name
        suite = sorted(self.problem_set.path.glob("suite/*.py"))
        used = {name for path in suite for name in re.findall(r"\breference\.(\w+)", path.read_text())}
        for path in [*suite, *(self.arena.course / "reference" / f"{name}.py" for name in sorted(used))]:
            for line in path.read_text().splitlines():
                text = line.strip()
                if len(text) > 40 and not text.startswith(("#", '"', "import", "from", "def", "return")):
                    yield text

    def _partial_cells(self) -> list[str]:
        """Right answers to the first two questions, and nothing else."""
        names = [name for question in self.problem_set.questions[:2] for name in question.names]
        cells = self.problem_set.solution_cells()
        places = [
            next(
                n
                for n, cell in enumerate(cells)
                if any(how in cell for how in (f"def {name}(", f"class {name}", f"{name} = "))
            )
            for name in names
        ]
        if self.problem_set.values:  # with the data that they are computed from
            return cells[: max(places) + 1]
        imports = [cell for cell in cells[:1] if cell.startswith("import ")]
        return ["import numpy as np", *imports, *(cells[place] for place in places)]

    def _files(self, attack: Attack) -> dict[str, bytes]:
        places = {
            "COURSE": self.arena.course,
            "SECRET_FILE": self.arena.folder / "secret.txt",
            "SECRET_DIR": self.arena.folder,
            "WORKER": os.getpid(),
        }
        return files_of(attack, self.blank, self._partial, places)

    # Looking at what came of it -------------------------------------------------------------------------------

    def _unearned(self, earned: Fraction, exactly: bool, result: SubmissionResult) -> Iterator[str]:
        if result.score > earned or (exactly and result.score < earned):
            yield f"scored {number(result.score)} where {number(earned)} was earned"
        if result.status == "grader_error":
            yield f"ended as a grader error: {result.reason}"

    def _told(self, result: SubmissionResult) -> Iterator[str]:
        tests = [test for question in result.questions for test in question.tests]
        open_texts = [result.reason, *(error.error for error in result.notebook_errors)]
        texts = [*open_texts, *(test.message for test in tests)]
        for word in self._canaries:
            if any(word in text for text in texts):
                yield f"told {word!r}"
        hidden = [test.message for test in tests if test.visibility != "visible"]
        if any("LEAK" in text for text in [*open_texts, *hidden]):
            yield "said what it must not be able to say"
        if any(
            not character.isprintable() and character not in "\n\t" for text in texts for character in text
        ):
            yield "wrote control characters"
        if len(encode_exact(result)) > 300_000:
            yield "made an enormous result"

    def _told_on_gradescope(self, result: SubmissionResult) -> Iterator[str]:
        content = msgspec.json.encode(results_of(result, self.problem_set, Metadata()))
        for problem in schema_problems(content):
            yield f"gave Gradescope no valid results.json: {problem}"
        shown = shown_to_students(json.loads(content))
        for word in self._canaries:
            if word in shown:
                yield f"told {word!r} on Gradescope"

    def _harm(self, over: bool) -> Iterator[str]:
        """What differs from before; ``over`` says that time ran out, when the judge itself takes a new template."""
        after = self._next()
        if after != self.expected:
            yield f"changed the next submission's result: {_difference(self.expected, after)}"
        before = self._before
        self.settle()  # what an attack changed is not told again of the next
        for key, value in self._before.items():
            if value != before[key] and not (key == "template" and over):
                yield f"changed {key}: {str(before[key])[:300]} became {str(value)[:300]}"

    def _next(self) -> bytes:
        with self._waiting(PATIENT):
            self._choose()
            result = self.judge.grade(self._sentinel)
        for question in result.questions:
            for test in question.tests:
                test.seconds = 0.0
        return encode_exact(result)


def _difference(before: bytes, after: bytes) -> str:
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    return f"...{before[max(at - 60, 0) : at + 60]!r} became ...{after[max(at - 60, 0) : at + 100]!r}"


@contextmanager
def arena(plan: Plan) -> Iterator[Arena]:
    """An arena in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="gradmark-arena-") as folder:
        os.chmod(folder, 0o755 if plan.safe else 0o700)
        made = Arena(plan, Path(folder))
        try:
            yield made
        finally:
            made.close()
