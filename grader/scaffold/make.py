"""Fill the templates: every file is prepared first, and nothing is written unless all of them can be."""

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

# A problem set's name is also a folder's and a Python module's, reference/NAME.py.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ENDING = ".in"
"""Of a template, so that no tool takes it for the file it will be."""


def new_problem_set(name: str, course: Path) -> list[Path]:
    """Write a working problem set into a course: its folder, its answers and their test; what was written.

    Raises `CourseError` for a name that cannot be used, and where a file of it exists already.
    """
    return _write(_filled("pset", {"pset": _usable(name), "seed": new_seed()}), course)


def new_course(folder: Path, name: str = "ps1") -> list[Path]:
    """Write a course with one problem set and its continuous integration into an empty folder; what was written.

    The course brings the wheel of this gradmark, which its requirements.txt installs.

    Raises `CourseError` where the folder holds anything but a repository's own ``.git``.
    """
    if folder.exists() and (not folder.is_dir() or any(entry.name != ".git" for entry in folder.iterdir())):
        raise CourseError(f"{folder} is not empty; name a folder that does not exist yet")
    wheel, content = own_wheel()
    named = {"pset": _usable(name), "name": folder.resolve().name, "wheel": wheel, "seed": new_seed()}
    return _write({**_filled("course", named), **_filled("pset", named), f"wheels/{wheel}": content}, folder)


def _usable(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise CourseError(
            f"{name!r} cannot name a problem set; use a letter, then letters, digits or _, as in ps2"
        )
    return name


def _filled(kind: str, named: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a kind of template, by their path in the course."""
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
        raise CourseError(f"{taken[0]} exists already; choose another name, or move it away")
    for target, content in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return list(targets)
