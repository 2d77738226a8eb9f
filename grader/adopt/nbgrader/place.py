"""Where the parts of an nbgrader assignment are: its notebooks in ``source/`` and ``release/``, and its database."""

from __future__ import annotations

import fnmatch
import os
from dataclasses import dataclass
from pathlib import Path

from grader.adopt.nbgrader.notebook import has_graded_cells
from grader.adopt.nbgrader.settings import CONFIG, Settings, read_settings
from grader.errors import CourseError
from grader.text import listed

__all__ = ["Place", "assignments_in", "files_beside", "located", "notebooks_in"]

MAX_FILES_BYTES = 200_000_000
MAX_FILES = 10_000
_STEPS = ("submitted", "autograded", "feedback", "solution")
"""More folders of nbgrader's, with students' work or solutions."""
_NEVER = (".git", ".DS_Store", CONFIG, "nbgrader_config.json", ".nbgrader.log")


@dataclass(frozen=True)
class Place:
    """Where an assignment's parts are; of ``source`` and ``release`` at least one is there."""

    name: str
    root: Path
    """The course's folder, or that of the notebooks."""
    settings: Settings
    source: Path | None = None
    release: Path | None = None
    with_tests: Path | None = None
    database: Path | None = None
    only: str = ""
    """The one notebook that was given, without suffix."""

    @property
    def base(self) -> Path:
        """What counts where parts differ."""
        folder = self.source or self.release
        assert folder is not None
        return folder

    @property
    def alone(self) -> bool:
        """Whether the notebooks are in a folder that is no part of a course."""
        return self.root == self.base

    def label(self, path: Path) -> str:
        """What to call a file in messages."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name


def located(path: Path) -> Place:
    """The parts of the assignment that a path means.

    Raises:
        CourseError: It means none, or several.
    """
    if path.is_file() and path.suffix == ".ipynb":
        return _of_folder(path.absolute().parent, path.stem)
    if not path.is_dir():
        raise CourseError(
            f"{path} is no folder and no notebook; give an assignment such as course/source/ps1"
        )
    full = path.absolute()
    settings = read_settings(full)
    if full.name in (settings.source, settings.release) and assignments_in(full):
        full, settings = full.parent, read_settings(full.parent)
    folders = {f.name: f for step in (settings.release, settings.source) for f in assignments_in(full / step)}
    if full == path.absolute() and (not folders or any(has_graded_cells(one) for one in notebooks_in(full))):
        if notebooks_in(full):
            return _of_folder(full)
        raise CourseError(
            f"{path} has no notebooks, and none in {settings.source}/ or {settings.release}/; give an assignment "
            "such as course/source/ps1"
        )
    if len(folders) > 1:
        first = folders[min(folders)]
        example = path / (first.relative_to(full) if full == path.absolute() else first.name)
        raise CourseError(
            f"{path} has the assignments {listed(sorted(folders))}; give one of them, such as {example}"
        )
    return _of_folder(next(iter(folders.values())))


def _of_folder(folder: Path, only: str = "") -> Place:
    """The place of an assignment by a folder with its notebooks."""
    root = folder.parent.parent  # the course, if the folder above is a step of nbgrader's
    settings = read_settings(root)
    found: dict[str, Path] = {}
    for name in (settings.source, settings.release, settings.with_tests):
        step = root / name / folder.name
        if (step / f"{only}.ipynb").is_file() if only else notebooks_in(step):
            found[name] = step
    if folder not in found.values():
        return Place(folder.name, folder, read_settings(folder), source=folder, only=only)
    with_tests = found.get(settings.with_tests)
    database = root / settings.database
    return Place(
        folder.name,
        root,
        settings,
        source=found.get(settings.source) or with_tests,
        release=found.get(settings.release),
        with_tests=with_tests,
        database=database if database.is_file() else None,
        only=only,
    )


def notebooks_in(folder: Path) -> list[Path]:
    """The notebooks of a folder, in their names' order."""
    if not folder.is_dir():
        return []
    return sorted(
        f for f in folder.iterdir() if f.suffix == ".ipynb" and not f.name.startswith(".") and f.is_file()
    )


def assignments_in(folder: Path) -> list[Path]:
    """The folders in ``source/`` or ``release/`` that have notebooks."""
    if not folder.is_dir():
        return []
    return sorted(
        f for f in folder.iterdir() if f.is_dir() and not f.name.startswith(".") and notebooks_in(f)
    )


def files_beside(place: Place) -> dict[str, bytes]:
    """What nbgrader puts beside a submission's notebooks: all of the folder but notebooks and its own files."""
    patterns = (*place.settings.ignored, *_NEVER, "*.ipynb")
    settings = place.settings
    steps = {settings.source, settings.release, settings.with_tests, settings.database, *_STEPS}
    found: dict[str, bytes] = {}
    total = 0
    for folder, inner, names in os.walk(place.base):
        top = place.alone and Path(folder) == place.base
        inner[:] = sorted(n for n in inner if not _matches(n, patterns) and not (top and n in steps))
        for name in sorted(names):
            path = Path(folder, name)
            if _matches(name, patterns) or (top and name in steps) or not path.is_file():
                continue
            total += path.stat().st_size
            if total > MAX_FILES_BYTES or len(found) >= MAX_FILES:
                raise CourseError(
                    f"{place.base} holds more than {MAX_FILES_BYTES // 10**6} MB or {MAX_FILES:,} files beside "
                    "its notebooks; put the notebooks into a folder with nothing but their data"
                )
            found[path.relative_to(place.base).as_posix()] = path.read_bytes()
    return found


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
