"""Drafts a problem set of gradmark's from another grader's assignment."""

from __future__ import annotations

import importlib.util
import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.adopt.assignment import Assignment
from grader.adopt.draft.answers import Reference, bound_by
from grader.adopt.draft.handout import handout_of
from grader.adopt.draft.layout import Group, groups_of, places_of
from grader.adopt.draft.prose import prose_of
from grader.adopt.draft.settings import MISTAKES, settings_of
from grader.adopt.draft.suite import Choices, Suite, known_names, suite_of
from grader.adopt.otter.notebook import Notebook, author_cells, open_notebook, with_solution
from grader.draws import new_seed
from grader.errors import CourseError
from grader.text import many

__all__ = ["Draft", "Look", "Seen", "draft_problem_set"]

ROUNDS = 12
"""How often a draft is looked at and corrected at most."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Seen:
    """What somebody saw who looked at a draft."""

    errors: tuple[str, ...] = ()
    """What its files get wrong, one sentence each."""
    faulty: frozenset[str] = frozenset()
    """Variables that cannot be asked for."""
    failing: frozenset[str] = frozenset()
    """The functions of tests that the solution fails."""
    passing: frozenset[str] = frozenset()
    """Those of tests that a notebook without answers passes."""


Look = Callable[[Path], Seen]


@dataclass
class Draft:
    """What was written."""

    files: list[str] = field(default_factory=list)
    """Its files, relative to the problem set's folder."""
    turned: int = 0
    """How many functions its suite has."""
    notes: list[str] = field(default_factory=list)
    """What its author should know, one sentence each."""


def draft_problem_set(
    found: Assignment, target: Path, *, solution: bytes | None = None, look: Look | None = None
) -> Draft:
    """Draft a problem set; writes all of its files or none.

    Args:
        found: The assignment.
        target: The problem set's folder, such as ``psets/hw1``, which is not there yet or empty.
        solution: A solved notebook; by default, the one that the assignment holds.
        look: Says what is wrong with a draft, so that it can be corrected.

    Raises:
        CourseError: There is something already, or the name cannot be a problem set's.
    """
    course, name = _course_of(target)
    if len(found.several) > 1:
        raise CourseError(f"{found.path} has several notebooks; draft a problem set of each, one at a time")
    found, notebook = _solved(found, solution)
    groups = groups_of(found)
    choices = Choices()
    prose = prose_of(found, notebook)
    seed = new_seed()
    seen = Seen()
    for _ in range(ROUNDS):
        made, suite, stubs = _files(found, name, groups, choices, prose, seed)
        if look is None:
            break
        seen = _looked_at(made, name, look)
        if not _correct(choices, seen, suite, name, solved=not stubs):
            break
    written = _write(made, course, name)
    return Draft(written, suite.turned, [*_notes(groups, suite, stubs), *seen.errors])


def _course_of(target: Path) -> tuple[Path, str]:
    whole = target.resolve()
    if whole.parent.name != "psets":
        raise CourseError(f"{target} is in no folder psets/; choose one that is, such as psets/{target.name}")
    if not _NAME.fullmatch(whole.name):
        raise CourseError(
            f"{whole.name!r} cannot be a problem set's name; use a letter, then letters, digits or _, as in hw1"
        )
    if whole.exists() and (not whole.is_dir() or any(whole.iterdir())):
        raise CourseError(f"{target} is not empty; choose a folder that does not exist yet")
    course = whole.parent.parent
    if (file := course / "reference" / f"{whole.name}.py").exists():
        raise CourseError(f"{file} already exists; choose another name, or move the file")
    return course, whole.name


def _solved(found: Assignment, solution: bytes | None) -> tuple[Assignment, Notebook | None]:
    """The assignment with its solution in its cells, and the notebook that these are of, if it has none itself."""
    content = solution or (None if found.solved else found.solution_file)
    if content is None:
        return found, None
    notebook = open_notebook(content, "the solution")
    if found.cells:
        cells, _ = with_solution(found.cells, notebook)
        return replace(found, cells=cells), None
    keys = {question.called or question.name: [question.name] for question in found.questions}
    cells = author_cells(notebook, keys)
    filled = [replace(one, source="", solution=one.source) if one.part == "starter" else one for one in cells]
    return replace(found, cells=tuple(filled)), notebook


def _files(
    found: Assignment, name: str, groups: Sequence[Group], choices: Choices, prose: list[list[str]], seed: str
) -> tuple[dict[str, bytes], Suite, list[str]]:
    """The draft's files, by their paths in the course."""
    known = known_names(found)
    suite = suite_of(found, known, groups, choices)
    asked = set().union(*suite.asked.values())
    places = places_of(found, groups)
    reference = Reference(f"reference.{name}", found.cells, known.imports, asked & known.functions)
    handout = handout_of(found, groups, places, prose, reference, asked, known)
    owner = {
        one: group.id
        for cell, group in zip(found.cells, places, strict=True)
        if group is not None and cell.part == "starter"
        for one in sorted(bound_by(cell))
    }
    if not found.cells:
        owner = {one: group for group, names in suite.asked.items() for one in sorted(names)}
    read = " ".join([*reference.parts, *(cell.source for cell in found.cells if cell.part != "check")])
    words = set(re.findall(r"\w+", read))
    imports = sorted({*(text for one, text in known.imports.items() if one in words), *known.stars})
    preload = _preloaded([*imports, *suite.imports])
    folder = f"psets/{name}"
    made = {
        f"{folder}/pset.yaml": settings_of(found, name, groups, suite, owner, known, preload, seed),
        f"{folder}/{name}.md": handout,
        f"{folder}/mistakes.py": MISTAKES,
        f"{folder}/suite/test_{name}.py": suite.text,
        f"reference/{name}.py": _reference_text(found, imports, reference),
    }
    whole = {path: text.encode() for path, text in made.items()}
    whole |= {f"{folder}/data/{path}": content for path, content in found.files.items()}
    return whole, suite, reference.stubs


def _reference_text(found: Assignment, imports: list[str], reference: Reference) -> str:
    title = found.title.replace("\\", "\\\\").replace('"', "'")
    parts = [f'"""The answers of {title}."""', "\n".join(imports), *reference.parts]
    return "\n\n\n".join(part for part in parts if part) + "\n"


def _preloaded(imports: Sequence[str]) -> list[str]:
    """The modules that the notebook's imports need and that are installed, without Python's own."""
    modules = ["numpy"]
    for statement in imports:
        words = statement.split()
        module = words[1].rstrip(",")
        top = module.partition(".")[0]
        if top not in sys.stdlib_module_names and _is_installed(module):
            modules.append(module)
        elif top in sys.stdlib_module_names and top != "math":
            modules.append(top)
    return list(dict.fromkeys(modules))


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


# Looking and correcting --------------------------------------------------------------------------------------------


def _looked_at(made: Mapping[str, bytes], name: str, look: Look) -> Seen:
    with tempfile.TemporaryDirectory() as folder:
        for path, content in {"reference/__init__.py": b"", **made}.items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return look(Path(folder) / "psets" / name)


def _correct(choices: Choices, seen: Seen, suite: Suite, name: str, *, solved: bool) -> bool:
    """Choose otherwise where something was wrong; says whether anything is to be tried."""
    if new := seen.faulty - choices.refused:
        choices.refused |= new
        return True
    changed = False
    for error in seen.errors:
        test = _test_at(error, suite.text, name)
        if not test or test in choices.left:
            continue
        if _is_public(test, suite.text):
            choices.hidden.add(test)
        else:
            choices.left[test] = error.partition(": ")[2] or error
        changed = True
    for test in sorted(seen.failing) if solved else ():
        if test in choices.plain:
            choices.left[test] = "the solution does not pass it in this form"
        choices.plain.add(test)
        changed = True
    for test in sorted(seen.passing):
        choices.left[test] = "it passes without an answer"
        changed = True
    return changed


def _test_at(error: str, text: str, name: str) -> str:
    """The function of the suite that a sentence is about."""
    found = re.match(rf"psets/{name}/suite/test_{name}\.py:(\d+): ", error)
    lines = text.splitlines()[: int(found[1]) + 1] if found else []
    starts = [line for line in lines if line.startswith("def ")]
    return starts[-1][4:].partition("(")[0] if starts else ""


def _is_public(test: str, text: str) -> bool:
    return bool(re.search(rf"public=True\)\ndef {re.escape(test)}\(", text))


def _notes(groups: Sequence[Group], suite: Suite, stubs: Sequence[str]) -> list[str]:
    """What the author should know."""
    units = {unit.name: (group, unit) for group in groups for unit in group.units}
    notes = [
        f"{units[test][1].original} is left out: {why}." for test, why in suite.left.items() if test in units
    ]
    for group in groups:
        lost = sum(unit.points for unit in group.units if unit.name in suite.left)
        if lost and group.id in suite.points:
            notes.append(f"{group.id} has {suite.points[group.id]} points, {lost} fewer than before.")
        elif lost:
            notes.append(f"{group.id} is left to a person, with all its points.")
    if stubs:
        notes.append(f"There was no solution: write {many(len(stubs), 'answer')} in the reference.")
    return notes


# Writing -----------------------------------------------------------------------------------------------------------


def _write(made: Mapping[str, bytes], course: Path, name: str) -> list[str]:
    """Write everything, or nothing; returns the files, relative to the problem set's folder."""
    made = dict(made)
    if not (course / "reference" / "__init__.py").exists():
        made["reference/__init__.py"] = b""
    done: list[Path] = []
    try:
        for path, content in made.items():
            file = course / path
            file.parent.mkdir(parents=True, exist_ok=True)
            done.append(file)
            file.write_bytes(content)
    except OSError as error:
        for file in done:
            file.unlink(missing_ok=True)
        raise CourseError(f"{error.filename} cannot be written: {error.strerror}; nothing was kept") from None
    folder = f"psets/{name}/"
    return [path.removeprefix(folder) if path.startswith(folder) else f"../../{path}" for path in made]
