"""What is graded inside and outside: classes of notebooks, and results compared byte by byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from grader.encoding import decode_exact, encode_shown
from grader.gradescope import Metadata, results_of
from grader.points import as_json
from grader.pset import ProblemSet, load_problem_set
from tests.gradescope.schema import problems
from tests.notebooks import notebook, submission_cells
from tools.psets import ready

__all__ = ["differences", "gradescope_problems", "mistaken_class", "psets"]

# Where it was graded, which must differ; everything else must not.
PLACE = ("python", "isolation")


def psets() -> list[ProblemSet]:
    """Every problem set of this course that needs no library beyond those in the image."""
    return [load_problem_set(folder) for folder in ready()]


def mistaken_class(problem_set: ProblemSet, folder: Path, one_in: int = 1) -> int:
    """One notebook for each known mistake, or for one in so many, which is right but for that mistake; how many."""
    folder.mkdir(parents=True)
    known = problem_set.mistakes()[::one_in]
    for mistake in known:
        cells = submission_cells(problem_set, {mistake.function: mistake.cell})
        (folder / f"{mistake.name}.ipynb").write_bytes(notebook(cells))
    return len(known)


def differences(inside: Path, outside: Path) -> list[str]:
    """What differs between two output folders: scores.csv, and each result but for times and places."""
    names = sorted({path.name for folder in (inside, outside) for path in (folder / "results").iterdir()})
    found = [name for name in names if _comparable(inside, name) != _comparable(outside, name)]
    if (inside / "scores.csv").read_bytes() != (outside / "scores.csv").read_bytes():
        found.append("scores.csv")
    return found


def _comparable(folder: Path, name: str) -> bytes:
    try:
        content = (folder / "results" / name).read_bytes()
    except FileNotFoundError:
        return b"missing"
    result = decode_exact(content)
    if encode_shown(result) != content:
        return b"not as it was written"
    for question in result.questions:
        for test in question.tests:
            test.seconds = 0.0
    where: Any = result.provenance
    for field in PLACE:
        setattr(where, field, type(getattr(where, field))())
    return encode_shown(result)


def gradescope_problems(problem_set: ProblemSet, out: Path) -> Iterator[str]:
    """What is wrong with the results.json that every result in a folder becomes."""
    for path in sorted((out / "results").iterdir()):
        result = decode_exact(path.read_bytes())
        content = msgspec.json.encode(results_of(result, problem_set, Metadata()))
        yield from (f"{problem_set.name} {path.stem}: {problem}" for problem in problems(content))
        if result.status != "graded":
            yield f"{problem_set.name} {path.stem}: {result.status}: {result.reason}"
        elif json.loads(content)["score"] != as_json(result.score):
            yield f"{problem_set.name} {path.stem}: another score"
