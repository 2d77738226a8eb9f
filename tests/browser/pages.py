"""A graded class for the browser tests and for looking at: simulated students, the demonstration's, hostile ones.

    python -m tests.browser.pages OUT --count 600

Grading is kept in OUT, in a folder named by everything that decides it; the pages are made again each time.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from grader.build import build
from grader.gradebook import ManualGrade, grade_by_hand, open_gradebook
from grader.pset import load_problem_set
from grader.simulate import Classroom, recorded, write_class, write_roster
from grader.simulate.answers import solutions
from tests.browser.hostile import NAMES, hostile_notebooks
from tools.demo_class import demo_class

__all__ = ["COURSE", "graded_class"]

COURSE = Path(__file__).resolve().parents[2]
SEED = 9
COMMENTS = ("Clear, and the picture is described well.", "Which pixels? Say where the weights are large.", "")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=600)
    arguments = parser.parse_args()
    folder = graded_class(arguments.out, arguments.count)
    make_pages(folder)
    print(f"{folder / 'report.html'}: {(folder / 'report.html').stat().st_size / 1e6:.2f} MB")


def graded_class(out: Path, count: int) -> Path:
    """The graded folder of a class of that size, graded now unless it is there already."""
    place = out / f"{count}-{_digest()[:12]}"
    graded = place / "graded"
    if not (place / "done").exists():
        shutil.rmtree(place, ignore_errors=True)
        _write_class(place, count)
        command = ["grade", "ps1", place / "submissions", "--roster", place / "roster.csv", "--out", graded]
        _gradmark(*command, allowed=(0, 1))
        _grade_some_by_hand(graded)
        (place / "done").touch()
    return graded


def make_pages(graded: Path, *options: str) -> None:
    """report.html and feedback/, with grades published unless another option is given."""
    _gradmark("report", graded, *(options or ("--publish",)))


def _gradmark(*arguments: object, allowed: tuple[int, ...] = (0,)) -> None:
    command = [sys.executable, "-m", "grader.cli", *map(str, arguments)]
    code = subprocess.run(command, cwd=COURSE, stdout=subprocess.DEVNULL).returncode
    if code not in allowed:
        raise SystemExit(f"{' '.join(command)} ended with {code}")


def _digest() -> str:
    """Of everything that decides what is graded: how pages look is not among it."""
    files = [*COURSE.glob("grader/**/*.py"), *COURSE.glob("reference/*.py"), *COURSE.glob("psets/ps1/**/*")]
    files += [Path(__file__), Path(__file__).with_name("hostile.py"), COURSE / "tools" / "demo_class.py"]
    digest = hashlib.sha256()
    for file in sorted(files):
        if file.is_file() and "report" not in file.parts and "__pycache__" not in file.parts:
            digest.update(file.relative_to(COURSE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _write_class(place: Path, count: int) -> None:
    problem_set = load_problem_set(COURSE / "psets" / "ps1")
    build(problem_set, place / "built")
    handout = json.loads((place / "built" / "student" / "ps1.ipynb").read_text(encoding="utf-8"))
    answers = "import numpy as np\n\n" + "\n\n".join(dict.fromkeys(solutions(problem_set).values()))
    extra = {
        name: json.dumps(notebook, indent=1).encode()
        for name, notebook in demo_class(problem_set, handout).items()
    }
    extra |= hostile_notebooks(answers)
    rows: list[dict[str, str]] = []
    classroom = Classroom(problem_set)
    try:
        handins = recorded(classroom.draw(count - len(extra), SEED), rows)
        submissions = write_class(handins, problem_set.name, "plain", place)
    finally:
        classroom.close()
    for name, content in extra.items():
        (submissions / f"{name}.ipynb").write_bytes(content)
    write_roster(rows, place / "roster.csv")
    with open(place / "roster.csv", "a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows(
            [f"hostile-{name}", called, f"{name}@evil.example", ""] for name, called in NAMES.items()
        )


def _grade_some_by_hand(graded: Path) -> None:
    """Points and comments for a part of the written answers, so that both kinds are there to see."""
    names = sorted(path.stem for path in (graded / "results").glob("*.json"))
    grades = [
        ManualGrade(name, "q9", float(number % 6), COMMENTS[number % len(COMMENTS)])
        for number, name in enumerate(names[: len(names) // 2])
    ]
    engine = open_gradebook(graded / "gradebook.db")
    grade_by_hand(engine, "ps1", grades, by="a TA")
    engine.dispose()


if __name__ == "__main__":
    main()
