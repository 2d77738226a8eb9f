"""Where attacks are run: a worker with secrets about it, and a look at everything afterwards."""

from __future__ import annotations

import builtins
import hashlib
import importlib.util
import json
import os
import re
import resource
import secrets
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from grader.encoding import encode_exact
from grader.gradescope import Metadata, results_of
from grader.points import exact, number
from grader.pset import load_problem_set
from grader.results import SubmissionResult
from grader.sandbox.isolation import Plan
from grader.sandbox.outside.host import Sandbox
from grader.suite import Judge, Submission
from tests.attacks.making import notebook
from tests.gradescope.schema import problems as schema_problems
from tests.gradescope.schema import shown_to_students

__all__ = ["CORPUS", "Arena", "Attack", "Verdict", "arena", "chosen", "corpus"]

CORPUS = Path(__file__).parent / "corpus"
COURSE = Path(__file__).resolve().parents[2]
MOST_MORE_MB = 620
"""What an attack may make the worker take besides: a message is at most 64 MB, a check makes a few copies of it."""
QUESTIONS = ("q1", "q2", "q3", "q7")
"""Of each, one test that is in the handout and one that is hidden."""
SHORT = {
    "cell_seconds": 1.5, "call_seconds": 1.0, "submission_seconds": 30.0, "cpu_seconds": 20, "memory_mb": 512,
    "processes": 32, "file_mb": 32, "scratch_mb": 64, "output_kb": 64,
}  # fmt: skip
# For attacks that do nothing but run into a time limit; and for answers that earn points, which must meet none.
IMPATIENT = {"cell_seconds": 0.5, "call_seconds": 0.4}
PATIENT = {"cell_seconds": 30.0, "call_seconds": 30.0, "submission_seconds": 60.0}


@dataclass(frozen=True)
class Attack:
    """One file of the corpus."""

    path: Path
    says: str
    partial: bool
    """Whether it follows cells that answer a part of the questions rightly."""
    waits: bool
    """Whether all it does is to run into a time limit, so that a short one serves."""
    earns: Fraction

    @property
    def name(self) -> str:
        return self.path.stem


@dataclass(frozen=True)
class Verdict:
    """What an attack came to: contained if there are no problems."""

    attack: Attack
    problems: list[str]
    result: SubmissionResult


def corpus() -> list[Attack]:
    """Every attack, sorted by name."""
    attacks = []
    for path in sorted(CORPUS.glob("*.py")):
        text = path.read_text()
        earns = re.search(r"^# earns: ([\d.]+)$", text, re.MULTILINE)
        says = text.splitlines()[0].removeprefix("# ")
        attacks.append(
            Attack(
                path=path,
                says=says,
                partial="\n# base: partial\n" in text,
                waits="\n# waits\n" in text,
                earns=exact(earns.group(1) if earns else 0),
            )
        )
    return attacks


def chosen(only: str) -> list[Attack]:
    """Those whose name holds ``only``."""
    return [attack for attack in corpus() if only in attack.name]


class Arena:
    """A grader of problem set 1 under one plan, with secrets to be found beside it."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        # A course of its own, readable by all: what keeps it secret must be the sandbox.
        self.course = folder / "course"
        for part in ("reference", "psets/ps1"):
            shutil.copytree(COURSE / part, self.course / part, ignore=shutil.ignore_patterns("__pycache__"))
        self.problem_set = load_problem_set(self.course / "psets" / "ps1")
        self._limits = msgspec.structs.replace(self.problem_set.limits, **SHORT)
        self.sandbox = Sandbox(
            preload=self.problem_set.preload,
            data_files=self.problem_set.data_files(),
            limits=self._limits,
            plan=plan,
            alone=not plan.safe,
        )
        self.grader = Judge(self.problem_set, sandbox=self.sandbox)
        # A part of the suite, since the whole of it shows nothing more and takes several times as long.
        tests = self.grader._suite.tests
        tests[:] = [
            next(test for test in tests if (test.mark.question, test.mark.public) == (question, public))
            for question in QUESTIONS
            for public in (True, False)
        ]
        self.blank = self.problem_set.starter_cells()
        self.secret = f"CANARY-{secrets.token_hex(8)}"
        self.folder = folder
        self._plant()
        self._canaries = [self.secret, *self._words()]
        self._partial = ["import numpy as np", self._solution("logits"), self._solution("softmax")]
        sentinel = notebook(
            ["import os\nassert sorted(os.listdir('.')) == ['digits.csv'], os.listdir('.')", *self._partial]
        )
        self._sentinel = Submission("next", {"ps1.ipynb": sentinel})
        with self._waiting(PATIENT):
            self.partial_score = self.grade([]).score
        if self.partial_score <= 0:
            raise RuntimeError(
                "the answer that attacks are compared with earned nothing; this machine is too busy"
            )
        self.expected = self._next()
        self.settle()

    def close(self) -> None:
        self.grader.close()
        os.environ.pop("GRADMARK_TEST_SECRET", None)

    def settle(self) -> None:
        """Take what surrounds the worker now for what it has to stay."""
        self._before = self._surroundings()
        self._peak_mb = _peak_mb()

    def grade(self, cells: list[str]) -> SubmissionResult:
        """Grade the partial answer with some cells after it."""
        return self.grader.grade(Submission("attack", {"ps1.ipynb": notebook([*self._partial, *cells])}))

    def run(self, attack: Attack) -> Verdict:
        """Grade the attack and look for what it did."""
        with self._waiting(IMPATIENT if attack.waits else PATIENT if attack.partial else {}):
            result = self.grader.grade(Submission("attack", self._files(attack)))
        problems = [
            *self._unearned(attack, result),
            *self._told(result),
            *self._told_on_gradescope(result),
            *self._harm(),
        ]
        return Verdict(attack, problems, result)

    @contextmanager
    def _waiting(self, seconds: dict[str, float]) -> Iterator[None]:
        """Other limits of time for what is graded meanwhile; the worker keeps them, not the template."""
        self.sandbox.limits = msgspec.structs.replace(self._limits, **seconds)
        try:
            yield
        finally:
            self.sandbox.limits = self._limits

    # Making the submission ----------------------------------------------------------------------------------

    def _plant(self) -> None:
        os.environ["GRADMARK_TEST_SECRET"] = self.secret
        (self.folder / "results").mkdir()
        (self.folder / "secret.txt").write_text(self.secret)
        (self.folder / "results" / "other.json").write_text(json.dumps({"score": self.secret}))
        with sqlite3.connect(self.folder / "gradebook.db") as database:
            database.execute("create table secrets (text)")
            database.execute("insert into secrets values (?)", [self.secret])
        database.close()

    def _words(self) -> Iterator[str]:
        """What no student may read: names of hidden tests, telling lines of the suite and the reference."""
        for test in self.grader._suite.tests:
            if not test.mark.public:
                yield test.name
        for path in [self.course / "reference" / "softmax.py", *self.problem_set.path.glob("suite/*.py")]:
            for line in path.read_text().splitlines():
                text = line.strip()
                if len(text) > 40 and not text.startswith(("#", '"', "import", "from", "def", "return")):
                    yield text

    def _solution(self, function: str) -> str:
        return next(cell for cell in self.problem_set.solution_cells() if f"def {function}(" in cell)

    def _files(self, attack: Attack) -> dict[str, bytes]:
        if attack.name.startswith("files_"):
            spec = importlib.util.spec_from_file_location(attack.name, attack.path)
            assert spec is not None
            assert spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            made: dict[str, bytes] = module.submission(self.blank)
            return made
        text = attack.path.read_text()
        for word, value in {
            "COURSE": self.course,
            "SECRET_FILE": self.folder / "secret.txt",
            "SECRET_DIR": self.folder,
            "WORKER": os.getpid(),
        }.items():
            text = text.replace(f"@{word}@", str(value))
        cells = [*self.blank, *(self._partial if attack.partial else [])]
        return {"ps1.ipynb": notebook([*cells, *re.split(r"(?m)^# %%\n", text)])}

    # Looking at what came of it -------------------------------------------------------------------------------

    def _unearned(self, attack: Attack, result: SubmissionResult) -> Iterator[str]:
        earned = self.partial_score if attack.partial else attack.earns
        if result.score > earned or (attack.partial and result.score < earned):
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

    def _harm(self) -> Iterator[str]:
        more = _peak_mb() - self._peak_mb
        if more > MOST_MORE_MB:
            yield f"made the worker take {more} MB of memory more than before"
        after = self._next()
        if after != self.expected:
            yield f"changed the next submission's result: {_difference(self.expected, after)}"
        for key, value in self._surroundings().items():
            if value != self._before[key]:
                yield f"changed {key}: {str(self._before[key])[:300]} became {str(value)[:300]}"

    def _next(self) -> bytes:
        with self._waiting(PATIENT):
            result = self.grader.grade(self._sentinel)
        for question in result.questions:
            for test in question.tests:
                test.seconds = 0.0
        return encode_exact(result)

    def _surroundings(self) -> dict[str, Any]:
        self.sandbox.settle()
        template = self.sandbox._template
        return {
            "processes": _descendants(template.pid) if template else 0,
            "template": template.pid if template else None,
            "scratch": sorted(os.listdir(self.sandbox.scratch)) if self.sandbox.scratch else [],
            "planted files": [
                (str(path), status.st_mode, status.st_mtime_ns if path.is_file() else 0, _digest(path))
                for path in sorted(self.folder.rglob("*"))
                if "__pycache__" not in path.parts and (status := path.stat())
            ],
            "escaped files": [
                p for p in ("/tmp/gradmark-escaped", "/etc/escaped", "/escaped.py") if os.path.exists(p)
            ],
            "limits": [resource.getrlimit(kind) for kind in range(16)],
            "functions": [
                id(thing) for thing in (np.allclose, np.abs, np.testing.assert_allclose, builtins.max)
            ],
            # Without what pytest keeps there itself: the phase of the test that all this runs in.
            "environment": hash(frozenset(item for item in os.environ.items() if item[0] != _PHASE)),
            "folder": os.getcwd(),
            "threads": threading.active_count(),
            "descriptors": len(os.listdir("/proc/self/fd")),
        }


_PHASE = "PYTEST_CURRENT_TEST"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def _descendants(pid: int) -> int:
    """How many processes descend from one."""
    parents: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parents[int(entry)] = int(
                    Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[1]
                )
            except OSError:
                continue
    family, grown = {pid}, True
    while grown:
        more = {child for child, parent in parents.items() if parent in family} - family
        family |= more
        grown = bool(more)
    return len(family)


def _peak_mb() -> int:
    """The most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


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
