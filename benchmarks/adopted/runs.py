"""How many times a submission's notebook is run: once for its tests outside, once more where some run inside.

A call that ends or hangs its process costs another run. nbgrader runs each notebook once, and so does otter.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.adopted.recorded import Own, own_assignments, write_for_gradmark
from benchmarks.measure import table
from grader.adopt import adopted_set
from grader.adopt.judge import AdoptedJudge
from grader.sandbox.outside.adopted import AdoptedSession
from grader.sandbox.outside.host import Sandbox
from grader.submission import Submission

__all__ = ["counted"]


def counted(one_in: int) -> str:
    """A table: of our own assignments, how many submissions take how many runs."""
    found: dict[str, Counter[int]] = {"otter": Counter(), "nbgrader": Counter()}
    for own in list(own_assignments())[::one_in]:
        found[own.original] += _in_a_process_of_its_own(own)
    most = max((runs for counts in found.values() for runs in counts), default=1)
    rows = [
        [original, f"{sum(counts.values())}", *(f"{counts[runs]}" for runs in range(1, most + 1))]
        for original, counts in found.items()
    ]
    heads = [f"{runs} run{'s' * (runs > 1)}" for runs in range(1, most + 1)]
    return str(table(["course", "submissions", *heads], rows))


def _in_a_process_of_its_own(own: Own) -> Counter[int]:
    """The runs of each of its submissions; a judge changes the process that it is in."""
    ours, theirs = Pipe(duplex=False)
    pid = os.fork()
    if pid == 0:
        try:
            _count(own, theirs)
        finally:
            os._exit(0)
    theirs.close()
    try:
        counts: Counter[int] = ours.recv()
    finally:
        os.waitpid(pid, 0)
    return counts


def _count(own: Own, answer: Connection) -> None:
    runs = 0

    def load(session: AdoptedSession) -> object:
        nonlocal runs
        runs += 1
        return original(session)

    original = AdoptedSession.load
    AdoptedSession.load = load  # type: ignore[method-assign,assignment]
    counts: Counter[int] = Counter()
    with tempfile.TemporaryDirectory(prefix="runs-") as scratch:
        path, submissions = write_for_gradmark(own, Path(scratch))
        adopted = adopted_set(path)
        with Sandbox(**adopted.sandbox_needs()) as sandbox:
            judge = AdoptedJudge(adopted, sandbox)
            for notebook in sorted(submissions.rglob("*.ipynb")):
                runs = 0
                files = {f"{adopted.name}.ipynb": notebook.read_bytes()}
                judge.grade(Submission(notebook.stem, files), {})
                counts[runs] += 1
    answer.send(counts)
