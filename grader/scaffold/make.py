"""Fill in the templates; nothing is written unless every file can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from grader.draws import new_seed
from grader.errors import CourseError
from grader.wheel import own_wheel

__all__ = ["new_course", "new_problem_set"]

# A problem set's name also names a folder and a Python module, reference/NAME.py.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ENDING = ".in"
"""The ending of templates, so that no tool mistakes them for finished files."""


def new_problem_set(name: str, course: Path) -> list[Path]:
    """Write a working problem set into a course: its folder, its answers and their test. Returns the files.

    Raises `CourseError` for an unusable name, or if one of the files already exists.
    """
    return _write(_filled("pset", {"pset": _usable(name), "seed": new_seed()}), course)


def new_course(folder: Path, name: str = "ps1") -> list[Path]:
    """Write a course with one problem set and continuous integration into an empty folder. Returns the files.

    The course includes this gradmark as a wheel, which its requirements.txt installs.

    Raises `CourseError` if the folder contains anything besides a repository's ``.git``.
    """
    if folder.exists() and (not folder.is_dir() or any(entry.name != ".git" for entry in folder.iterdir())):
        raise CourseError(f"{folder} is not empty; choose a folder that does not exist yet")
    wheel, content = own_wheel()
    named = {"pset": _usable(name), "name": folder.resolve().name, "wheel": wheel, "seed": new_seed()}
    return _write({**_filled("course", named), **_filled("pset", named), f"wheels/{wheel}": content}, folder)


def _usable(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise CourseError(
            f"{name!r} cannot be a problem set's name; use a letter, then letters, digits or _, as in ps2"
        )
    return name


def _filled(kind: str, named: Mapping[str, str]) -> dict[str, bytes]:
    """The files of one kind of template, by their paths in the course."""
    made = {}
    for path, template in _templates(files("grader.scaffold") / "templates" / kind):
        made[_fill(path, named)] = _fill(template.read_text(encoding="utf-8"), named).encode()
    return made


def _fill(text: str, named: Mapping[str, str]) -> str:
    for key, value in named.items():
        text = text.replace(f"@{key}@", value)
    return text


def _templates(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _templates(entry, f"{above}{entry.name}/")
        elif entry.name.endswith(_ENDING):
            yield above + entry.name.removesuffix(_ENDING), entry


def _write(made: Mapping[str, bytes], course: Path) -> list[Path]:
    targets = {course / path: content for path, content in made.items()}
    taken = [target for target in targets if target.exists()]
    if taken:
        raise CourseError(f"{taken[0]} already exists; choose another name, or move the file")
    for target, content in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return list(targets)
