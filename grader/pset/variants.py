"""Mistakes and alternatives: other versions of the functions that students write."""

from __future__ import annotations

import ast
import importlib.util
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.errors import CourseError
from grader.pset.names import shown_path
from grader.pset.suitefile import decorator_call, literal_arguments, parse_python

__all__ = [
    "DeclaredVariant",
    "Variant",
    "course_imports",
    "declared_variants",
    "load_variants",
    "variant_files",
]


@dataclass(frozen=True)
class DeclaredVariant:
    """What a variant's source alone shows; ``function`` is None if it is not a literal."""

    name: str
    function: str | None
    file: Path
    node: ast.FunctionDef | ast.ClassDef
    where: str
    """Its file and line, as messages show them."""


@dataclass(frozen=True)
class Variant:
    """A wrong version of a student's function, or another correct one."""

    name: str
    function: str
    """The student's function that it is a version of."""
    says: str
    """The sentence a student should read; empty for most alternatives."""
    call: Callable[..., Any]
    source: str
    """Its code in a student's notebook: without decorators, under the name of the student's function."""
    where: str
    """Its file and line, as messages show them."""


def variant_files(folder: Path, kind: str) -> list[Path]:
    """A problem set's files of one kind, such as mistakes.py and those in a folder mistakes/."""
    files = (folder / f"{kind}s.py", *sorted((folder / f"{kind}s").glob("*.py")))
    return [file for file in files if file.is_file()]


def declared_variants(folder: Path, course: Path, kind: str) -> Iterator[DeclaredVariant]:
    """The variants that a problem set declares, without importing them."""
    for file in variant_files(folder, kind):
        shown = shown_path(file, course)
        for node in parse_python(file, shown).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            calls = [call for d in node.decorator_list if (call := decorator_call(d, kind))]
            if calls:
                function = literal_arguments(calls[0], ("function", "says")).get("function")
                function = function if isinstance(function, str) else None
                yield DeclaredVariant(node.name, function, file, node, f"{shown}:{node.lineno}")


@contextmanager
def course_imports(course: Path) -> Iterator[None]:
    """In it, ``import reference`` imports this course's; afterwards, a course that was loaded before is back."""
    loaded = sys.modules.get("reference")
    places = [str(Path(p).resolve()) for p in getattr(loaded, "__path__", [])]
    another = loaded is not None and str((course / "reference").resolve()) not in places
    before = _forget_reference() if another else {}
    sys.path.insert(0, str(course))
    try:
        yield
    finally:
        sys.path.remove(str(course))
        if before:
            _forget_reference()
            sys.modules.update(before)


def _forget_reference() -> dict[str, ModuleType]:
    """Remove the loaded reference from Python's table of modules."""
    names = [name for name in sys.modules if name.partition(".")[0] == "reference"]
    return {name: sys.modules.pop(name) for name in names}


def load_variants(folder: Path, course: Path, kind: str) -> list[Variant]:
    """Import a problem set's variants; raises `CourseError` if that fails."""
    modules: dict[Path, ModuleType] = {}
    variants = []
    for declared in list(declared_variants(folder, course, kind)):
        file, node = declared.file, declared.node
        if file not in modules:
            modules[file] = _imported(file, course, declared.where.rpartition(":")[0])
        call = getattr(modules[file], declared.name)
        mark = getattr(call, f"__gradmark_{kind}__", None)
        if mark is None:
            raise CourseError(
                f"{declared.where}: {declared.name} lost its @{kind}; make it the topmost decorator"
            )
        variants.append(
            Variant(
                name=declared.name,
                function=mark.function,
                says=getattr(mark, "says", ""),
                call=call,
                source=_as_student(file, node, mark.function),
                where=declared.where,
            )
        )
    return variants


def _imported(file: Path, course: Path, shown: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"_gradmark_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with course_imports(course):
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            where, problem = _raised_at(error, file, shown), f"{type(error).__name__}: {error}"
            raise CourseError(f"{where}: this cannot be imported ({problem}); correct it") from error
    return module


def _raised_at(error: Exception, file: Path, shown: str) -> str:
    """The file, with the line in it that the error came from if its code ran at all."""
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)
    ]
    return f"{shown}:{lines[-1]}" if lines else shown


def _as_student(file: Path, node: ast.FunctionDef | ast.ClassDef, function: str) -> str:
    """The variant's source without decorators, under the name of the student's function."""
    lines = file.read_text(encoding="utf-8").splitlines()[node.lineno - 1 : node.end_lineno]
    keyword = "class" if isinstance(node, ast.ClassDef) else "def"
    lines[0] = lines[0].replace(f"{keyword} {node.name}", f"{keyword} {function}", 1)
    return "\n".join(lines) + "\n"
