"""How grading scales: time and memory for classes of several sizes with one and two workers, and how soon it starts.

    python -m benchmarks.scale [--sizes 100,1000,10000] [--jobs 1,2] [--alone 1000] [--times 7]

The command grades copies of the correct answer to problem set 1 that differ in one line. The efficiency of two workers
is the time of one worker divided by twice the time of two, for the same class and including start-up. When both are
measured, one worker grades no class larger than ``--alone``, which would take long and show nothing new.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.measure import Cost, circumstances, cost_of, table
from grader.pset import ProblemSet, load_problem_set

COURSE = Path(__file__).resolve().parents[1]
SMALL = 12
GRADMARK = (sys.executable, "-m", "grader.cli")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=_numbers, default=[100, 1000, 10000])
    parser.add_argument("--jobs", type=_numbers, default=[1, 2])
    parser.add_argument("--alone", type=int, default=1000, help="largest class for one worker alone")
    parser.add_argument(
        "--times", type=int, default=7, help="how often to repeat quick measurements, for their medians"
    )
    given = parser.parse_args()
    problem_set = load_problem_set(COURSE / "psets" / "ps1")
    print(f"{circumstances()}\n")
    rows, single = [], {}
    for size in given.sizes:
        for jobs in given.jobs:
            if jobs == 1 and size > given.alone and len(given.jobs) > 1:
                continue
            cost, first = graded(problem_set, size, jobs)
            if jobs == 1:
                single[size] = cost.wall
            efficiency = f"{single[size] / (jobs * cost.wall):.2f}" if size in single and jobs > 1 else ""
            rows.append([f"{size:,}", str(jobs), *_figures(cost, size), f"{first:.2f}", efficiency])
    head = (
        "submissions",
        "workers",
        "s",
        "ms each",
        "CPU ms each",
        "peak MiB",
        "first result, s",
        "efficiency",
    )
    print(table(head, rows))
    helped = statistics.median(cost_of([*GRADMARK, "--help"]).wall for _ in range(given.times))
    jobs = max(given.jobs)
    first = statistics.median(
        graded(problem_set, SMALL, jobs, "--no-feedback")[1] for _ in range(given.times)
    )
    print(
        f"\nIn a class of {SMALL}, {jobs} workers give the first result after {first:.2f} s; "
        f"`gradmark --help` takes {1e3 * helped:.0f} ms. Both are medians of {given.times}."
    )


def _figures(cost: Cost, size: int) -> list[str]:
    each, cpu = 1e3 * cost.wall / size, 1e3 * cost.cpu / size
    return [f"{cost.wall:.1f}", f"{each:.1f}", f"{cpu:.1f}", f"{cost.memory:.0f}"]


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def graded(problem_set: ProblemSet, size: int, jobs: int, *options: str) -> tuple[Cost, float]:
    """The cost of grading a class, and the seconds until its first result."""
    with tempfile.TemporaryDirectory(prefix="scale-") as scratch:
        handed_in, out = Path(scratch, "class"), Path(scratch, "out")
        write_class(problem_set, handed_in, size)
        command = [*GRADMARK, "grade", problem_set.name, str(handed_in), "--course", str(COURSE)]
        first = _First(out / "results")
        cost = cost_of([*command, "--out", str(out), "--jobs", str(jobs), *options])
        return cost, first.seconds()


def write_class(problem_set: ProblemSet, folder: Path, size: int) -> None:
    """Write copies of the solution that differ in one line, so that nothing can be reused between them."""
    folder.mkdir()
    for number in range(size):
        sources = [f"submission = {number}", *problem_set.solution_cells()]
        cells = [
            {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
            for source in sources
        ]
        text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
        (folder / f"student{number:05d}.ipynb").write_text(text, encoding="utf-8")


class _First:
    """Measures the time from now until a folder's first result."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started = time.monotonic()
        self._seen = 0.0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def seconds(self) -> float:
        self._thread.join(timeout=1)
        return self._seen

    def _run(self) -> None:
        while not self._seen:
            if self._folder.is_dir() and any(self._folder.glob("*.json")):
                self._seen = time.monotonic() - self._started
            time.sleep(0.01)


if __name__ == "__main__":
    main()
