"""Assignments and their submissions as they lie in a folder, and what the originals need to grade them.

In the folder each entry is an assignment, a folder or a notebook; beside ``NAME`` lie ``NAME.submissions`` or
``NAME.solved`` with what is handed in: ``SOMEBODY.ipynb``, or ``SOMEBODY/`` with the notebook or notebooks.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from benchmarks.adopted.tests_of_okpy import CLIENTS, as_otter_takes_it
from grader.adopt.otter.assignment import looks_like_otter

__all__ = ["Assignment", "assignments_in", "for_nbgrader", "for_otter"]

BESIDE = (".submissions", ".solved")
SKIPPED = {"__pycache__", ".ipynb_checkpoints", "tests", "submitted", "autograded", "feedback", "release"}


class Assignment(NamedTuple):
    """What lies in the folder."""

    name: str
    path: Path
    original: Literal["otter", "nbgrader"]
    submissions: Path


def assignments_in(folder: Path) -> Iterator[Assignment]:
    """Every assignment that has submissions beside it."""
    for path in sorted(folder.iterdir()):
        if (
            path.suffix in BESIDE
            or path.name.startswith(".")
            or not (path.is_dir() or path.suffix == ".ipynb")
        ):
            continue
        name = path.stem if path.is_file() else path.name
        beside = [folder / f"{name}{suffix}" for suffix in BESIDE]
        handed = next((one for one in beside if one.is_dir()), path / "submitted")
        if handed.is_dir():
            yield Assignment(name, path, "otter" if looks_like_otter(path) else "nbgrader", handed)


def for_nbgrader(assignment: Assignment, folder: Path, python: Path) -> tuple[Path, str]:
    """Write a course with the assignment as its only one and all submissions; returns it and the assignment's name.

    Of a course without ``source`` the gradebook has the tests.
    """
    path = assignment.path
    for name in ("nbgrader_config.py", "gradebook.db"):
        if (path / name).exists() and not any(path.glob("source/*/")):
            shutil.copy(path / name, folder)
    inside = [*sorted(path.glob("source/*/")), *sorted(path.glob("release/*/"))]
    given = inside[0] if inside else path
    name = given.name if inside else assignment.name
    place = folder / (given.parent.name if inside else "source") / name
    if given.is_dir():
        shutil.copytree(given, place, ignore=shutil.ignore_patterns(*SKIPPED, "*.db"))
    else:
        place.mkdir(parents=True)
        shutil.copy(given, place)
    notebooks = sorted(place.glob("*.ipynb"))
    for handed in sorted(assignment.submissions.iterdir()):
        target = folder / "submitted" / (handed.stem if handed.is_file() else handed.name) / name
        target.mkdir(parents=True)
        work = handed / name if (handed / name).is_dir() else handed
        if work.is_dir():
            shutil.copytree(work, target, dirs_exist_ok=True)
        else:
            shutil.copy(work, target)
        if len(notebooks) == len(copies := sorted(target.glob("*.ipynb"))) == 1:
            copies[0].rename(target / notebooks[0].name)
    for notebook in folder.rglob("*.ipynb"):
        _on_this_kernel(notebook)
    # What is of today's schema stays as it is.
    subprocess.run(
        [str(python), "-m", "nbgrader", "update", "."], cwd=folder, check=True, capture_output=True
    )
    return folder, name


def for_otter(assignment: Assignment, folder: Path, python: Path) -> tuple[Path, Path]:
    """Write an ``autograder.zip`` and the submissions; returns both paths.

    What otter 7 refuses, it gets as it takes it, as `tests_of_okpy` says.

    Raises:
        ValueError: There are no tests that otter could be given.
    """
    submissions = folder / "submissions"
    path = assignment.path
    notebooks = [path] if path.is_file() else sorted(path.glob("*.ipynb"))
    for handed in sorted(assignment.submissions.iterdir()):
        notebook = handed if handed.is_file() else next(iter(sorted(handed.glob("*.ipynb"))))
        target = submissions / (handed.stem if handed.is_file() else handed.name)
        target.mkdir(parents=True)
        copy = Path(shutil.copy(notebook, target / (notebooks[0].name if notebooks else notebook.name)))
        _on_this_kernel(copy)
    archive = next(iter(sorted(path.glob("*autograder*.zip"))), None)
    master = next((one for one in notebooks if _is_master(one)), None)
    given = any(path.glob("tests/*.py")) or any(_in_metadata(notebooks))
    if archive is None and master and not given:  # what students get says "BEGIN QUESTION" too
        archive = _assigned(master, folder / "assigned", python)
    content = folder / "autograder"
    if archive:
        shutil.unpack_archive(archive, content)
    else:
        _without_archive(path, notebooks, content)
    if not any(content.glob("tests/*.py")):
        raise ValueError(f"{path} has no tests, or otter makes none of it")
    _nameless(content / "otter_config.json")
    return Path(shutil.make_archive(str(content), "zip", content)), submissions


def _without_archive(path: Path, notebooks: list[Path], folder: Path) -> None:
    """What an ``autograder.zip`` holds: the tests of a folder or a notebook, and what else lies in the folder."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for test in sorted(path.rglob("tests/*.py")):
        if test.name != "__init__.py" and not (tests / test.name).exists():
            (tests / test.name).write_text(
                as_otter_takes_it(test.read_text(encoding="utf-8")), encoding="utf-8"
            )
    if not any(tests.iterdir()):
        for name, text in _in_metadata(notebooks):
            (tests / f"{name}.py").write_text(text, encoding="utf-8")
    _tell_namesakes_apart(sorted(tests.iterdir()))
    files = folder / "files"
    if path.is_dir():
        left = shutil.ignore_patterns(*SKIPPED, "*.ipynb", "*.zip", "*.ok", "solution*", ".git")
        shutil.copytree(path, files, ignore=left)
    for name, text in CLIENTS.items():
        (files / name).parent.mkdir(parents=True, exist_ok=True)
        (files / name).write_text(text, encoding="utf-8")
    (folder / "otter_config.json").write_text(json.dumps({"lang": "python"}), encoding="utf-8")


def _tell_namesakes_apart(tests: list[Path]) -> None:
    """Call tests after their files where they have no name or share one: otter keeps one of those that share it."""
    named = {path: (_NAME.search(path.read_text(encoding="utf-8")) or [""] * 3)[2] for path in tests}
    count = Counter(named.values())
    for path, name in named.items():
        if not name or count[name] > 1:
            text = path.read_text(encoding="utf-8")
            if "OK_FORMAT = True" in text:
                path.write_text(f"{text}\ntest['name'] = {path.stem!r}\n", encoding="utf-8")


_NAME = re.compile(r"""['"]name['"]\s*:\s*(['"])(.*?)\1""")


def _in_metadata(notebooks: list[Path]) -> Iterator[tuple[str, str]]:
    """The name and text of each test that a notebook's metadata hold."""
    for path in notebooks:
        said = json.loads(path.read_text(encoding="utf-8")).get("metadata", {}).get("otter", {})
        for name, test in said.get("tests", {}).items():
            yield name, f"OK_FORMAT = True\n\ntest = {test!r}\n" if isinstance(test, dict) else "".join(test)


def _nameless(path: Path) -> None:
    """Let the assignment have no name: otter refuses a notebook that does not repeat it."""
    if path.exists():
        config = json.loads(path.read_text(encoding="utf-8"))
        config.pop("assignment_name", None)
        path.write_text(json.dumps(config), encoding="utf-8")


def _assigned(master: Path, folder: Path, python: Path) -> Path:
    """The ``autograder.zip`` that ``otter assign`` makes of a master notebook."""
    shutil.copytree(
        master.parent, folder, ignore=shutil.ignore_patterns("*.submissions", "*.solved", "*.zip")
    )
    command = [str(python), "-m", "otter", "assign", master.name, "to", "--no-run-tests", "--no-pdfs"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=_activated(python))
    made = sorted((folder / "to").glob("autograder/*.zip"))
    if run.returncode or not made:
        raise ValueError(f"otter assign: {(run.stderr or run.stdout)[-1000:]}")
    return made[0]


def _activated(python: Path) -> dict[str, str]:
    return {**os.environ, "PATH": f"{python.parent}:{os.environ['PATH']}"}


def _on_this_kernel(path: Path) -> None:
    """Name the one kernel that an environment has, in place of what the notebook's author called theirs."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    if notebook.setdefault("metadata", {}).get("kernelspec") != kernel:
        notebook["metadata"]["kernelspec"] = kernel
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False), encoding="utf-8")


def _is_master(path: Path) -> bool:
    """Whether ``otter assign`` makes something of a notebook, in either of its formats."""
    texts = ["".join(cell.get("source", "")).lower() for cell in _cells(path)]
    return any(
        "begin question" in text or "assignment config" in text or "begin assignment" in text
        for text in texts
    )


def _cells(path: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")).get("cells", [])
    return cells
