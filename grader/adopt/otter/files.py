"""The files of an otter assignment: what lies beside its notebook, in its archive, and what it installs."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from grader.errors import CourseError

__all__ = [
    "ARCHIVE_ENDS",
    "archive_files",
    "beside",
    "declared",
    "doubts_about_settings",
    "is_archive",
    "is_new_printing",
    "read_file",
    "read_settings",
    "required",
    "unpacked",
]

MAX_BYTES = 200_000_000
"""Of all files beside a notebook."""
MAX_FILES = 20_000
ARCHIVE_ENDS = "autograder"
"""In the name of an archive that `otter generate` has made."""
_SETTINGS = {
    "otter_config.json",
    "requirements.txt",
    "environment.yml",
    "setup.sh",
    "run_autograder",
    "run_otter.py",
}
_FOLDERS = {
    *("tests", "submissions", "solution", "solutions", "autograder", "dist", "node_modules", "venv", "env"),
    *("__pycache__", "__MACOSX"),
}
_NEW_NUMPY = ("\nnp.True_", "\nnp.False_", "\nnp.float64(", "\nnp.int64(", "\nnp.str_(")
_NOT_FOLLOWED = {
    "points_possible": "scales the total to {value} points; the points of the tests are counted as they are",
    "score_threshold": "gives all points from a share of {value} on; the points of the tests are counted as they are",
    "plugins": "names plugins of otter's, which are not run",
    "grade_from_log": "grades from otter's log; the submission is run instead",
}
"""Settings of otter's with the rest of a sentence."""
_PLAN = "gradmark-plan.json"
"""The end of the name of a plan that is kept beside an assignment."""
_ENDINGS = {".ipynb", ".zip", ".ok", ".otter", ".pyc"}


def read_file(path: Path) -> bytes:
    """A file's content.

    Raises:
        CourseError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path.name} cannot be read ({error.strerror}); check its permissions") from None


def beside(folder: Path, secrets: Collection[Path]) -> dict[str, bytes]:
    """The files in a folder that a notebook may open: not tests, notebooks, archives, caches, or what is secret.

    Raises:
        CourseError: They are too large, or cannot be read.
    """
    found: dict[str, bytes] = {}
    size = 0
    for file in _walk(folder, {secret.resolve() for secret in secrets}):
        content = read_file(file)
        size += len(content)
        if size > MAX_BYTES or len(found) >= MAX_FILES:
            raise _too_much(folder.name)
        found[file.relative_to(folder).as_posix()] = content
    return found


def _walk(folder: Path, secrets: Collection[Path]) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        here = Path(where)
        folders[:] = sorted(
            name for name in folders if not _is_left_out(name) and (here / name).resolve() not in secrets
        )
        for name in sorted(files):
            file = here / name
            if (
                name.startswith(".")
                or name.endswith(_PLAN)
                or file.suffix.lower() in _ENDINGS
                or name in _SETTINGS
            ):
                continue
            if file.is_file() and not file.is_symlink() and file.resolve() not in secrets:
                yield file


def _is_left_out(folder: str) -> bool:
    return folder in _FOLDERS or folder.startswith(".")


def _too_much(name: str) -> CourseError:
    return CourseError(
        f"{name} holds more than {MAX_BYTES // 1_000_000} MB or {MAX_FILES:,} files; "
        "give a folder with this assignment alone"
    )


def declared(folder: Path, settings: Mapping[str, Any]) -> tuple[dict[str, bytes], list[str]]:
    """The files that a master of otter assign names as those beside it, and doubts about missing ones."""
    found: dict[str, bytes] = {}
    doubts: list[str] = []
    for setting in ("files", "autograder_files"):
        named = settings.get(setting)
        for name in named if isinstance(named, list) else [named] if isinstance(named, str) else []:
            file = folder / str(name)
            inside = file.resolve().is_relative_to(folder.resolve())
            if inside and file.is_dir():
                found |= {f"{file.name}/{path}": content for path, content in beside(file, []).items()}
            elif inside and file.is_file():
                found[file.resolve().relative_to(folder.resolve()).as_posix()] = read_file(file)
            else:
                doubts.append(f"The settings name the file {name}, which is not there.")
    if sum(map(len, found.values())) > MAX_BYTES:
        raise _too_much(folder.name)
    return found, doubts


# Archives ----------------------------------------------------------------------------------------------------------


def is_archive(path: Path) -> bool:
    """Whether a file is an archive with tests as `otter generate` makes it."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    known = bool(names & {"otter_config.json", "run_otter.py", "run_autograder", "setup.sh"})
    return known and any(name.startswith("tests/") for name in names)


def unpacked(path: Path) -> dict[str, bytes]:
    """The files of an archive, by name.

    Raises:
        CourseError: It is broken or too large.
    """
    found: dict[str, bytes] = {}
    left = MAX_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(read_file(path))) as archive:
            for entry in archive.infolist():
                name = PurePosixPath(entry.filename.replace("\\", "/"))
                if entry.is_dir() or name.is_absolute() or ".." in name.parts or "__MACOSX" in name.parts:
                    continue
                with archive.open(entry) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0 or len(found) >= MAX_FILES:
                    raise _too_much(path.name)
                found[name.as_posix()] = content
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError):
        raise CourseError(
            f"{path.name} is not a zip that can be read; make it again with otter generate"
        ) from None
    return found


def archive_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What an archive puts beside a submission: its folder ``files``."""
    return {
        name.removeprefix("files/"): content
        for name, content in files.items()
        if name.startswith("files/") and not name.endswith((".ipynb", ".pyc"))
    }


# Settings ----------------------------------------------------------------------------------------------------------


def read_settings(content: bytes | None, label: str) -> dict[str, Any]:
    """What an ``otter_config.json`` says; nothing if there is none.

    Raises:
        CourseError: It is no JSON object.
    """
    if content is None:
        return {}
    try:
        read = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise CourseError(f"{label} is not a JSON object; correct it or take it away")
    return read


def doubts_about_settings(settings: Mapping[str, Any], label: str, whole: Fraction) -> list[str]:
    """A sentence for each setting that changes results in otter and is not followed here.

    Args:
        settings: The author's.
        label: What to call them.
        whole: The points of all tests.
    """
    found = {name: value for name in _NOT_FOLLOWED if (value := settings.get(name))}
    if found.get("points_possible") == whole:
        del found["points_possible"]
    return [f"{label} {_NOT_FOLLOWED[name].format(value=value)}." for name, value in found.items()]


def is_new_printing(texts: Iterable[str]) -> bool:
    """Whether expected output was written by numpy 2, which prints the type of its scalars."""
    return any(mark in text for text in texts for mark in _NEW_NUMPY)


def required(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """What ``requirements.txt`` or ``environment.yml`` among the files have pip install, but for otter itself."""
    lines: list[str] = []
    if (content := files.get("requirements.txt")) is not None:
        lines = content.decode("utf-8", "replace").splitlines()
    elif (content := files.get("environment.yml")) is not None:
        lines = _of_environment(content)
    plain = (line.partition(" #")[0].strip() for line in lines)
    kept = (
        line
        for line in plain
        if line and not line.startswith(("#", "-")) and not line.startswith("otter-grader")
    )
    return tuple(dict.fromkeys(kept))


def _of_environment(content: bytes) -> list[str]:
    try:
        read = yaml.safe_load(content)
    except (yaml.YAMLError, UnicodeDecodeError):
        return []
    parts = read.get("dependencies") if isinstance(read, dict) else None
    pip = [
        part["pip"] for part in parts or [] if isinstance(part, dict) and isinstance(part.get("pip"), list)
    ]
    return [str(line) for lines in pip for line in lines]
