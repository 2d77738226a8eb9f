"""The verdicts of otter-grader and nbgrader, each run in an environment of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

__all__ = [
    "Graded",
    "Verdict",
    "grade_with_nbgrader",
    "grade_with_otter",
    "original_python",
    "submissions_in",
    "unique",
    "versions",
]

ROOT = Path(__file__).resolve().parents[2]
INSIDE = Path(__file__).parent / "inside"
NAMED = ("otter-grader", "nbgrader", "ipykernel", "ipython", "numpy", "pandas", "datascience")
"""The packages whose versions may change a verdict."""
LEGACY = """\
import numpy
numpy.set_printoptions(legacy="1.25")
del numpy
"""


@dataclass(frozen=True)
class Verdict:
    """What one test said."""

    passed: bool
    """Whether it gave all of its points."""
    points: float
    possible: float
    message: str = ""
    trust: str = ""
    """Of ours: ``outside`` or ``inside``."""


@dataclass(frozen=True)
class Graded:
    """What a grader made of one submission; after an error there are no tests."""

    score: float = 0.0
    """Of what is judged without a person."""
    max_score: float = 0.0
    tests: Mapping[str, Verdict] = field(default_factory=dict)
    """By the name that the original gives it; the second of two namesakes has " #2"."""
    questions: Mapping[str, float] = field(default_factory=dict)
    """The score of each question, where the original adds up by question: otter does."""
    seconds: float = 0.0
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Graded:
        return cls(**{**found, "tests": {name: Verdict(**test) for name, test in found["tests"].items()}})


def original_python(original: str) -> Path:
    """The Python of the environment that ``make originals`` makes for ``otter`` or ``nbgrader``.

    Raises:
        FileNotFoundError: It was not made yet.
    """
    python = ROOT / f".venv-{original}" / "bin" / "python"
    if not (python.parent.parent / ".installed").exists():
        raise FileNotFoundError(f"{python.parent.parent} is missing: run `make originals`")
    return python


def versions(python: Path) -> dict[str, str]:
    """The versions of the packages in an environment on which its verdicts depend."""
    libraries = [str(path) for path in python.parent.parent.glob("lib/python*/site-packages")]
    found = {one.metadata["Name"].lower(): one.version for one in distributions(path=libraries)}
    return {name: found[name] for name in NAMED if name in found}


def submissions_in(folder: Path) -> dict[str, Path]:
    """The notebook of each submission: ``NAME.ipynb``, or the only notebook in a folder ``NAME``."""
    found = {}
    for path in sorted(folder.iterdir()):
        inside = sorted(path.glob("*.ipynb")) if path.is_dir() else []
        if path.suffix == ".ipynb":
            found[path.stem] = path
        elif len(inside) == 1:
            found[path.name] = inside[0]
    return found


def grade_with_otter(
    autograder: Path,
    submissions: Path,
    python: Path,
    *,
    seconds: float = 120,
    jobs: int = 1,
    legacy_printing: bool = True,
    only: Collection[str] | None = None,
) -> dict[str, Graded]:
    """Grade notebooks with ``otter run``.

    Args:
        autograder: An ``autograder.zip``.
        submissions: A folder, as `submissions_in` takes it.
        seconds: Of processor time for each submission; otter itself has no limit.
        jobs: How many are graded at a time.
        legacy_printing: Let numpy print as version 1.25 did, because expected output mostly was written so: of the
            `np.True_` of numpy 2, otter says that it is not `True`.
        only: These submissions.
    """
    found = submissions_in(submissions)
    paths = {name: str(path.resolve()) for name, path in found.items() if only is None or name in only}
    job = {"autograder": str(autograder.resolve()), "submissions": paths, "seconds": seconds, "jobs": jobs}
    return _run("otter_class.py", job, python, LEGACY if legacy_printing else "")


def grade_with_nbgrader(
    course: Path,
    assignment: str,
    python: Path,
    *,
    seconds: float = 240,
    cell_seconds: float = 30,
    jobs: int = 1,
    only: Collection[str] | None = None,
) -> dict[str, Graded]:
    """Generate an assignment of a course and grade what lies in its ``submitted`` folder, in a copy of the course.

    Args:
        seconds: Of processor time for each student.
        cell_seconds: Of wall time for each cell, unless the course's configuration says otherwise; nbgrader's own
            limit is 30.
        only: These students.
    """
    handed = sorted(path.parent.name for path in course.glob(f"submitted/*/{assignment}"))
    with tempfile.TemporaryDirectory(prefix="course-") as scratch:
        copy = Path(scratch, "course")
        shutil.copytree(course, copy, ignore=shutil.ignore_patterns("autograded", "feedback"))
        job = {
            "course": str(copy),
            "assignment": assignment,
            "students": [name for name in handed if only is None or name in only],
            "seconds": seconds,
            "cell_seconds": cell_seconds,
            "jobs": jobs,
        }
        return _run("nbgrader_class.py", job, python)


def _run(script: str, job: Mapping[str, Any], python: Path, startup: str = "") -> dict[str, Graded]:
    """Run a script in the original's environment, with a home of its own, so that nobody's settings count.

    ``startup`` is what every kernel runs first.
    """
    with tempfile.TemporaryDirectory(prefix="original-") as scratch:
        out = Path(scratch, "found.json")
        profile = Path(scratch, "profile_default", "startup")
        profile.mkdir(parents=True)
        (profile / "first.py").write_text(startup, encoding="utf-8")
        own = {
            "HOME": scratch,
            "IPYTHONDIR": scratch,
            "JUPYTER_CONFIG_DIR": scratch,
            "JUPYTER_DATA_DIR": scratch,
            "PATH": f"{python.parent}:{os.environ['PATH']}",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONHASHSEED": "0",
        }
        run = subprocess.run(
            [str(python), str(INSIDE / script), str(out)],
            input=json.dumps(job),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=scratch,
            env={**os.environ, **own},
        )
        if run.returncode or not out.exists():
            raise RuntimeError(f"{script} ended with {run.returncode}:\n{run.stdout[-3000:]}")
        found = json.loads(out.read_text(encoding="utf-8"))
    return {name: _graded(made) for name, made in sorted(found.items())}


def _graded(made: Mapping[str, Any]) -> Graded:
    if "error" in made:
        return Graded(seconds=round(made["seconds"], 3), error=made["error"])
    names = unique(test["name"] for test in made["tests"])
    tests = {
        name: Verdict(test["passed"], float(test["points"]), float(test["possible"]), test["message"])
        for name, test in zip(names, made["tests"], strict=True)
    }
    return Graded(
        float(made["score"]), float(made["max_score"]), tests, made["questions"], round(made["seconds"], 3)
    )


def unique(names: Iterable[str]) -> list[str]:
    """The names in their order, namesakes numbered from the second on."""
    seen: Counter[str] = Counter()
    made = []
    for name in names:
        seen[name] += 1
        made.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return made
