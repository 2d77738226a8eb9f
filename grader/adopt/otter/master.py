"""Masters of otter assign: otter's own code takes them apart, which reads the notebook and runs nothing of it."""

from __future__ import annotations

import copy
import logging
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from grader.adopt.assignment import Assignment, Question
from grader.adopt.otter.files import (
    beside,
    declared,
    doubts_about_settings,
    is_new_printing,
    read_file,
    required,
)
from grader.adopt.otter.manual import manual_question, worthless
from grader.adopt.otter.notebook import (
    QUESTION,
    Notebook,
    author_cells,
    language_of,
    open_notebook,
    title_of,
    with_solution,
)
from grader.adopt.otter.tests import TestFile, read_dictionary, read_test_text
from grader.adopt.otter.v0 import is_first_format, without_fences
from grader.errors import CourseError
from grader.notebook.otter import ends_question
from grader.points import total

__all__ = ["is_master", "read_master", "student_notebook"]

_BEGIN = re.compile(r"#\s+(?:assignment\s+config|begin\s+question)\s*$", re.IGNORECASE | re.MULTILINE)
_FENCED = re.compile(
    r"^\s*```otter\s*\n\s*#\s+(?:assignment\s+config|begin\s+question)\s*$", re.IGNORECASE | re.MULTILINE
)
_CONFIG = re.compile(r"#\s+assignment\s+config\b", re.IGNORECASE)
_BEGIN_QUESTION = re.compile(r"#\s+begin\s+question\b", re.IGNORECASE)
_END_QUESTION = re.compile(r"#\s+end\s+question\b", re.IGNORECASE)
_OWN_MEANING = ("config_file", "runs_on", "seed")
"""Settings that are read here: otter would open files, or refuse what its first versions took."""


def is_master(notebook: Notebook) -> bool:
    """Whether otter assign would make something of it."""
    return is_first_format(notebook) or any(
        (cell.kind == "raw" and _BEGIN.match(cell.source))
        or (cell.kind == "markdown" and _FENCED.search(cell.source))
        for cell in notebook.cells
    )


class _Taken(NamedTuple):
    """A master that otter has taken apart."""

    student: Notebook
    solved: Notebook
    solved_file: bytes
    tests: Mapping[str, Any]
    questions: Sequence[Mapping[str, Any]]
    settings: dict[str, Any]
    doubts: list[str]


def read_master(master: Path, path: Path) -> Assignment:
    """The assignment that a master describes.

    Args:
        master: The notebook.
        path: What was given: the notebook, or a folder that holds it.

    Raises:
        CourseError: Otter is not installed, refuses the master, or it is in another language than Python.
    """
    content = read_file(master)
    notebook = open_notebook(content, master.name)
    if (language := language_of(notebook)) != "python":
        raise CourseError(f"{master.name} is in {language}; only Python can be graded, keep otter for it")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbformat's, about cells without identities
        taken = _taken_apart(content, notebook, master)
    tests = [_read_test(name, spec, master.name) for name, spec in taken.tests.items()]
    doubts = [doubt for test in tests for doubt in test.doubts]
    questions = _questions(taken, tests, master.name, doubts)
    known = {test.key: [question.name for question in test.questions] for test in tests}
    cells, solved = with_solution(author_cells(taken.student, known), taken.solved)
    files, more = _files(master, taken.settings)
    seed, variable = _seed(taken.settings)
    generate = taken.settings.get("generate")
    generate = generate if isinstance(generate, dict) else {}
    doubts += [*taken.doubts, *more]
    whole = total(question.points for question in questions if question.tests)
    doubts += doubts_about_settings(generate, f"generate in {master.name}", whole)
    return Assignment(
        "otter",
        master.stem,
        title_of(taken.student) or master.stem,
        path,
        tuple(_with_cells(question, taken.student) for question in questions),
        cells,
        taken.student.texts,
        solved=solved,
        solution_file=taken.solved_file,
        files=files,
        secrets=(master,),
        requirements=_required(master.parent, taken.settings),
        seed=seed,
        seed_variable=variable,
        legacy_printing=not is_new_printing(test.source for question in questions for test in question.tests),
        doubts=tuple(dict.fromkeys(doubts)),
    )


def student_notebook(master: Path) -> Notebook:
    """What students get of a master, whose code `read_master` gives as the assignment's cells.

    Raises:
        CourseError: It cannot be read.
    """
    content = read_file(master)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbformat's, about cells without identities
        return _taken_apart(content, open_notebook(content, master.name), master).student


def _read_test(name: str, spec: Any, label: str) -> TestFile:
    called = f"The test {name} in {label}"
    return (
        read_test_text(spec, name, called, "otter")
        if isinstance(spec, str)
        else read_dictionary(spec, name, called, "otter")
    )


def _questions(
    taken: _Taken, tests: Sequence[TestFile], label: str, doubts: list[str]
) -> tuple[Question, ...]:
    """The questions in the master's order."""
    tested = {question.name: question for test in tests for question in test.questions}
    found: dict[str, Question] = {}
    for settings in taken.questions:
        name, manual = str(settings.get("name", "")), bool(settings.get("manual", False))
        if name in tested:
            found[name] = replace(tested[name], manual=manual)
            if manual:
                doubts.append(
                    f"{name} in {label} is marked manual and has tests: its points are those of the tests."
                )
        elif manual:
            found[name] = manual_question(name, settings.get("points"))
        elif name not in found:
            doubts.append(
                f"{name} in {label} has neither tests nor `manual: true`; as in otter, it is not graded."
            )
    made = tuple((found | {name: one for name, one in tested.items() if name not in found}).values())
    doubts += worthless(made, label)
    return made


def _with_cells(question: Question, student: Notebook) -> Question:
    """A question that people grade, with its cells."""
    cells = student.cells
    marked = [at for at, cell in enumerate(cells) if cell.question == question.name]
    if not question.manual or not marked:
        return question
    end = marked[-1] + 1
    for at in range(end, len(cells)):  # otter adds cells, and a comment behind them
        if cells[at].question:
            break
        if ends_question(cells[at].source):
            end = at
            break
    return replace(question, asked=tuple(cell.source for cell in cells[marked[0] : end]))


# Otter's part ------------------------------------------------------------------------------------------------------


def _taken_apart(content: bytes, notebook: Notebook, master: Path) -> _Taken:
    try:
        import nbformat
        from otter.assign.assignment import Assignment as OtterAssignment
        from otter.assign.blocks import extract_all_fenced_otter_cells
        from otter.assign.notebook_transformer import NotebookTransformer
        from otter.assign.solutions import overwrite_seed_vars, strip_solutions_and_output
        from otter.assign.tests_manager import AssignmentTestsManager
        from otter.nbmeta_config import NBMetadataConfig
    except ImportError:
        raise CourseError(
            f"{master.name} is a master of otter assign, which takes otter-grader to read: pip install otter-grader"
        ) from None
    logging.getLogger("otter").setLevel(logging.ERROR)
    try:
        whole = nbformat.reads(content.decode("utf-8-sig"), as_version=4)
        for cell in whole.cells:
            cell.setdefault("metadata", nbformat.NotebookNode())
            if cell.cell_type == "code":
                cell.setdefault("outputs", [])
        old = is_first_format(notebook)
        if old:
            whole.cells = without_fences(whole.cells, nbformat.v4.new_raw_cell)
        whole.cells = extract_all_fenced_otter_cells(whole.cells)
        doubts: list[str] = []
        settings = _settings_of(whole.cells, master.parent, doubts)
        questions = _marked(whole.cells)
        assignment = OtterAssignment()
        assignment.lang, assignment.master, assignment.result = "python", master, master.parent
        tests = AssignmentTestsManager(assignment)
        solved = NotebookTransformer(assignment, tests).transform_notebook(whole).transformed_nb
        assignment.tests.files = False
        if old:
            assignment.strip_solutions_from_all_cells = True
        student = strip_solutions_and_output(assignment, solved)
        if (variable := _seed_settings(settings).get("variable")) is not None:
            student = overwrite_seed_vars(student, variable, _seed_settings(settings).get("student_value"))
        metadata = NBMetadataConfig({})
        tests.write_tests(metadata, "", include_hidden=True)
    except Exception as error:  # otter asserts, and raises whatever its parts raise
        says = " ".join(str(error).split())[:300] or type(error).__name__
        raise CourseError(
            f"otter assign cannot read {master.name}: {says}; correct it until otter assign runs"
        ) from None
    solved_file = nbformat.writes(_without_marks(solved)).encode()
    return _Taken(
        open_notebook(nbformat.writes(student).encode(), master.name),
        open_notebook(solved_file, master.name),
        solved_file,
        dict(metadata.tests or {}),
        questions,
        settings,
        doubts,
    )


def _settings_of(cells: Sequence[Any], folder: Path, doubts: list[str]) -> dict[str, Any]:
    """The assignment's settings; takes from their cells what otter is not to see."""
    found: dict[str, Any] = {}
    for cell in cells:
        if cell.cell_type != "raw" or not _CONFIG.match(cell.source):
            continue
        settings = yaml.safe_load(cell.source)
        if not isinstance(settings, dict):
            continue
        if isinstance(named := settings.get("config_file"), str):
            try:
                read = yaml.safe_load((folder / named).read_text(encoding="utf-8"))
            except OSError:
                read = {}
                doubts.append(f"The settings name the file {named}, which is not there.")
            settings = {**(read if isinstance(read, dict) else {}), **settings}
        found |= settings
        kept = {key: value for key, value in settings.items() if key not in _OWN_MEANING}
        cell.source = f"# ASSIGNMENT CONFIG\n{yaml.safe_dump(kept, sort_keys=False)}"
    return found


def _marked(cells: Sequence[Any]) -> list[Mapping[str, Any]]:
    """The settings of each question; its cells get its name, which stays with them."""
    found: list[Mapping[str, Any]] = []
    name = ""
    for cell in cells:
        if cell.cell_type == "raw" and _BEGIN_QUESTION.match(cell.source):
            settings = yaml.safe_load(cell.source)
            found.append(settings if isinstance(settings, dict) else {})
            name = str(found[-1].get("name", ""))
        elif cell.cell_type == "raw" and _END_QUESTION.match(cell.source):
            name = ""
        elif name:
            cell.metadata["gradmark"] = {QUESTION: name}
    return found


def _without_marks(notebook: Any) -> Any:
    """The same notebook without what was written into it here, and with the same identities whenever it is made."""
    made = copy.deepcopy(notebook)
    for number, cell in enumerate(made.cells):
        cell.metadata.pop("gradmark", None)
        if "id" in cell:
            cell["id"] = f"cell-{number}"
    return made


# Settings ----------------------------------------------------------------------------------------------------------


def _seed_settings(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    seed = settings.get("seed")
    return seed if isinstance(seed, Mapping) else {}


def _seed(settings: Mapping[str, Any]) -> tuple[int | None, str]:
    """What otter seeds with while it grades, and the variable that gets it, if there is one."""
    generate = settings.get("generate")
    generate = generate if isinstance(generate, Mapping) else {}
    own = _seed_settings(settings)
    value = own.get("autograder_value") if own.get("variable") else generate.get("seed", settings.get("seed"))
    variable = own.get("variable") or generate.get("seed_variable") or ""
    return value if isinstance(value, int) else None, str(variable)


def _files(master: Path, settings: Mapping[str, Any]) -> tuple[dict[str, bytes], list[str]]:
    """The files that the settings name, and all that lies beside a master that has its folder to itself."""
    found, doubts = declared(master.parent, settings)
    if sum(1 for _ in master.parent.glob("*.ipynb")) == 1:
        found = {**beside(master.parent, [master]), **found}
    return found, doubts


def _required(folder: Path, settings: Mapping[str, Any]) -> tuple[str, ...]:
    named = settings.get("requirements")
    if isinstance(named, list):
        return required({"requirements.txt": "\n".join(map(str, named)).encode()})
    for setting, name in (("requirements", "requirements.txt"), ("environment", "environment.yml")):
        if isinstance(one := settings.get(setting), str) and (folder / one).is_file():
            return required({name: read_file(folder / one)})
    return ()
