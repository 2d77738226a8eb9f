"""Run a function for each of several names, each in a fork of its own with a time limit."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import psutil

LOOK_AGAIN = 0.1
"""Seconds between two looks at what runs."""
WAITING = 8
"""Who computes little is given so many times its seconds: it waits, or the machine is busy."""

Answer = dict[str, Any]


class _Fork(NamedTuple):
    pid: int
    name: str
    started: float
    answer: Path


def each(
    names: Iterable[str], work: Callable[[str], Answer], *, seconds: float, jobs: int
) -> dict[str, Answer]:
    """What ``work`` returns for each name, with ``seconds``; or only ``error``, ``output`` and ``seconds``.

    What is imported already need not be imported again for each one. Whoever takes more than ``seconds`` of processor
    time, or many times as long without, is ended with all that it started.
    """
    waiting = list(reversed(list(names)))
    running: list[_Fork] = []
    found: dict[str, Answer] = {}
    with tempfile.TemporaryDirectory(prefix="each-") as scratch:
        while waiting or running:
            while waiting and len(running) < jobs:
                number = len(waiting)
                running.append(_start(waiting.pop(), work, Path(scratch, f"{number}.json")))
            for fork in list(running):
                done, status = os.waitpid(fork.pid, os.WNOHANG)
                took = time.monotonic() - fork.started
                if done:
                    found[fork.name] = {**_answer(fork, status), "seconds": took}
                elif took > WAITING * seconds or (took > seconds and _computed(fork.pid) > seconds):
                    _end(fork.pid)
                    found[fork.name] = {"error": f"not done after {seconds:g} s", "seconds": took}
                else:
                    continue
                running.remove(fork)
            time.sleep(LOOK_AGAIN)
    return found


def _start(name: str, work: Callable[[str], Answer], answer: Path) -> _Fork:
    started = time.monotonic()
    pid = os.fork()
    if pid:
        return _Fork(pid, name, started, answer)
    try:
        said = os.open(answer.with_suffix(".txt"), os.O_WRONLY | os.O_CREAT)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        try:
            made = work(name)
        except BaseException as error:
            traceback.print_exc()
            made = {"error": f"{type(error).__name__}: {str(error)[-2000:]}"}
        part = answer.with_suffix(".part")
        part.write_text(json.dumps(made), encoding="utf-8")
        part.rename(answer)
    finally:
        os._exit(0)


def _answer(fork: _Fork, status: int) -> Answer:
    said = fork.answer.with_suffix(".txt")
    if not fork.answer.exists():
        return {
            "error": f"ended with {os.waitstatus_to_exitcode(status)} and no answer",
            "output": _tail(said),
        }
    made: Answer = json.loads(fork.answer.read_text(encoding="utf-8"))
    return {**made, "output": _tail(said)} if "error" in made else made


def _computed(pid: int) -> float:
    """Seconds of processor time of a process and what descends from it now."""
    total = 0.0
    for process in _family(pid):
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def _family(pid: int) -> list[psutil.Process]:
    first = psutil.Process(pid)
    return [*first.children(recursive=True), first]


def _tail(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")[-4000:] if path.exists() else ""


def _end(pid: int) -> None:
    """End a process and all that descends from it: kernels are in sessions of their own."""
    for process in _family(pid):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    os.waitpid(pid, 0)
