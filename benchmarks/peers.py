"""Compare gradmark, otter-grader and nbgrader on the same class, in turns: time, memory, and whether they agree.

    python -m benchmarks.peers [--count 12] [--rounds 3] [--many 240] [--here]

Each tool is installed from the package index into its own environment below ``.venv-peers``; gradmark comes from this
checkout. `benchmarks.peer_class` has the class and the checks. Otter runs without Docker, once per submission. nbgrader
and gradmark grade the class in one command, so the cost of each *further* submission, which decides what a large class
costs, follows from a class and a larger one. The other two make no pages for students; gradmark is compared without
pages, and also shown with them.

The exit code is 1 if any score differs from what the checks give when run bare.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from benchmarks.measure import Cost, circumstances, cost_of, table
from benchmarks.peer_class import CHECKS, FUNCTIONS, cells, notebook, submissions, true_score, write_course

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENTS = ROOT / ".venv-peers"
Costs = dict[str, list[tuple[Cost, Cost | None]]]


class Tool(Protocol):
    """A grader, used from a shell."""

    name: str
    requirements: tuple[str, ...]

    def prepare(self, folder: Path, count: int) -> None:
        """Write the class and the checks in the tool's format."""

    def grade(self, folder: Path) -> Cost:
        """Grade the whole class afresh."""

    def scores(self, folder: Path) -> dict[str, float]:
        """The score of each submission."""


def program(tool: Tool, name: str) -> str:
    return str(ENVIRONMENTS / tool.name / "bin" / name)


def environment(tool: Tool) -> dict[str, str]:
    """The environment variables, as if the tool's environment were activated."""
    return {**os.environ, "PATH": f"{ENVIRONMENTS / tool.name / 'bin'}:{os.environ['PATH']}"}


class Gradmark:
    name = "gradmark"
    requirements = (f"{ROOT}[grade]",)

    def __init__(self, jobs: int, programs: Path | None = None, *, pages: bool = False) -> None:
        self.jobs = jobs
        self.pages = pages
        self.programs = programs

    def prepare(self, folder: Path, count: int) -> None:
        write_course(folder / "course")
        submissions(folder / "class", count)

    def grade(self, folder: Path) -> Cost:
        shutil.rmtree(folder / "out", ignore_errors=True)
        gradmark = str(self.programs / "gradmark") if self.programs else program(self, "gradmark")
        command = [gradmark, "grade", "bench", "class", "--course", "course"]
        command.append("--feedback" if self.pages else "--no-feedback")
        return cost_of(
            [*command, "--out", "out", "--jobs", str(self.jobs)], cwd=folder, env=environment(self)
        )

    def scores(self, folder: Path) -> dict[str, float]:
        with open(folder / "out" / "scores.csv", newline="") as file:
            return {row["submission"]: float(row["score"]) for row in csv.DictReader(file)}


class Otter:
    """``otter run``, which does not isolate notebooks and takes one at a time."""

    name = "otter-grader"
    requirements = ("otter-grader[grading]", "numpy", "matplotlib")

    def prepare(self, folder: Path, count: int) -> None:
        submissions(folder / "class", count)
        tests = folder / "tests"
        tests.mkdir()
        for question, function in FUNCTIONS.items():
            checks = [check for check in CHECKS if check.question == question]
            lines = ["import numpy as np", "from otter.test_files import test_case", "", "OK_FORMAT = False"]
            lines += [f'name = "{question}"', f"points = {len(checks)}", ""]
            for check in checks:
                body = check.body.replace("\n", "\n    ")
                lines += [
                    "",
                    "@test_case(points=1, hidden=True)",
                    f"def test_{check.name}({function}):",
                    f"    {body}",
                    "",
                ]
            (tests / f"{question}.py").write_text("\n".join(lines))
        command = [program(self, "otter"), "generate", "-t", "tests", "-o", "autograder.zip"]
        cost_of([*command, "--no-environment", "--no-requirements"], cwd=folder, env=environment(self))

    def grade(self, folder: Path) -> Cost:
        costs = []
        for path in sorted((folder / "class").iterdir()):
            out = folder / "out" / path.stem
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir(parents=True)
            command = [
                program(self, "otter"),
                "run",
                "-a",
                "autograder.zip",
                "-o",
                str(out),
                "--no-logo",
                str(path),
            ]
            costs.append(cost_of(command, cwd=folder, env=environment(self)))
        return Cost(sum(c.wall for c in costs), sum(c.cpu for c in costs), max(c.memory for c in costs))

    def scores(self, folder: Path) -> dict[str, float]:
        found = {}
        for out in (folder / "out").iterdir():
            results = json.loads((out / "results.json").read_text())
            found[out.name] = sum(float(test.get("score", 0.0)) for test in results["tests"])
        return found


class Nbgrader:
    """``nbgrader autograde``, which does not isolate notebooks and grades a class with one command."""

    name = "nbgrader"
    requirements = ("nbgrader", "ipykernel", "numpy", "matplotlib")

    def prepare(self, folder: Path, count: int) -> None:
        source = folder / "source" / "bench" / "bench.ipynb"
        source.parent.mkdir(parents=True)
        source.write_text(self._notebook(0, solved=False))
        for number in range(count):
            path = folder / "submitted" / f"student{number:05d}" / "bench" / "bench.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(self._notebook(number, solved=True))
        (folder / "nbgrader_config.py").write_text(
            'c = get_config()\nc.CourseDirectory.course_id = "bench"\n'
        )
        cost_of(
            [program(self, "nbgrader"), "generate_assignment", "bench", "--create"],
            cwd=folder,
            env=environment(self),
        )

    def grade(self, folder: Path) -> Cost:
        shutil.rmtree(folder / "autograded", ignore_errors=True)
        command = [program(self, "nbgrader"), "autograde", "bench", "--create", "--force"]
        return cost_of(command, cwd=folder, env=environment(self))

    def scores(self, folder: Path) -> dict[str, float]:
        cost_of(
            [program(self, "nbgrader"), "export", "--to", "scores.csv"], cwd=folder, env=environment(self)
        )
        with open(folder / "scores.csv", newline="") as file:
            return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}

    @staticmethod
    def _notebook(number: int, *, solved: bool) -> str:
        """The master, or a submission: the same cells without the tests, which nbgrader takes out."""
        sources: list[str] = []
        marks: list[dict[str, object]] = []
        for question, answer in cells(number).items():
            sources.append(
                answer if solved or not question else f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION"
            )
            marks.append(_mark(f"answer_{question}", solution=True) if question else {})
            for check in CHECKS:
                if check.question == question:
                    hidden = f"### BEGIN HIDDEN TESTS\n{check.body}\n### END HIDDEN TESTS"
                    sources.append("" if solved else hidden)
                    marks.append(_mark(f"{question}_{check.name}", grade=True, locked=True, points=1))
        made = json.loads(notebook(sources))
        for cell, mark in zip(made["cells"], marks, strict=True):
            cell["metadata"] = {"nbgrader": mark} if mark else {}
        return json.dumps(made)


def _mark(grade_id: str, **said: object) -> dict[str, object]:
    plain = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
    return {**plain, "grade_id": grade_id, **said}


def install(tool: Tool) -> str:
    """Make the tool's environment if it is missing, with gradmark from this checkout; returns the tool's version."""
    folder = ENVIRONMENTS / tool.name
    python = folder / "bin" / "python"
    if not (folder / ".installed").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    if not (folder / ".installed").exists() or str(ROOT) in tool.requirements[0]:
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *tool.requirements], check=True)
        (folder / ".installed").touch()
    code = f"from importlib.metadata import version; print(version('{tool.name}'))"
    return subprocess.run(
        [str(python), "-c", code], check=True, capture_output=True, text=True
    ).stdout.strip()


def disagreements(tool: Tool, folder: Path, count: int) -> list[str]:
    """Submissions with a wrong score."""
    scores = tool.scores(folder)
    return [
        f"{tool.name} gives {name} {scores.get(name)}; expected {true_score(number)}"
        for number in range(count)
        if scores.get(name := f"student{number:05d}") != true_score(number)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=12, help="submissions in the class that all tools grade")
    parser.add_argument(
        "--many", type=int, default=240, help="submissions in the larger class that gradmark grades"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--here", action="store_true", help="only gradmark, as installed with this Python")
    given = parser.parse_args()
    # The last number is the size of the larger class; otter needs none.
    kinds: list[tuple[str, Tool, int]] = [
        ("gradmark, 2 workers", Gradmark(2), given.many),
        ("gradmark, 1 worker", Gradmark(1), given.many),
        ("gradmark, 2 workers, with pages", Gradmark(2, pages=True), given.many),
        ("nbgrader autograde", Nbgrader(), 2 * given.count),
        ("otter run", Otter(), 0),
    ]
    if given.here:
        kinds = [("gradmark, 2 workers", Gradmark(2, Path(sys.executable).parent), given.many)]
    versions = {} if given.here else {tool.name: install(tool) for _, tool, _ in kinds}
    costs, wrong = compared(kinds, given.count, given.rounds)
    bare = bare_seconds(10 * given.count)
    print(
        "; ".join([circumstances(), *(f"{name} {version}" for name, version in versions.items())]), end="\n\n"
    )
    print(_class_table(costs, given.count))
    print()
    larger = {label: larger for label, _, larger in kinds}
    print(_further_table(costs, given.count, larger))
    alone = "gradmark, 1 worker"
    if alone in costs:
        each = _further(costs[alone], given.count, larger[alone], "wall")
        print(
            f"\nRun bare in one warm process, the same cells and checks take {1e3 * bare:.1f} ms per submission; "
            f"gradmark's one worker takes {1e3 * (each - bare):.1f} ms more."
        )
    print()
    print(
        "\n".join(wrong)
        or f"Every tool gives all {given.count} submissions the scores that the checks give when run bare."
    )
    return 1 if wrong else 0


def compared(kinds: list[tuple[str, Tool, int]], count: int, rounds: int) -> tuple[Costs, list[str]]:
    """What each kind costs in each round, for the class and the larger one, and the scores that are wrong."""
    costs: Costs = {label: [] for label, _, _ in kinds}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="peers-") as scratch:
        folders = {}
        for label, tool, larger in kinds:
            for size in filter(None, (count, larger)):
                folders[label, size] = Path(scratch, label.replace(" ", "-"), str(size))
                folders[label, size].mkdir(parents=True)
                tool.prepare(folders[label, size], size)
        for _ in range(rounds):
            for label, tool, larger in kinds:
                one = tool.grade(folders[label, count])
                two = tool.grade(folders[label, larger]) if larger else None
                costs[label].append((one, two))
        for label, tool, _ in kinds:
            wrong += disagreements(tool, folders[label, count], count)
    return costs, wrong


def bare_seconds(count: int) -> float:
    """Seconds per submission to run the cells and the checks in this process."""
    true_score(0)
    started = time.perf_counter()
    for number in range(count):
        true_score(number)
    return (time.perf_counter() - started) / count


def _class_table(costs: Costs, count: int) -> str:
    rows = []
    for label, pairs in costs.items():
        ones = [one for one, _ in pairs]
        rows.append(
            [
                label,
                f"{_median(ones, lambda c: c.wall) / count:.3f}",
                f"{_median(ones, lambda c: c.cpu) / count:.3f}",
                f"{_median(ones, lambda c: c.memory):.0f}",
            ]
        )
    head = (f"a class of {count}, including start-up", "s per submission", "CPU s per submission", "peak MiB")
    return table(head, rows)


def _further_table(costs: Costs, count: int, larger: dict[str, int]) -> str:
    each = {
        label: (_further(pairs, count, larger[label], "wall"), _further(pairs, count, larger[label], "cpu"))
        for label, pairs in costs.items()
    }
    wall, cpu = next(iter(each.values()))
    rows = [
        [label, f"{w:.3f}", f"{c:.3f}", f"{w / wall:.1f}", f"{c / cpu:.1f}"] for label, (w, c) in each.items()
    ]
    head = ("each further submission", "s", "CPU s", "times gradmark's s", "times gradmark's CPU s")
    return table(head, rows)


def _further(pairs: list[tuple[Cost, Cost | None]], count: int, larger: int, what: str) -> float:
    """Seconds for one more submission, as the median over the rounds."""
    found = []
    for one, two in pairs:
        if two is None:
            found.append(getattr(one, what) / count)
        else:
            found.append((getattr(two, what) - getattr(one, what)) / (larger - count))
    return statistics.median(found)


def _median(costs: list[Cost], what: Callable[[Cost], float]) -> float:
    return statistics.median(map(what, costs))


if __name__ == "__main__":
    sys.exit(main())
