"""Prove that nothing a student gets tells an answer, a hidden test or a mistake.

The proof reads what was made, not how: every text of the folder (cells, outputs and metadata of notebooks
included) is held against the reference, the suite and the mistakes, line by line.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from grader.errors import CourseError
from grader.pset import ProblemSet, public_tests

__all__ = ["assert_no_answers"]

# A line of code with fewer characters than this, blanks apart, is nobody's secret: `return z`, `n = len(y)`.
_TELLING = 14
# An expression this long, returned or assigned in the reference, tells the answer under any name.
_TELLING_EXPRESSION = 24
# What every second program says, however long.
_COMMON = re.compile(
    r"(from|import|def|class|@|for\w+inrange\(|else:|try:|if__name__|raise|rng=np\.random\.)"
)
_FORBIDDEN_NAMES = {"reference", "suite", "mistakes.py", "alternatives.py", "pset.yaml"}


def assert_no_answers(student: Path, pset: ProblemSet) -> None:
    """Raise `CourseError` naming the first leak in the folder (or zip) ``student``."""
    answers = _answer_lines(pset)
    expressions = _answer_expressions(pset)
    hidden = _hidden_lines(pset)
    sentences = [("a mistake's sentence", m.says) for m in pset.mistakes()]
    sentences += [("the model answer", text) for text in _model_answers(pset)]
    names = [t.name for t in pset.tests if not t.public]
    # A name of one word, such as `transposed`, may stand in any sentence.
    names += [m.name for m in pset.mistakes() if "_" in m.name]
    for name, content in _files(student):
        if bad := _FORBIDDEN_NAMES & set(name.split("/")):
            raise _leak(name, f"{min(bad)} is a course's own file")
        if name.endswith((".pyc", ".pyo")):
            raise _leak(name, "compiled code may hold anything")
        for text in _texts(name, content):
            flat = " ".join(text.split())
            for line in text.splitlines():
                key = _key(line)
                if key in answers:
                    raise _leak(name, f"{line.strip()!r} is a line of the reference ({answers[key]})")
                if key in hidden:
                    raise _leak(name, f"{line.strip()!r} is a line of a hidden test ({hidden[key]})")
            squeezed = "".join(text.split())
            for expression, where in expressions.items():
                if expression in squeezed:
                    raise _leak(name, f"{expression!r} is an expression of the reference ({where})")
            for what, sentence in sentences:
                if (told := " ".join(sentence.split())) and told in flat:
                    raise _leak(name, f"it holds {what}: {told[:60]!r}")
            for word in names:
                if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
                    raise _leak(name, f"it names {word}, a hidden test or a mistake")
            if found := re.search(r"#\s*(BEGIN|END) SOLUTION|#\s*SOLUTION:", text):
                raise _leak(name, f"{found[0]!r} is still in it")
            if found := re.search(r"^\s*(from|import)\s+reference\b", text, re.M):
                raise _leak(name, "it imports the reference")


def _leak(name: str, problem: str) -> CourseError:
    return CourseError(
        f"{name} must not reach a student: {problem}; take it out of the handout or public test"
    )


def _key(line: str) -> str:
    """A line of code without its comment and blanks; empty for one that tells nothing."""
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
    """Telling lines of the bodies of functions and methods among ``nodes``, docstrings apart."""
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
    """Lines of every function of reference/, and where they stand."""
    found: dict[str, str] = {}
    for file in _reference_files(pset):
        text = file.read_text(encoding="utf-8")
        for key, number in _code_lines(ast.parse(text).body, text.splitlines()):
            found.setdefault(key, f"{pset.shown(file)}:{number}")
    return found


def _answer_expressions(pset: ProblemSet) -> dict[str, str]:
    """What the reference's functions return or assign, blanks removed, as written and as Python rewrites it."""
    found: dict[str, str] = {}
    for file in _reference_files(pset):
        text = file.read_text(encoding="utf-8")
        for function in (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)):
            for node in ast.walk(function):
                if not isinstance(node, ast.Return | ast.Assign | ast.AugAssign):
                    continue
                if node.value is not None and not _is_plain_call(node.value):
                    written = ast.get_source_segment(text, node.value) or ""
                    for form in (written, ast.unparse(node.value)):
                        key = "".join(form.split())
                        if len(key) >= _TELLING_EXPRESSION:
                            found.setdefault(key, f"{pset.shown(file)}:{node.lineno}")
    return found


def _is_plain_call(node: ast.expr) -> bool:
    """``softmax(z)``: how a function is called, which the handout tells on purpose."""
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


def _hidden_lines(pset: ProblemSet) -> dict[str, str]:
    """Lines of hidden tests and their helpers that no public test and no cell of the handout shares."""
    shared = {_key(line) for test in public_tests(pset) for line in test.source.splitlines()}
    shared |= {_key(line) for cell in pset.starter_cells() for line in cell.splitlines()}
    found: dict[str, str] = {}
    for file in sorted({test.file for test in pset.tests}):
        text = file.read_text(encoding="utf-8")
        public = {t.name for t in pset.tests if t.file == file and t.public}
        nodes = [n for n in ast.parse(text).body if getattr(n, "name", None) not in public]
        for key, number in _code_lines(nodes, text.splitlines()):
            if key not in shared:
                found.setdefault(key, f"{pset.shown(file)}:{number}")
    return found


def _model_answers(pset: ProblemSet) -> list[str]:
    """Paragraphs of Markdown in solution blocks."""
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
    """Every text in a file: a notebook's strings joined as a reader sees them."""
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
