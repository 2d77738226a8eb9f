"""Prove that nothing students get reveals an answer, a hidden test or a mistake.

The proof reads the result: every text in the folder, including cells, outputs and metadata of notebooks, is compared
line by line with the reference, the suite and the mistakes. The same check also reads the sources, before anything is
built, and gives the line to correct.
"""

from __future__ import annotations

import ast
import copy
import io
import json
import re
import tokenize
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.build.values import AnswerValues
from grader.errors import CourseError
from grader.pset import ProblemSet, PublicTest, public_tests, starter_source
from grader.pset.digest import own_files
from grader.pset.otter import leftover

__all__ = ["Secrets", "assert_no_answers", "leaks_in_sources"]

# A line of code with fewer characters than this, not counting blanks, reveals nothing: `return z`, `n = len(y)`.
_TELLING = 14
# An expression this long, returned or assigned in the reference, reveals the answer under any name.
_TELLING_EXPRESSION = 24
# Code that many programs contain, however long.
_COMMON = re.compile(
    r"(from|import|def|class|@|for\w+inrange\(|else:|try:|if__name__|raise|rng=np\.random\.)"
)
_MODEL = "the model answer"
_FORBIDDEN_NAMES = set("reference suite mistakes mistakes.py alternatives alternatives.py pset.yaml variants.json".split())


def assert_no_answers(student: Path, pset: ProblemSet) -> None:
    """Raise `CourseError` naming the first leak in the folder (or zip) ``student``."""
    given = set(pset.data_files().values())
    Secrets(pset).refuse(_files(student), given)


def leaks_in_sources(pset: ProblemSet) -> Iterator[CourseError]:
    """What would reveal an answer in the handout, the public tests and the data, by file and line."""
    secrets = Secrets(pset)
    handout, shown = pset.handout_text.splitlines(), pset.shown(pset.handout_path)
    for cell in pset.solved_cells:
        if cell.kind == "raw" or (cell.kind == "markdown" and cell.block == "solution"):
            continue
        text = starter_source(cell.source) if cell.kind == "code" else cell.source
        if found := secrets.found_in(text):
            where = f"{shown}:{_line(handout, found.snippet, cell.line)}"
            yield CourseError(f"{where}: this must not reach students: {found.problem}; remove it")
    declared = {(test.question, test.name): test for test in pset.tests}
    for exported in secrets.public:
        if found := secrets.found_in(exported.source):
            test = declared[exported.question, exported.function]
            lines = test.file.read_text(encoding="utf-8").splitlines()
            where = f"{pset.shown(test.file)}:{_line(lines, found.snippet, test.line)}"
            yield CourseError(
                f"{where}: the public test {test.name} reveals a secret: {found.problem}; write it differently"
            )
    for name, content in pset.data_files().items():
        for text in _texts(name, content):
            if (found := secrets.found_in(text, data=True)) and pset.data_dir is not None:
                where = f"{pset.shown(pset.data_dir / name)}:{_line(text.splitlines(), found.snippet, 1)}"
                yield CourseError(f"{where}: this must not reach students: {found.problem}; remove it")


@dataclass(frozen=True)
class _Found:
    """A secret found in a text."""

    problem: str
    snippet: str


class Secrets:
    """What no student may read, ready to search many texts for."""

    def __init__(self, pset: ProblemSet) -> None:
        self._answers = _answer_lines(pset)
        self._expressions = _answer_expressions(pset)
        self._values = AnswerValues(pset)
        self.public = public_tests(pset)
        self._hidden = _hidden_lines(pset, self.public)
        mistakes, alternatives = pset.mistakes(), pset.alternatives()
        told = [("a mistake's sentence", one.says) for one in mistakes]
        told += [("an alternative's sentence", one.says) for one in alternatives]
        told += [("a symptom's sentence", one.says) for one in pset.symptoms()]
        told += [(_MODEL, text) for text in _model_answers(pset)]
        self._sentences = [(what, flat) for what, says in told if (flat := " ".join(says.split()))]
        self._seed = pset.secret
        self._names = {test.name for test in pset.tests if not test.public}
        # Any sentence may contain a name of one word, such as `transposed`.
        self._names |= {one.name for one in (*mistakes, *alternatives) if "_" in one.name}

    @cached_property
    def _any_name(self) -> re.Pattern[str]:
        words = "|".join(map(re.escape, sorted(self._names)))
        return re.compile(rf"(?<!\w)({words})(?!\w)" if words else r"(?!)")

    def of(self, pset: ProblemSet) -> Secrets:
        """The secrets of the same problem set with another drawing: its model answers have other numbers in them."""
        other = copy.copy(self)
        kept = [(what, text) for what, text in self._sentences if what != _MODEL]
        other._sentences = kept + [(_MODEL, " ".join(text.split())) for text in _model_answers(pset)]
        return other

    def refuse(self, files: Iterable[tuple[str, bytes]], given: Collection[bytes]) -> None:
        """Raise `CourseError` naming the first leak in files with these names and contents, some of it given data."""
        for name, content in files:
            if bad := _FORBIDDEN_NAMES & set(name.split("/")):
                raise _leak(name, f"{min(bad)} belongs to the course")
            if name.endswith((".pyc", ".pyo")):
                raise _leak(name, "compiled code may contain anything")
            data = content in given
            for text in _texts(name, content):
                if found := self.found_in(text, data=data):
                    raise _leak(name, found.problem)

    def found_in(self, text: str, *, data: bool = False) -> _Found | None:
        """The first secret in a text, if there is one; numbers of given data may be answers by chance."""
        if self._seed in text:  # the message must not repeat it
            return _Found("it contains the problem set's seed, from which hidden tests draw", self._seed)
        for line in text.splitlines():
            key = _key(line)
            if key in self._answers:
                where = self._answers[key]
                return _Found(f"{line.strip()!r} is a line of the reference ({where})", line)
            if key in self._hidden:
                return _Found(f"{line.strip()!r} is a line of a hidden test ({self._hidden[key]})", line)
        squeezed, flat = "".join(text.split()), " ".join(text.split())
        for expression, where in self._expressions.items():
            if expression in squeezed:
                return _Found(f"{expression!r} is an expression of the reference ({where})", expression)
        for what, sentence in self._sentences:
            if sentence in flat:
                return _Found(f"it contains {what}: {sentence[:60]!r}", sentence)
        if named := self._any_name.search(text):
            what = "a hidden test, a mistake or an alternative"
            return _Found(f"it names {named[0]}, {what}", named[0])
        if not data and (told := self._values.found_in(text)):
            return _Found(f"{told[1]!r} is the value of {told[0]}", told[1])
        if comment := leftover(text):
            return _Found(f"{comment!r} is still in it", comment)
        if statement := re.search(r"^\s*(from|import)\s+reference\b", text, re.M):
            return _Found("it imports the reference", statement[0])
        return None


def _line(lines: list[str], snippet: str, first: int) -> int:
    """The line, at or after ``first``, in which a snippet begins, ignoring blanks; ``first`` if there is none."""
    start = "".join(snippet.split())[:_TELLING]
    found = (n for n in range(max(first, 1), len(lines) + 1) if start in "".join(lines[n - 1].split()))
    return next(found, first)


def _leak(name: str, problem: str) -> CourseError:
    return CourseError(
        f"{name} must not reach students: {problem}; remove it from the handout or public test"
    )


def _key(line: str) -> str:
    """A line of code without its comment and blanks; empty if it reveals nothing."""
    code = line
    if "#" in line:
        try:
            for token in tokenize.generate_tokens(io.StringIO(line.strip()).readline):
                if token.type == tokenize.COMMENT:
                    code = line.strip()[: token.start[1]]
        except (tokenize.TokenError, SyntaxError):
            code = line.partition("#")[0]
    key = "".join(code.split())
    return "" if len(key) < _TELLING or _COMMON.match(key) else key


def _code_lines(nodes: Iterable[ast.stmt], source: list[str]) -> Iterator[tuple[str, int]]:
    """Revealing lines in the bodies of functions and methods among ``nodes``, except docstrings."""
    for top in nodes:
        for node in ast.walk(top):
            if not isinstance(node, ast.FunctionDef):
                continue
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            for statement in body:
                for number in range(statement.lineno, (statement.end_lineno or statement.lineno) + 1):
                    if key := _key(source[number - 1]):
                        yield key, number
                if key := _key(ast.unparse(statement).split("\n")[0]):  # otter rewrites what it exports
                    yield key, statement.lineno


def _answer_lines(pset: ProblemSet) -> dict[str, str]:
    """The lines of every function in reference/, and where they are."""
    found: dict[str, str] = {}
    for file in _reference_files(pset):
        text = file.read_text(encoding="utf-8")
        for key, number in _code_lines(ast.parse(text).body, text.splitlines()):
            found.setdefault(key, f"{pset.shown(file)}:{number}")
    return found


def _answer_expressions(pset: ProblemSet) -> dict[str, str]:
    """What the reference's functions return or assign, without blanks, as written and as Python rewrites it."""
    found: dict[str, str] = {}
    for file in _reference_files(pset):
        text = file.read_text(encoding="utf-8")
        lines = text.encode().splitlines(keepends=True)  # columns of a syntax tree count bytes
        for function in (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)):
            for node in ast.walk(function):
                if not isinstance(node, ast.Return | ast.Assign | ast.AugAssign):
                    continue
                if node.value is not None and not _is_plain_call(node.value):
                    written = _segment(lines, node.value)
                    for form in (written, ast.unparse(node.value)):
                        key = "".join(form.split())
                        if len(key) >= _TELLING_EXPRESSION:
                            found.setdefault(key, f"{pset.shown(file)}:{node.lineno}")
    return found


def _segment(lines: list[bytes], node: ast.expr) -> str:
    """Like `ast.get_source_segment`, which would split the whole source again for every node."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    if first == last:
        return lines[first][node.col_offset : node.end_col_offset].decode()
    inner = lines[first + 1 : last]
    return b"".join([lines[first][node.col_offset :], *inner, lines[last][: node.end_col_offset]]).decode()


def _is_plain_call(node: ast.expr) -> bool:
    """``softmax(z)``: a call that the handout shows on purpose."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and all(
            isinstance(a, ast.Name | ast.Constant) for a in (*node.args, *(k.value for k in node.keywords))
        )
    )


def _reference_files(pset: ProblemSet) -> list[Path]:
    files = sorted((pset.course / "reference").rglob("*.py"))
    return [file for file in files if not file.name.startswith(("test_", "conftest"))]


def _hidden_lines(pset: ProblemSet, exported: list[PublicTest]) -> dict[str, str]:
    """Lines of hidden tests and their helpers that are in no public test and no cell of the handout."""
    shared = {_key(line) for test in exported for line in test.source.splitlines()}
    shared |= {_key(line) for cell in pset.starter_cells() for line in cell.splitlines()}
    found: dict[str, str] = {}
    for file in (file for file in own_files(pset.suite_dir) if file.suffix == ".py"):
        text = file.read_text(encoding="utf-8")
        public = {t.name for t in pset.tests if t.file == file and t.public}
        nodes = [n for n in ast.parse(text).body if getattr(n, "name", None) not in public]
        for key, number in _code_lines(nodes, text.splitlines()):
            if key not in shared:
                found.setdefault(key, f"{pset.shown(file)}:{number}")
    return found


def _model_answers(pset: ProblemSet) -> list[str]:
    """The paragraphs of Markdown in solution blocks."""
    blocks = [c.source for c in pset.handout_cells if c.kind == "markdown" and c.block == "solution"]
    return [p for block in blocks for p in re.split(r"\n\s*\n", block) if len("".join(p.split())) >= _TELLING]


def _files(student: Path) -> Iterator[tuple[str, bytes]]:
    if student.is_file():
        with zipfile.ZipFile(student) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist())
        return
    for file in sorted(f for f in student.rglob("*") if f.is_file()):
        yield file.relative_to(student).as_posix(), file.read_bytes()


def _texts(name: str, content: bytes) -> Iterator[str]:
    """Every text in a file; a notebook's lines are joined as a reader sees them."""
    text = content.decode("utf-8", "replace")
    if name.endswith(".ipynb"):
        yield from _strings(json.loads(text))
    else:
        yield text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield "".join(value)
        else:
            for item in value:
                yield from _strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item)
