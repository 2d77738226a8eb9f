"""A problem set: pset.yaml checked against its suite, handout, reference and mistakes.

Loading reads source only. What costs more (filling every solution, exporting every public test, importing
mistakes) is done when asked for, and all of it by `grader.pset.check_course`.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import re
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from grader.errors import CourseError
from grader.pset.handout import Cell, code_cells, find_markers, parse_handout, starter_source
from grader.pset.schema import Limits, PsetFile, Question, Visibility
from grader.pset.solution import SolutionFiller
from grader.pset.suitefile import DeclaredTest, read_suite
from grader.pset.variants import Variant, declared_variants, load_variants
from grader.pset.yamlfile import SourceLines, read_yaml

__all__ = ["ProblemSet", "find_course", "load_problem_set", "resolve_problem_set"]


class ProblemSet:
    """One folder under psets/; made by `load_problem_set`."""

    def __init__(self, path: Path, course: Path, file: PsetFile, lines: SourceLines) -> None:
        self.path, self.course, self.file = path, course, file
        self._lines = lines

    def __repr__(self) -> str:
        return f"ProblemSet({str(self.path)!r})"

    @property
    def name(self) -> str:
        """The folder's name, such as ``"ps1"``."""
        return self.path.name

    @property
    def title(self) -> str:
        return self.file.title

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.file.questions

    @property
    def limits(self) -> Limits:
        return self.file.limits

    @property
    def visibility(self) -> Visibility:
        return self.file.visibility

    @property
    def fresh(self) -> Literal["submission", "question"]:
        return self.file.fresh

    @property
    def preload(self) -> tuple[str, ...]:
        return self.file.preload

    @property
    def due(self) -> datetime | None:
        return self.file.due

    @property
    def max_score(self) -> float:
        """Points of all questions, those graded by hand included."""
        return sum(question.points for question in self.questions)

    @property
    def functions(self) -> tuple[str, ...]:
        """Every name the student is asked to write, in the questions' order."""
        return tuple(dict.fromkeys(name for q in self.questions for name in q.functions))

    @property
    def suite_dir(self) -> Path:
        return self.path / "suite"

    @property
    def data_dir(self) -> Path | None:
        return self.path / self.file.data if self.file.data else None

    @property
    def handout_path(self) -> Path:
        return self.path / (self.file.handout or f"{self.name}.md")

    def shown(self, path: Path) -> str:
        """A path as messages show it, from the course's folder."""
        return path.relative_to(self.course).as_posix() if path.is_relative_to(self.course) else str(path)

    def question(self, question_id: str) -> Question:
        """The question of that id; raises `CourseError` for an unknown one."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise CourseError(f"{self.name} has no question {question_id!r}; {_nearest(question_id, self._ids)}")

    @property
    def _ids(self) -> list[str]:
        return [question.id for question in self.questions]

    @cached_property
    def tests(self) -> list[DeclaredTest]:
        """Every test the suite declares, read from its source."""
        return read_suite(self.suite_dir, self.course)

    @cached_property
    def handout_text(self) -> str:
        try:
            return self.handout_path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise CourseError(
                f"{self._lines.at('$.handout')}: the handout {self.shown(self.handout_path)} does not exist; "
                "write it, or name another file with handout:"
            ) from None
        except UnicodeDecodeError:
            raise CourseError(
                f"{self.shown(self.handout_path)} is not UTF-8 text; save it as UTF-8"
            ) from None

    @cached_property
    def handout_cells(self) -> list[Cell]:
        """The handout's cells with their tags, solutions not yet filled."""
        return parse_handout(self.handout_text, self.shown(self.handout_path))

    @cached_property
    def solved_cells(self) -> list[Cell]:
        """The handout's cells with every solution filled from the reference."""
        filler = SolutionFiller(self.course, self.shown(self.handout_path), frozenset(self.functions))
        return filler.fill(self.handout_cells)

    def solution_cells(self) -> list[str]:
        """Code cells of the solved handout."""
        return [cell.source for cell in code_cells(self.solved_cells)]

    def starter_cells(self) -> list[str]:
        """Code cells as the student gets them, otter's own apart."""
        return [starter_source(source) for source in self.solution_cells()]

    def data_files(self) -> dict[str, bytes]:
        """Content of every file that lies beside the notebook, by its path from there."""
        if self.data_dir is None:
            return {}
        files = _files(self.data_dir)
        return {file.relative_to(self.data_dir).as_posix(): file.read_bytes() for file in files}

    def mistakes(self) -> list[Variant]:
        """Named wrong versions of the student's functions, of mistakes.py; imports it and the reference."""
        return load_variants(self.path / "mistakes.py", self.course, "mistake")

    def alternatives(self) -> list[Variant]:
        """Right versions written differently, of alternatives.py; imports it and the reference."""
        return load_variants(self.path / "alternatives.py", self.course, "alternative")

    @cached_property
    def sha256(self) -> str:
        """Of everything that decides a grade; the same files give the same digest on every machine."""
        digest = hashlib.sha256()
        parts = [self.path / "pset.yaml", self.handout_path, self.path / "mistakes.py"]
        parts += [self.path / "alternatives.py", *_files(self.suite_dir), *_files(self.course / "reference")]
        parts += _files(self.data_dir) if self.data_dir else []
        for file in sorted(set(parts), key=self.shown):
            if file.is_file():
                for part in (self.shown(file).encode(), file.read_bytes()):
                    digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    """Files of a folder that are a course's own, in a fixed order: no caches and nothing hidden."""
    found = [file for file in folder.rglob("*") if file.is_file()]
    names = [(file, file.relative_to(folder).parts) for file in found]
    own = [file for file, parts in names if not any(p.startswith(".") or p == "__pycache__" for p in parts)]
    return sorted(own, key=lambda file: file.relative_to(folder).as_posix())


def _nearest(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"there is {', '.join(known) or 'none'}"


def find_course(start: Path) -> Path:
    """The nearest folder from ``start`` upward that holds psets/; raises `CourseError` where there is none."""
    start = Path(start).resolve()
    for folder in (start, *start.parents):
        if (folder / "psets").is_dir():
            return folder
    raise CourseError(
        f"no course at or above {start}: no folder there holds psets/; say which with --course DIR"
    )


def resolve_problem_set(name: str, course: Path | None = None) -> Path:
    """The folder of a problem set given as a path or as a name under psets/ of the course.

    Raises `CourseError` with the names there are.
    """
    given = Path(name)
    if (given / "pset.yaml").is_file():
        return given.resolve()
    root = find_course(course or Path.cwd())
    folder = root / "psets" / name
    if (folder / "pset.yaml").is_file():
        return folder
    if given.is_dir() or folder.is_dir():
        raise CourseError(f"{folder if folder.is_dir() else given} holds no pset.yaml; write one there")
    known = sorted(file.parent.name for file in (root / "psets").glob("*/pset.yaml"))
    raise CourseError(f"no problem set {name!r} in {root / 'psets'}; {_nearest(name, known)}")


def load_problem_set(path: Path | str) -> ProblemSet:
    """The problem set in the folder ``path``, its files checked against one another.

    Raises `CourseError`: one sentence with the file, the line where known, and the mend.
    """
    folder = Path(path).resolve()
    if not folder.is_dir():
        raise CourseError(f"{path} is not a folder; give a problem set's folder, such as psets/ps1")
    course = find_course(folder)
    yaml_path = folder / "pset.yaml"
    file, lines = read_yaml(yaml_path, yaml_path.relative_to(course).as_posix(), PsetFile)
    problem_set = ProblemSet(folder, course, file, lines)
    _check_questions(problem_set, lines)
    _check_suite(problem_set, lines)
    _check_handout(problem_set, lines)
    _check_variants(problem_set)
    return problem_set


def _check_questions(pset: ProblemSet, lines: SourceLines) -> None:
    if pset.due is not None and pset.due.tzinfo is None:
        raise CourseError(
            f"{lines.at('$.due')}: due has no offset from UTC; write one, as in 2027-02-21T23:59:00-05:00"
        )
    if pset.data_dir is not None and not pset.data_dir.is_dir():
        raise CourseError(f"{lines.at('$.data')}: the data folder {pset.shown(pset.data_dir)} does not exist")
    seen: dict[str, int] = {}
    owner: dict[str, str] = {}
    for index, question in enumerate(pset.questions):
        at = f"$.questions[{index}]"
        if question.id in seen:
            first = lines.line(f"$.questions[{seen[question.id]}]")
            raise CourseError(
                f"{lines.at(at, 'id')}: question {question.id!r} is also in line {first}; give each its own id"
            )
        seen[question.id] = index
        for name in question.functions:
            if not name.isidentifier():
                raise CourseError(f"{lines.at(at, 'functions')}: {name!r} cannot be a function's name")
            if owner.setdefault(name, question.id) != question.id:
                raise CourseError(
                    f"{lines.at(at, 'functions')}: {name} is also a function of {owner[name]}; a function "
                    "belongs to one question"
                )


def _check_suite(pset: ProblemSet, lines: SourceLines) -> None:
    by_question: dict[str, list[DeclaredTest]] = {question_id: [] for question_id in pset._ids}
    for test in pset.tests:
        where = f"{pset.shown(test.file)}:{test.line}"
        if test.question not in by_question:
            raise CourseError(
                f"{where}: {test.name} names question {test.question!r}, which pset.yaml does not have; "
                f"{_nearest(test.question, pset._ids)}"
            )
        by_question[test.question].append(test)
    for index, question in enumerate(pset.questions):
        tests, at = by_question[question.id], f"$.questions[{index}]"
        if question.manual and tests:
            raise CourseError(
                f"{pset.shown(tests[0].file)}:{tests[0].line}: {tests[0].name} names {question.id!r}, which "
                "pset.yaml says is graded by hand; drop manual: true or the test"
            )
        if question.manual:
            continue
        if not tests:
            raise CourseError(
                f"{lines.at(at, 'id')}: no test names question {question.id!r}; write one in suite/, or say "
                "manual: true"
            )
        if any(test.cases is None for test in tests):
            continue  # the collected suite knows the number of cases
        total = sum(test.points * (test.cases or 0) for test in tests)
        if abs(total - question.points) > 1e-9:
            raise CourseError(
                f"{lines.at(at, 'points')}: question {question.id!r} has {question.points:g} points but its "
                f"tests add up to {total:g}; change one of them"
            )


def _check_handout(pset: ProblemSet, lines: SourceLines) -> None:
    text, shown = pset.handout_text, pset.shown(pset.handout_path)
    defined = set(re.findall(r"^(?:def|class)\s+(\w+)", text, re.M))
    named = re.findall(r"#\s*BEGIN\s+QUESTION[^\n]*\n(?:[^\n`#]*\n)*?\s*name:\s*['\"]?([\w-]+)", text, re.I)
    for index, question in enumerate(pset.questions):
        at = f"$.questions[{index}]"
        for name in question.functions:
            if name not in defined:
                raise CourseError(
                    f"{lines.at(at, 'functions')}: {question.id} asks for {name}, which {shown} does not "
                    f"define; add a cell with 'def {name}(...)'"
                )
        if question.id not in named:
            raise CourseError(
                f"{lines.at(at, 'id')}: {shown} has no '# BEGIN QUESTION' named {question.id}; add one"
            )
    for name in named:
        if name not in pset._ids:
            line = text.count("\n", 0, re.search(rf"name:\s*['\"]?{re.escape(name)}\b", text).start()) + 1  # type: ignore[union-attr]
            raise CourseError(
                f"{shown}:{line}: question {name!r} is not in pset.yaml; {_nearest(name, pset._ids)}"
            )
    repeated = next((name for name in named if named.count(name) > 1), None)
    if repeated:
        raise CourseError(f"{shown}: question {repeated!r} begins twice; join the two")
    filler = SolutionFiller(pset.course, shown, frozenset(pset.functions))
    for marker in find_markers(text):
        filler.find(marker.target, f"{shown}:{marker.line}")


def _check_variants(pset: ProblemSet) -> None:
    tested = {name for q in pset.questions if not q.manual for name in q.functions}
    for kind in ("mistake", "alternative"):
        seen: dict[str, int] = {}
        for declared in declared_variants(pset.path / f"{kind}s.py", pset.course, kind):
            where = f"{pset.shown(pset.path / f'{kind}s.py')}:{declared.line}"
            if declared.name in seen:
                raise CourseError(
                    f"{where}: {declared.name} is also in line {seen[declared.name]}; rename one"
                )
            seen[declared.name] = declared.line
            if declared.function is not None and declared.function not in tested:
                raise CourseError(
                    f"{where}: {kind} {declared.name} stands for {declared.function!r}, which no tested "
                    f"question asks for; {_nearest(declared.function, sorted(tested))}"
                )
