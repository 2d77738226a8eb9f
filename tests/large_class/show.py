"""The class that every part grades, and what did not hold."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.large_class.contents import Contents
from tests.large_class.processes import Clock

__all__ = ["JOBS", "Show", "fresh", "graded", "gradmark", "say"]

JOBS = 2


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


@dataclass
class Show:
    """The class, and what did not hold."""

    options: argparse.Namespace
    folder: Path
    wrong: list[str] = field(default_factory=list)

    def holds(self, true: bool, sentence: str) -> None:
        """Print a statement, and whether it holds."""
        say(f"  {'yes' if true else 'NO '}  {sentence}")
        if not true:
            self.wrong.append(sentence)

    def simulate(self) -> None:
        options = self.options
        shutil.rmtree(self.folder / "class", ignore_errors=True)
        with Clock() as clock:
            done = subprocess.run(
                gradmark(
                    "simulate", options.pset, "--count", options.count, "--seed", options.seed,
                    "--layout", "gradescope", "--out", self.folder / "class",
                ),
                capture_output=True, text=True, check=True,
            )  # fmt: skip
        say(f"Made in {clock}: {done.stdout.splitlines()[0].partition(': ')[2]}")

    def grade(self, out: Path, *more: object) -> list[str]:
        """The command that grades the class."""
        where, roster = self.folder / "class" / "assignment_4242_export", self.folder / "class" / "roster.csv"
        return gradmark("grade", self.options.pset, where, "--roster", roster, "--out", out, *more)

    def same(self, undisturbed: Contents, other: Contents) -> None:
        """Compare a disturbed run with the undisturbed one."""
        for what, here, there in (
            ("result", undisturbed.results, other.results),
            ("line of scores.csv", undisturbed.scores, other.scores),
            ("submission in the gradebook", undisturbed.recorded, other.recorded),
        ):
            different = sorted(
                name for name in here.keys() | there.keys() if here.get(name) != there.get(name)
            )
            sentence = f"every {what} is the same as undisturbed: {len(here)}, {len(different)} different"
            self.holds(bool(here) and not different, ": ".join([sentence, *different[:5]]))


def gradmark(*arguments: object) -> list[str]:
    """A command line."""
    return [sys.executable, "-m", "grader.cli", *map(str, arguments)]


def fresh(folder: Path) -> Path:
    """The folder, emptied of what an earlier run left there."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def graded(out: Path) -> int:
    """How many results there are."""
    try:
        return sum(name.endswith(".json") for name in os.listdir(out / "results"))
    except FileNotFoundError:
        return 0
