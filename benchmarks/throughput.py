"""How long a submission takes: copies of the right answer to problem set 1, graded by the command.

    python benchmarks/throughput.py [--count 50] [--jobs 2]

Prints the time a submission, start-up apart, and the ratio to the same cells executed bare, in a warm process
without a sandbox. Both are taken in one run, since these figures mean nothing across machines.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.pset import ProblemSet, load_problem_set

COURSE = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    problem_set = load_problem_set(COURSE / "psets" / "ps1")
    with tempfile.TemporaryDirectory() as scratch:
        one, many = Path(scratch, "one"), Path(scratch, "many")
        write_class(problem_set, one, arguments.jobs)
        write_class(problem_set, many, arguments.count + arguments.jobs)
        start_up = grade(one, Path(scratch, "out-one"), arguments.jobs)
        whole = grade(many, Path(scratch, "out-many"), arguments.jobs)
    bare = time_bare(problem_set)
    each = (whole - start_up) / arguments.count
    print("| what | ms |")
    print("|---|---|")
    total = arguments.count + arguments.jobs
    print(f"| the whole command, {total} submissions, {arguments.jobs} workers | {1e3 * whole:.0f} |")
    print(f"| of that: start-up and the first submission of each worker | {1e3 * start_up:.0f} |")
    print(f"| each further submission, wall clock | {1e3 * each:.1f} |")
    print(f"| each further submission, per worker | {1e3 * each * arguments.jobs:.1f} |")
    print(f"| the same cells executed bare | {1e3 * bare:.1f} |")
    print(f"| ratio, per worker, to bare | {each * arguments.jobs / bare:.2f} |")


def write_class(problem_set: ProblemSet, folder: Path, count: int) -> None:
    folder.mkdir()
    cells = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for source in problem_set.solution_cells()
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    for number in range(count):
        # Each copy is its own submission: nothing may be kept from one to the next.
        (folder / f"student{number:04d}.ipynb").write_text(text, encoding="utf-8")


def grade(folder: Path, out: Path, jobs: int) -> float:
    command = [sys.executable, "-m", "grader.cli", "grade", "ps1", str(folder)]
    command += ["--out", str(out), "--jobs", str(jobs), "--course", str(COURSE)]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def time_bare(problem_set: ProblemSet) -> float:
    """Seconds for the notebook's cells by plain exec, warm: the median of seven runs."""
    assert problem_set.data_dir is not None
    os.environ["MPLBACKEND"] = "agg"
    os.chdir(problem_set.data_dir)
    import matplotlib.pyplot as plt

    codes = [compile(source, "cell", "exec") for source in problem_set.solution_cells()]
    times = []
    for _ in range(8):
        namespace: dict[str, object] = {}
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - for the length of a run
        started = time.perf_counter()
        for code in codes:
            exec(code, namespace)
        plt.close("all")
        times.append(time.perf_counter() - started)
        sys.stdout.close()
        sys.stdout = sys.__stdout__
    return statistics.median(times[1:])


if __name__ == "__main__":
    main()
