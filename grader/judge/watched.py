"""A grader that nothing can bring down: its judge is a process of its own, watched from here.

The judge itself bounds the time and memory of each submission. Where that fails, as in one long call into C, it is
killed from here: if it goes on long after a submission's time is over, or takes more memory than it may. The submission
is then graded again by a fresh judge. If that one dies at the same step, with no other submission involved, the
submission is to blame, unless the reference solution brings the judge down too.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from grader.errors import GradmarkError
from grader.judge.deaths import how_it_ended, last_words
from grader.judge.diary import Diary
from grader.judge.requests import OUT_OF_MEMORY, Judged, Refusal, Setup, Task, Trial
from grader.pset import ProblemSet
from grader.results import Status, SubmissionBehaviour, SubmissionResult
from grader.sandbox.isolation.identity import forbid_inspection
from grader.sandbox.linux import need_linux
from grader.submission import Submission

if TYPE_CHECKING:
    from grader.judge.verdicts import Omitted
    from grader.sandbox.isolation import Plan

__all__ = ["Grader"]

START_SECONDS = 300.0
"""For a judge to be ready, sandbox and suite included: far more than it takes."""
MARGIN_SECONDS = 10.0
"""Beyond a submission's clock: a judge stops by itself within a few."""
LOOK_SECONDS = 0.2
"""Between two looks at a judge at work."""
MEMORY_MARGIN = 1.25
"""Times what a judge may take: the judge refuses itself more than that, so it is rarely killed from here."""
MOST_TRIES = 5
CLOSE_SECONDS = 20.0
_ENVIRONMENT = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)
"""One thread each: judges run side by side, and thread counts change rounding."""
DIED = "the judge died each time it graded this submission; the last one {how}; inspect it, or grade it again"
OURS = "error on our side: {test} brings the judge down, whatever answers it gets"

BROKE_MANY = (
    "what your code returns brings the judge down in one test after another; return numbers and small arrays"
)


class Abandoned(Exception):
    """`Grader.abandon` was called."""


class _NotReady(GradmarkError):
    """A judge died before it was ready."""


@dataclass(frozen=True)
class _Death:
    """How a judge ended, and at which step."""

    why: Omitted
    how: str
    step: str


class Grader:
    """Grades submissions to one problem set, one at a time, whatever they do to the judge.

    Args:
        problem_set: The problem set, or its folder.
        plan: Isolation layers; by default everything this machine offers.
        unsafe: Accept a machine that cannot isolate safely.
        alone: Accept one that isolates one submission only: nobody else's work is here, nor will be.
        wait: Whether to wait until the judge is ready. If not, the first `grade` raises what is wrong.

    Raises:
        UnsafeHost: The machine lacks the layers that safe grading needs.
        CourseError: The course's own files are wrong.
        GradmarkError: No judge can start here.
    """

    def __init__(
        self,
        problem_set: ProblemSet | Path,
        *,
        plan: Plan | None = None,
        unsafe: bool = False,
        alone: bool = False,
        wait: bool = True,
    ) -> None:
        need_linux()
        forbid_inspection()  # the course is in this process's memory too, and its judge's sandbox is a neighbour
        self._setup = Setup(problem_set, plan, unsafe, alone)
        self._judge: _JudgeProcess | None = None
        self._abandoned = threading.Event()
        self.behaviour: SubmissionBehaviour | None = None
        """How the last submission behaved where it failed; None if it did not fail or did not run."""
        self.problems: list[str] = []
        """What staff should know besides the last result: modules that fail to import, an explanation that failed."""
        self._start()
        if wait:
            self._ready()

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the judge; grading another submission starts a new one."""
        if self._judge is not None:
            self._judge.close()
            self._judge = None

    def abandon(self) -> None:
        """Stop whatever `grade` is doing in another thread; this grader cannot be used any more."""
        self._abandoned.set()

    def grade(self, submission: Submission) -> SubmissionResult:
        """Grade one submission; whatever goes wrong with it is in the result.

        Raises:
            GradmarkError: No submission of this problem set can be graded.
        """
        omitted: dict[str, Omitted] = {}
        deaths: list[_Death] = []
        for _ in range(MOST_TRIES):
            told = self._ask(Task(submission, omitted))
            if isinstance(told, Judged):
                self.behaviour, self.problems = told.behaviour, told.problems
                return told.result
            # A submission that has brought judges down at one step need not be tried twice at each later step.
            if omitted or any(told.step == death.step for death in deaths):
                if "::" in told.step and not self._reference_passes(told.step):
                    return self.refuse(submission, "grader_error", OURS.format(test=told.step))
                omitted[told.step] = told.why
            deaths.append(told)
        if omitted:
            return self.refuse(submission, "failed_to_run", BROKE_MANY)
        return self.refuse(submission, "grader_error", DIED.format(how=deaths[-1].how))

    def refuse(self, submission: Submission, status: Status, reason: str) -> SubmissionResult:
        """The result of a submission that is not run.

        Raises:
            GradmarkError: No judge lives long enough to answer.
        """
        self.behaviour, self.problems = None, []
        told = self._ask(Refusal(submission, status, reason))
        if isinstance(told, _Death):
            raise GradmarkError(f"judges die whatever they are asked; the last one {told.how}")
        result: SubmissionResult = told.result
        return result

    def _reference_passes(self, test: str) -> bool:
        return self._ask(Trial(test)) is True

    # The judge ----------------------------------------------------------------------------------------------

    def _start(self) -> _JudgeProcess:
        if self._judge is None:
            self._judge = _JudgeProcess(self._setup, self._abandoned)
        return self._judge

    def _ready(self) -> _JudgeProcess:
        """The judge, once it is ready; a second one is started if something kills the first before that."""
        for last in (False, True):
            judge = self._start()
            try:
                judge.wait_until_ready()
                return judge
            except _NotReady:
                self._judge = None
                if last:
                    raise
            except BaseException:
                self._judge = None
                raise
        raise AssertionError("unreachable")

    def _ask(self, request: Task | Refusal | Trial) -> Any:
        """The judge's answer, or how it died over it."""
        judge = self._ready()
        answer = judge.ask(request)
        if isinstance(answer, _Death):
            self._judge = None
        return answer


class _JudgeProcess:
    """One judge, from outside."""

    def __init__(self, setup: Setup, abandoned: threading.Event) -> None:
        self._abandoned = abandoned
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        page = Diary.descriptor()
        ours, theirs = socket.socketpair()
        with ours, theirs:
            command = [
                sys.executable, *subprocess._args_from_interpreter_flags(),  # type: ignore[attr-defined]
                "-P",  # the folder that somebody grades in may be full of submissions, with a numpy.py among them
                "-m", _program(setup.problem_set), str(theirs.fileno()), str(page),
            ]  # fmt: skip
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stderr=self._errors, pass_fds=[theirs.fileno(), page],
                env={**os.environ, **_ENVIRONMENT},
            )  # fmt: skip
            self._connection = Connection(ours.detach())
        self._diary = Diary(page)
        os.close(page)
        self._is_ready = False
        self._base = 0
        with suppress(OSError):  # it died; waiting for it will tell why
            self._connection.send(setup)

    def wait_until_ready(self) -> None:
        """Raise what the judge says is wrong with the course or the machine, or why it did not start."""
        if self._is_ready:
            return
        until = time.monotonic() + START_SECONDS
        with self._ended_on_exception():
            while not self._connection.poll(LOOK_SECONDS):
                self._look_up()
                if time.monotonic() > until:
                    raise GradmarkError(
                        f"no submission can be graded: the judge was not ready after {START_SECONDS:.0f} seconds"
                    )
            try:
                said = self._connection.recv()
            except (EOFError, OSError):
                raise _NotReady(f"no submission can be graded: the judge {self._how()}") from None
            if said is not None:
                raise said
        self._is_ready, self._base = True, _resident(self._process.pid)

    def ask(self, request: Task | Refusal | Trial) -> Any:
        """Its answer, or a `_Death`, after which it cannot be asked again."""
        why: Omitted = "crashed"
        with self._ended_on_exception():
            try:
                self._connection.send(request)
                while not self._connection.poll(LOOK_SECONDS):
                    self._look_up()
                    if exceeded := self._exceeded():
                        why = exceeded
                        break
                else:
                    return self._connection.recv()
            except (EOFError, OSError):
                pass
        step = self._diary.last_step()
        how = self._how()
        if self._process.returncode == OUT_OF_MEMORY:
            why = "memory"
        return _Death(why, _HOW.get(why, how), step)

    def close(self) -> None:
        """Ask it to end, and kill it if it does not."""
        with suppress(OSError):
            self._connection.send(None)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(CLOSE_SECONDS if self._is_ready else 0)
        self._end()

    def _exceeded(self) -> Omitted | None:
        until, most_bytes = self._diary.limits()
        if until and time.monotonic() > until + MARGIN_SECONDS:
            return "time"
        if most_bytes and _resident(self._process.pid) > self._base + MEMORY_MARGIN * most_bytes:
            return "memory"
        return None

    def _look_up(self) -> None:
        if self._abandoned.is_set():
            raise Abandoned

    @contextmanager
    def _ended_on_exception(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._connection.close()
        self._diary.close()
        self._errors.close()

    def _how(self) -> str:
        """How it ended, by being killed if need be, and what it said last."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._process.kill()
        code = self._process.wait()
        self._errors.seek(0)
        said = last_words(self._errors.read()[-4_000:].decode(errors="replace"))
        self._end()
        return how_it_ended(code) + (f" and said last: {said}" if said else "")


def _program(problem_set: ProblemSet | Path) -> str:
    """The module that judges it: problem sets of other kinds bring their own."""
    return "grader.judge.judge_process" if isinstance(problem_set, Path) else problem_set.judged_by


_HOW = {
    "time": "went on long after the submission's time was used up",
    "memory": "took more memory than it may",
}


def _resident(pid: int) -> int:
    """Bytes of memory that a process has; 0 if that cannot be found out."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError, IndexError):
        return 0
