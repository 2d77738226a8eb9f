"""The problem sets of a course: those whose libraries this environment has, and what the others need."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from grader.pset import load_problem_set

__all__ = ["COURSE", "ready", "waiting"]

COURSE = Path(__file__).resolve().parents[1]


def _all(course: Path) -> dict[Path, list[str]]:
    """The folder of each problem set, with the preloaded modules that are not installed here."""
    return {
        file.parent: [
            name for name in load_problem_set(file.parent).preload if not find_spec(name.partition(".")[0])
        ]
        for file in sorted(course.glob("psets/*/pset.yaml"))
    }


def ready(course: Path = COURSE) -> list[Path]:
    """Folders of the problem sets that can run here."""
    return [folder for folder, missing in _all(course).items() if not missing]


def waiting(course: Path = COURSE) -> dict[str, list[str]]:
    """Names of the others, each with what it needs; for this course, `make test-libraries` tries them."""
    return {folder.name: missing for folder, missing in _all(course).items() if missing}
