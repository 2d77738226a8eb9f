"""The class graded on a Dask cluster of real processes, one of which is killed."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys

from tests.large_class.contents import Contents
from tests.large_class.processes import HOURS, Clock, started
from tests.large_class.show import Show, fresh, graded, say
from tests.waiting import wait_until

__all__ = ["on_a_cluster"]


def on_a_cluster(show: Show, undisturbed: Contents) -> None:
    """Grade the class on a cluster, kill one of its workers on the way, and compare."""
    from distributed import Client

    out, options = fresh(show.folder / "cluster"), show.options
    rng = random.Random(options.seed)
    say("", f"On a Dask cluster of {options.workers} worker processes, one of them killed with kill -9")
    known = show.folder / "scheduler.json"
    known.unlink(missing_ok=True)
    file = ("--scheduler-file", str(known), "--no-dashboard")
    with contextlib.ExitStack() as stack:

        def dask(what: str, log: str, *more: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "dask", what, *file, *more]
            return stack.enter_context(started(command, show.folder / log))

        dask("scheduler", "scheduler.log", "--host", "127.0.0.1", "--port", "0")
        wait_until(known.exists, what="the scheduler has started")
        more = ("--nthreads", "1", "--no-nanny", "--local-directory", str(show.folder))
        workers = [dask("worker", f"worker{number}.log", *more) for number in range(options.workers)]
        address = json.loads(known.read_text())["address"]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(options.workers, timeout=120)
        victim, moment = rng.choice(workers), rng.randrange(options.count // 5, options.count * 4 // 5)
        command = show.grade(out, "--cluster", address, "--no-feedback")
        with Clock() as clock, started(command, show.folder / "log") as process:
            wait_until(lambda: process.poll() is not None or graded(out) >= moment, HOURS)
            victim.kill()
            number = workers.index(victim) + 1
            say(f"  worker {number} killed after {clock}, with {graded(out)} results there")
            process.wait()
        say(f"  {graded(out)} results in {clock}")
    show.same(undisturbed, Contents.of(out))
