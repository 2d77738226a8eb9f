"""An otter assignment in whatever form it lies there: a folder, a notebook, a master of otter assign, an archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.adopt.assignment import Assignment, Question
from grader.adopt.otter.files import (
    archive_files,
    doubts_about_settings,
    is_archive,
    is_new_printing,
    read_file,
    read_settings,
    required,
    unpacked,
)
from grader.adopt.otter.manual import manual_questions, worthless
from grader.adopt.otter.master import is_master, read_master, student_notebook
from grader.adopt.otter.notebook import (
    Notebook,
    author_cells,
    called_keys,
    grader_of,
    language_of,
    metadata_tests,
    open_notebook,
    title_of,
    with_solution,
)
from grader.adopt.otter.places import Place, place_of
from grader.adopt.otter.tests import Grader, TestFile, read_test_file, told_apart
from grader.errors import CourseError
from grader.points import total

__all__ = ["looks_like_otter", "notebook_of", "read_otter"]


@dataclass
class _Reading:
    """What is known while an assignment is read."""

    tests: list[TestFile]
    notebook: Notebook | None
    doubts: list[str] = field(default_factory=list)


def looks_like_otter(path: Path) -> bool:
    """Whether there is an assignment of otter's, okpy's or gofer's; never raises."""
    try:
        if path.is_file() and path.suffix == ".zip":
            return is_archive(path)
        if (
            path.is_file()
            and path.suffix == ".ipynb"
            and is_master(open_notebook(path.read_bytes(), path.name))
        ):
            return True
        place = place_of(path)
        if place.master or place.archive or place.notebook is None:
            return bool(place.master or place.archive or place.has_tests())
        notebook = open_notebook(place.notebook.read_bytes(), place.notebook.name)
        return bool(notebook.otter.get("tests")) or place.has_tests()
    except (CourseError, OSError):
        return False


def read_otter(path: Path) -> Assignment:
    """The assignment at a path.

    Args:
        path: A folder with ``tests/`` or a notebook that holds tests, such a notebook, a master notebook of otter
            assign or a folder with one, or an ``autograder.zip``.

    Raises:
        CourseError: There is none, it cannot be read, or it is in another language than Python.
    """
    if not path.exists():
        raise CourseError(
            f"{path} does not exist; give an otter assignment's folder, notebook or autograder.zip"
        )
    if path.is_file() and path.suffix == ".zip":
        return _of_archive(path, None, path)
    place = place_of(path)
    if place.master:
        return read_master(place.master, path)
    if place.archive:
        return _of_archive(place.archive, place, path)
    return _of_folder(place, path)


def notebook_of(path: Path) -> Notebook | None:
    """The notebook whose code `read_otter` gives as the assignment's cells, with its prose; None if there is none."""
    place = None if path.is_file() and path.suffix == ".zip" else place_of(path)
    if place is not None and place.master:
        return student_notebook(place.master)
    if place is not None and place.notebook:
        return _open(place.notebook)
    archive = place.archive if place else path
    return _notebook_in(unpacked(archive)) if archive else None


def _notebook_in(files: Mapping[str, bytes]) -> Notebook | None:
    """The notebook in an archive that is least deep in its folders."""
    within = sorted(
        (name for name in files if name.endswith(".ipynb")), key=lambda name: (name.count("/"), name)
    )
    return open_notebook(files[within[0]], within[0]) if within else None


# Folders -----------------------------------------------------------------------------------------------------------


def _of_folder(place: Place, path: Path) -> Assignment:
    notebook = _open(place.notebook)
    solved = _open(place.solution)
    asked = [found for one in (notebook, solved) if one and (found := grader_of(one))]
    grader: Grader = asked[0] if asked else "okpy" if place.has_ok_file() else "otter"
    tests, doubts = [], [*place.doubts]
    for file in place.tests:
        if other := place.elsewhere.get(file.stem):
            doubts.append(f"tests/{file.name} is left out, because only {other} checks it.")
        else:
            tests.append(read_test_file(read_file(file), file.stem, f"tests/{file.name}", grader))
    whole = _open(place.complete) or notebook
    if whole and not any(test.questions for test in tests):
        tests = metadata_tests(whole) or tests
    files = {name: read_file(file) for name, file in place.settings.items()}
    settings = read_settings(files.get("otter_config.json"), "otter_config.json")
    _check_language(settings, notebook)
    made = _assembled(_Reading(tests, notebook, doubts), path, _named(place, path), settings)
    made = replace(
        made,
        files=place.files(),
        secrets=tuple(place.secrets),
        requirements=required(files),
        solution_file=read_file(place.solution) if place.solution else None,
    )
    return _solved(made, solved)


def _named(place: Place, path: Path) -> str:
    return place.notebook.stem if place.notebook else path.name


def _open(path: Path | None) -> Notebook | None:
    return open_notebook(read_file(path), path.name) if path else None


def _solved(made: Assignment, solved: Notebook | None) -> Assignment:
    if solved is None:
        return made
    if not made.cells:
        return made
    cells, whole = with_solution(made.cells, solved)
    return replace(made, cells=cells, solved=whole)


# Archives ----------------------------------------------------------------------------------------------------------


def _of_archive(archive: Path, place: Place | None, path: Path) -> Assignment:
    """An autograder.zip; ``place`` is what lies beside it, if a folder was given."""
    files = unpacked(archive)
    settings = read_settings(files.get("otter_config.json"), f"otter_config.json in {archive.name}")
    notebook = _open(place.notebook) if place else None
    if notebook is None:
        notebook = _notebook_in(files)
    _check_language(settings, notebook)
    tests = [
        read_test_file(content, Path(name).stem, name, "otter")
        for name, content in sorted(files.items())
        if name.startswith("tests/")
        and name.endswith(".py")
        and name.count("/") == 1
        and "__init__" not in name
    ]
    if not tests:
        raise CourseError(f"{archive.name} has no Python files in tests/; make it again with otter generate")
    name = (
        place.notebook.stem if place and place.notebook else str(settings.get("assignment_name") or path.stem)
    )
    made = _assembled(_Reading(tests, notebook), path, name, settings)
    secrets = tuple(dict.fromkeys([archive, *(place.secrets if place else [])]))
    own = place.files() if place else {}
    made = replace(made, files={**own, **archive_files(files)}, secrets=secrets, requirements=required(files))
    if place and place.solution:
        made = _solved(replace(made, solution_file=read_file(place.solution)), _open(place.solution))
    return made


# What all of them have in common -----------------------------------------------------------------------------------


def _check_language(settings: Mapping[str, Any], notebook: Notebook | None) -> None:
    language = str(settings.get("lang") or (language_of(notebook) if notebook else "python")).lower()
    if language != "python":
        what = notebook.label if notebook else "otter_config.json"
        raise CourseError(
            f"{what} says that the assignment is in {language}; only Python can be graded, keep otter for it"
        )


def _assembled(reading: _Reading, path: Path, name: str, settings: Mapping[str, Any]) -> Assignment:
    notebook = reading.notebook
    tests, same = told_apart(reading.tests)
    doubts = [*reading.doubts, *(doubt for test in tests for doubt in test.doubts), *same]
    questions = {test.key: tuple(question.name for question in test.questions) for test in tests}
    checked = called_keys(notebook) if notebook else {}
    doubts += [
        f"{notebook.label if notebook else name} checks {key}, for which there is no test."
        for key in checked
        if key not in questions
    ]
    found = _in_order(tests, notebook, checked)
    if not found and not doubts:
        raise CourseError(f"{path.name} has no tests that otter would run; give the folder that holds tests/")
    doubts += worthless(found, notebook.label if notebook else name)
    whole = total(question.points for question in found if question.tests)
    doubts += doubts_about_settings(settings, "otter_config.json", whole)
    seed = settings.get("seed")
    return Assignment(
        "otter",
        name,
        (title_of(notebook) if notebook else "") or name,
        path,
        found,
        author_cells(notebook, questions) if notebook else (),
        notebook.texts if notebook else (),
        seed=seed if isinstance(seed, int) else None,
        seed_variable=str(settings.get("seed_variable") or ""),
        legacy_printing=not is_new_printing(test.source for one in found for test in one.tests),
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _in_order(
    tests: Sequence[TestFile], notebook: Notebook | None, checked: Mapping[str, int]
) -> tuple[Question, ...]:
    """The questions in the order of the notebook, and behind them those that it does not check."""
    last = len(notebook.cells) if notebook else 0
    known = {name for test in tests for name in (test.key, *(question.name for question in test.questions))}
    placed = manual_questions(notebook, checked, known) if notebook else []
    for test in tests:
        placed += [
            (
                checked.get(test.key, last),
                replace(question, called=test.key if test.key != question.name else ""),
            )
            for question in test.questions
        ]
    return tuple(question for _, question in sorted(placed, key=lambda pair: pair[0]))
