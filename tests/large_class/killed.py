"""The class graded by runs that are killed at random moments and started again."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psutil

from grader.encoding import decode_exact
from tests.large_class.contents import Contents
from tests.large_class.processes import HOURS, Clock, started
from tests.large_class.show import JOBS, Show, fresh, graded, say
from tests.waiting import wait_until

__all__ = ["killed"]


def killed(show: Show, undisturbed: Contents, start_seconds: float) -> None:
    """Kill the run at random moments, start it again each time, and compare what comes of it in the end."""
    out, kills = fresh(show.folder / "killed"), 0
    say("", "Killed with kill -9, the whole process group, and started again")
    say("  kill   after  results before  and then")
    command = show.grade(out, "--jobs", JOBS, "--no-feedback")
    broken: list[str] = []
    survivors: list[psutil.Process] = []
    with Clock() as all_in_all:
        for results, seconds in _moments(show, start_seconds):
            before = graded(out)
            with Clock() as clock, started(command, show.folder / "log") as process:
                wait_until(lambda: process.poll() is not None or graded(out) >= results, HOURS)  # noqa: B023
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(seconds)
                if process.poll() is None:
                    kills += 1
                    family = psutil.Process(process.pid).children(recursive=True)
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                    survivors += psutil.wait_procs(family, timeout=10)[1]
                    say(f"{kills:6}{clock:>8}{before:16}{graded(out):10}")
            broken += unreadable(out)
        with started(command, show.folder / "log") as process:
            process.wait()
    say(f"  done{all_in_all:>8}{'':16}{graded(out):10}")
    show.holds(kills == show.options.kills, f"it was killed {kills} times")
    show.holds(not survivors, f"no process outlived it by 10 seconds ({len(survivors)} did)")
    show.holds(not broken, f"no result was ever there in half ({len(broken)} were)")
    halves = [path for path in out.rglob("*") if path.suffix == ".part"]
    show.holds(not halves, f"nothing half-written is left ({len(halves)} files are)")
    show.same(undisturbed, Contents.of(out))


def _moments(show: Show, start_seconds: float) -> Iterator[tuple[int, float]]:
    """When to kill: so many seconds after there are so many results.

    One in seven while the run starts, one in seven after the last result, the others anywhere between.
    """
    rng = random.Random(show.options.seed)
    kills, count = show.options.kills, show.options.count
    some = kills // 7
    between = sorted(rng.randrange(count) for _ in range(kills - 2 * some))
    moments = [(results, rng.uniform(0, 1)) for results in between]
    for _ in range(some):
        moments.insert(rng.randrange(len(moments)), (0, rng.uniform(0, start_seconds)))
    yield from moments
    yield from ((count, rng.uniform(0, 2)) for _ in range(some))


def unreadable(out: Path) -> list[str]:
    """Results that are not whole."""
    broken = []
    for path in (out / "results").glob("*.json"):
        try:
            decode_exact(path.read_bytes())
        except msgspec.MsgspecError:
            broken.append(path.name)
    return broken
