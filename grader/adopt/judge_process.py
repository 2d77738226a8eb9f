"""The judge of an adopted assignment: it imports the author's libraries once, and forks for each submission.

Tests of other graders change what they run in: they seed generators, set print options, replace functions of modules.
So every submission is judged in a fork, as it runs in one, and nothing passes from one to the next. The fork has limits
of memory and processor time, and this process ends it from outside, because some steps in C cannot be interrupted. A
test that brought a fork down is left out in the next.
"""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import select
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from grader.adopt.adoptedset import AdoptedSet
from grader.adopt.judge import AdoptedJudge
from grader.errors import GradmarkError
from grader.judge.diary import Diary
from grader.judge.requests import OUT_OF_MEMORY, Judged, Refusal, Setup, Task, Trial
from grader.judge.verdicts import Omitted
from grader.results import SubmissionResult
from grader.sandbox.isolation.identity import forbid_inspection
from grader.sandbox.outside.host import Sandbox

__all__ = ["Forks", "main"]

RESERVE_BYTES = 16 << 20
LOOK_SECONDS = 0.2
MARGIN_SECONDS = 5.0
"""How long after the submission's time a fork may go on."""
MOST_TRIES = 8
MOST_TIMES = 2
"""How often the time of a submission all of its forks together may take."""


def main() -> None:
    """Serve on the socket whose descriptor is the first argument, with the diary of the second."""
    connection, diary = Connection(int(sys.argv[1])), Diary(int(sys.argv[2]))
    os.close(int(sys.argv[2]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(connection.fileno(),), daemon=True, name="lifeline").start()
    try:
        setup = connection.recv()
        forks = Forks(setup)
    except GradmarkError as error:
        connection.send(error)
        return
    except EOFError:
        return
    connection.send(None)
    with contextlib.suppress(EOFError, OSError), contextlib.closing(forks):
        while (request := connection.recv()) is not None:
            answer = forks.answer(request)
            diary.rest()
            connection.send(answer)


class Forks:
    """Judges submissions in forks of this process.

    Args:
        setup: The assignment, and how submissions are isolated.
    """

    def __init__(self, setup: Setup) -> None:
        forbid_inspection()
        adopted = setup.problem_set
        if not isinstance(adopted, AdoptedSet):
            raise GradmarkError("this judge is for adopted assignments")
        self._limits = adopted.limits
        sys.path.extend(adopted.environment.judges_folders)
        needs = adopted.sandbox_needs()
        self._sandbox = Sandbox(**needs, plan=setup.plan, unsafe=setup.unsafe, alone=setup.alone)
        try:
            self._sandbox.launch()
            self._page = Diary.descriptor()
            self._diary = Diary(self._page)
            self._judge = AdoptedJudge(adopted, self._sandbox, self._diary)
        except GradmarkError:
            self._sandbox.close()
            raise
        except BaseException as error:
            self._sandbox.close()
            raise GradmarkError(
                f"the judge of {adopted.name} cannot start: {type(error).__name__}: {error}"
            ) from error
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        self._sandbox.close()
        self._judge.close()

    def answer(self, request: Task | Refusal | Trial) -> Any:
        """The answer to a request."""
        if isinstance(request, Refusal):
            return Judged(self._judge.refuse(request.submission, request.status, request.reason), None, [])
        if isinstance(request, Trial):
            return False
        return self.judged(request)

    def judged(self, task: Task) -> Judged:
        """A submission's result, however many forks it brings down."""
        omitted: dict[str, Omitted] = dict(task.omitted)
        whole = self._limits.submission_seconds + MARGIN_SECONDS
        last = time.monotonic() + MOST_TIMES * whole
        for _ in range(MOST_TRIES):
            self._sandbox.start()
            found, step, why = self._in_fork(task, omitted, min(time.monotonic() + whole, last))
            if found is not None:
                return found
            self._sandbox.close()  # it may have stopped half-way through an exchange
            if "::" not in step or step in omitted or time.monotonic() >= last:
                break
            omitted[step] = why
        reason = "judging it ended the judge again and again"
        result: SubmissionResult = self._judge.refuse(task.submission, "failed_to_run", reason)
        return Judged(result, None, [])

    def _in_fork(
        self, task: Task, omitted: dict[str, Omitted], until: float
    ) -> tuple[Judged | None, str, Omitted]:
        """The result, or the step at which the fork ended and why."""
        reading, writing = os.pipe()
        ours, theirs = Connection(reading, writable=False), Connection(writing, readable=False)
        self._diary.step("")
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            ours.close()
            self._be_a_fork(task, omitted, theirs, parent)
        theirs.close()
        why: Omitted = "crashed"
        try:
            while not ours.poll(LOOK_SECONDS):
                if time.monotonic() > until:
                    why = "time"
                    break
                if _resident(pid) > self._limits.judge_mb << 20:
                    why = "memory"
                    break
            else:
                with contextlib.suppress(EOFError, OSError):
                    found: Judged = ours.recv()
                    return found, "", why
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
            ours.close()
        if os.waitstatus_to_exitcode(status) == OUT_OF_MEMORY:
            why = "memory"
        elif os.waitstatus_to_exitcode(status) == -signal.SIGXCPU:
            why = "time"
        return None, self._diary.last_step(), why

    def _be_a_fork(self, task: Task, omitted: dict[str, Omitted], answer: Connection, parent: int) -> None:
        code = 1
        try:
            _end_with(parent)
            _limit(self._limits.judge_mb << 20, int(self._limits.submission_seconds) + 60)
            result = self._judge.grade(task.submission, omitted)
            answer.send(Judged(result, self._judge.behaviour, self._judge.problems))
            code = 0
        except MemoryError:
            code = OUT_OF_MEMORY
        finally:
            os._exit(code)


def _limit(more: int, seconds: int) -> None:
    """Let this process allocate so many bytes more than it has now, and compute for so long."""
    pages = int(Path("/proc/self/statm").read_text().split()[5])
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = pages * resource.getpagesize() + more + RESERVE_BYTES
    if hard == resource.RLIM_INFINITY or wanted < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _end_with(parent: int) -> None:
    """Have the kernel end this process when the one that forked it ends."""
    import ctypes

    ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)


def _resident(pid: int) -> int:
    """Bytes of memory that a process has of its own; 0 if that cannot be found out."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text().split()
        return (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _watch(descriptor: int) -> None:
    """End this process when the other end of the socket is closed."""
    waiting = select.poll()
    waiting.register(descriptor, 0)
    while not waiting.poll():
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
