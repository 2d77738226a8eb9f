"""A judge in a process of its own, which `grader.judge.watched` starts and talks to over a socket.

It imports the suite's side, and pytest, only once the sandbox's template is starting: the two get ready at the same
time. When the other end of the socket is closed it ends, whatever it is doing.
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
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.errors import GradmarkError
from grader.judge.diary import Diary
from grader.judge.requests import OUT_OF_MEMORY, Judged, Refusal, Setup, Task, Trial
from grader.pset import load_problem_set

if TYPE_CHECKING:
    from grader.judge.grading import Judge

RESERVE_BYTES = 16 << 20


def main() -> None:
    """Serve on the socket whose descriptor is the first argument, with the diary of the second."""
    connection, diary = Connection(int(sys.argv[1])), Diary(int(sys.argv[2]))
    os.close(int(sys.argv[2]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the business of whoever started us
    threading.Thread(target=_end_with, args=(connection.fileno(),), daemon=True, name="lifeline").start()
    try:
        judge = _judge(connection.recv(), diary)
    except GradmarkError as error:
        connection.send(error)
        return
    except EOFError:
        return
    connection.send(None)
    with judge, contextlib.suppress(EOFError, OSError):
        while (request := connection.recv()) is not None:
            answer = _answer(judge, request)
            diary.rest()
            connection.send(answer)


def _judge(setup: Setup, diary: Diary) -> Judge:
    from grader.sandbox.isolation.identity import forbid_inspection
    from grader.sandbox.outside.host import Sandbox

    forbid_inspection()
    problem_set = setup.problem_set
    if isinstance(problem_set, Path):
        problem_set = load_problem_set(problem_set)
    sandbox = Sandbox(**problem_set.sandbox_needs(), plan=setup.plan, unsafe=setup.unsafe, alone=setup.alone)
    try:
        sandbox.launch()
        from grader.judge.grading import Judge

        judge = Judge(problem_set, sandbox=sandbox, diary=diary)
        judge.get_ready()
    except GradmarkError:
        sandbox.close()
        raise
    except BaseException as error:
        sandbox.close()
        raise GradmarkError(
            f"the judge of {problem_set.name} cannot start: {type(error).__name__}: {error}"
        ) from error
    # What a suite and its libraries created lives as long as this process: garbage collection can skip it.
    gc.collect()
    gc.freeze()
    _limit_memory(problem_set.limits.judge_mb << 20)
    return judge


def _answer(judge: Judge, request: Task | Refusal | Trial) -> Any:
    try:
        if isinstance(request, Trial):
            return judge.passes_with_reference(request.test)
        if isinstance(request, Refusal):
            return Judged(judge.refuse(request.submission, request.status, request.reason), None, [])
        result = judge.grade(request.submission, omitted=request.omitted)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    return Judged(result, judge.behaviour, judge.problems)


def _limit_memory(more: int) -> None:
    """Let this process allocate so many bytes more than it has now; a larger request raises `MemoryError`.

    The limit is on data, since libraries reserve address space that they never use. The sandbox's template, and other
    processes started from here, lift it first of all.
    """
    pages = int(Path("/proc/self/statm").read_text().split()[5])
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = pages * resource.getpagesize() + more + RESERVE_BYTES
    if hard == resource.RLIM_INFINITY or wanted < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


def _end_with(descriptor: int) -> None:
    """End this process when the other end of the socket is closed."""
    waiting = select.poll()
    waiting.register(descriptor, 0)  # hanging up is always reported
    while not waiting.poll():
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
