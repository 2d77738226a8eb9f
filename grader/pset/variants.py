"""Mistakes and alternatives: other versions of the functions that students write."""

from __future__ import annotations

import ast
import importlib.util
import sys
import traceback
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.errors import CourseError
from grader.pset.edits import Edit, NoPlace
from grader.pset.forms import Form, Solution
from grader.pset.names import shown_path
from grader.pset.suitefile import decorator_call, literal_arguments, parse_python
from grader.pset.values import as_asked

__all__ = [
    "DeclaredVariant",
    "Variant",
    "Way",
    "course_imports",
    "declared_variants",
    "imported",
    "load_variants",
    "variant_files",
]


@dataclass(frozen=True)
class DeclaredVariant:
    """What a variant's source alone shows; ``function`` is None if it is not a literal."""

    name: str
    function: str | None
    file: Path
    node: ast.FunctionDef | ast.ClassDef | ast.Call
    """The decorated definition, or the statement with its edits."""
    where: str
    """Its file and line, as messages show them."""
    given: Mapping[str, Any]
    """The arguments of its decorator, with None for those that are not literals."""


@dataclass(frozen=True)
class Way:
    """One way of writing a variant: edits of the solution, or a definition of its own."""

    edits: tuple[Edit, ...] = ()
    whole: ast.stmt | None = None


@dataclass(frozen=True)
class Variant:
    """A wrong version of a student's function, or another correct one."""

    name: str
    function: str
    """The student's function that it is a version of."""
    says: str
    """The sentence a student should read; empty for most alternatives."""
    where: str
    """Its file and line, as messages show them."""
    solution: Form
    """The function as the solution has it."""
    ways: tuple[Way, ...]
    text: str = ""
    """The code of the first way, if that is a whole definition."""
    free: str = ""
    """The name of the number in its edits that may be any."""
    usual: tuple[float, ...] = ()
    """Values that this number often has."""

    @cached_property
    def source(self) -> str:
        """Its code under the name of the student's function, with helpers that it changes."""
        return self.text or self._first.source

    @cached_property
    def cell(self) -> str:
        """The same as a cell of a student's notebook."""
        return self.text if self.text and not self.solution.of_values else self._first.cell

    @property
    def _first(self) -> Form:
        return self.forms(self.solution, self.usual[0] if self.free else None)[0]

    def edits(self, number: float | str | None = None) -> Iterator[tuple[Edit, ...]]:
        """The edits of each way that consists of edits, with a value or another name for its free number."""
        names = ((self.free, number),) if number is not None else ()
        for way in self.ways:
            if way.edits:
                yield tuple(replace(edit, names=names) for edit in way.edits) if names else way.edits

    @cached_property
    def wholes(self) -> list[Form]:
        """The form of each way that is a whole definition."""
        return [self.solution.instead(way.whole) for way in self.ways if way.whole is not None]

    def forms(self, base: Form, number: float | str | None = None) -> list[Form]:
        """What each of its ways makes of a form of the function; whole definitions only take the solution's place.

        Raises:
            NoPlace: What it edits is not in that form.
        """
        wholes = self.wholes if base is self.solution else []
        return [*wholes, *(base.edited(edits) for edits in self.edits(number))]


def variant_files(folder: Path, kind: str) -> list[Path]:
    """A problem set's files of one kind, such as mistakes.py and those in a folder mistakes/."""
    files = (folder / f"{kind}s.py", *sorted((folder / f"{kind}s").glob("*.py")))
    return [file for file in files if file.is_file()]


def declared_variants(folder: Path, course: Path, kind: str) -> Iterator[DeclaredVariant]:
    """The variants that a problem set declares, without importing them."""
    for file in variant_files(folder, kind):
        shown = shown_path(file, course)
        for node in parse_python(file, shown).body:
            where = f"{shown}:{node.lineno}"
            if isinstance(node, ast.Expr) and (call := decorator_call(node.value, kind)):
                given = literal_arguments(call, ("function", "name", "edits"))
                name = given.get("name")
                if not isinstance(name, str) or not name.isidentifier():
                    raise CourseError(
                        f"{where}: this {kind} needs a name; write {kind}('softmax', 'softmax_unshifted', {{...}})"
                    )
                yield DeclaredVariant(name, _text(given.get("function")), file, call, where, given)
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                calls = [call for d in node.decorator_list if (call := decorator_call(d, kind))]
                if calls:
                    given = literal_arguments(calls[0], ("function", "says"))
                    function = _text(given.get("function"))
                    yield DeclaredVariant(node.name, function, file, node, where, given)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


@contextmanager
def course_imports(course: Path) -> Iterator[None]:
    """In it, ``import reference`` imports this course's; afterwards, a course that was loaded before is back."""
    loaded = sys.modules.get("reference")
    places = [_resolved(place) for place in getattr(loaded, "__path__", [])]
    another = loaded is not None and _resolved(str(course / "reference")) not in places
    before = _forget_reference() if another else {}
    sys.path.insert(0, str(course))
    try:
        yield
    finally:
        sys.path.remove(str(course))
        if before:
            _forget_reference()
            sys.modules.update(before)


@lru_cache(maxsize=64)
def _resolved(place: str) -> str:
    return str(Path(place).resolve())


def _forget_reference() -> dict[str, ModuleType]:
    """Remove the loaded reference from Python's table of modules."""
    names = [name for name in sys.modules if name.partition(".")[0] == "reference"]
    return {name: sys.modules.pop(name) for name in names}


def load_variants(folder: Path, course: Path, kind: str, solution: Solution) -> list[Variant]:
    """Import a problem set's variants; raises `CourseError` if that fails."""
    variants: dict[str, Variant] = {}
    for declared in list(declared_variants(folder, course, kind)):
        module = imported(declared, course)
        if isinstance(declared.node, ast.Call):
            variants[declared.name] = _of_edits(declared, kind, solution)
            continue
        mark = getattr(getattr(module, declared.name), f"__gradmark_{kind}__", None)
        if mark is None:
            raise CourseError(
                f"{declared.where}: {declared.name} lost its @{kind}; make it the topmost decorator"
            )
        text = _as_student(declared.file, declared.node, mark.function)
        if solution.values:
            text = as_asked(text, solution.values) + "\n"
        whole = ast.parse(text).body[0]
        way = Way(whole=whole)
        if first := declared.given.get("form_of"):
            if first not in variants or variants[first].function != mark.function:
                raise CourseError(
                    f"{declared.where}: {declared.name} is a form of {first}, which is no {kind} of {mark.function} "
                    "above it; correct the name"
                )
            variants[first] = replace(variants[first], ways=(*variants[first].ways, way))
            continue
        variants[declared.name] = Variant(
            name=declared.name,
            function=mark.function,
            says=mark.says,
            where=declared.where,
            solution=solution.form(mark.function, None if mark.function in solution else whole),
            ways=(way,),
            text=text,
        )
    return list(variants.values())


def _of_edits(declared: DeclaredVariant, kind: str, solution: Solution) -> Variant:
    """The variant that a statement with edits declares."""
    where, name, given = declared.where, declared.name, declared.given
    function, says, free = declared.function, given.get("says", ""), given.get("free") or {}
    edits = given.get("edits")
    listed = [edits] if isinstance(edits, dict) else edits
    if function is None or not isinstance(says, str) or not isinstance(listed, list | tuple) or not listed:
        raise CourseError(
            f"{where}: write out the function, the sentence and the edits of {name} as texts; nothing is "
            "computed here"
        )
    if len(free) > 1 or not all(values for values in free.values()):
        raise CourseError(f"{where}: {name} may have one free number, with at least one usual value")
    try:
        asked = solution.asked_in(function) if solution.values else set()
        ways = tuple(Way(tuple(_edit(old, new, asked) for old, new in one.items())) for one in listed)
        ((number, usual),) = free.items() or (("", ()),)
        variant = Variant(
            name, function, says, where, solution.form(function), ways, "", number, tuple(usual)
        )
        variant.forms(variant.solution, usual[0] if usual else None)
    except NoPlace as error:
        raise CourseError(
            f"{where}: {name} replaces code of {function}: {error}; copy it from the solution, with as much "
            "around it as makes it the only one"
        ) from None
    except KeyError:
        raise CourseError(
            f"{where}: {name} is for {function}, which the solution does not define; correct the name"
        ) from None
    except (AttributeError, TypeError, ValueError, SyntaxError) as error:
        raise CourseError(f"{where}: the edits of {name} cannot be read: {error}; correct them") from None
    return variant


def _edit(old: str, new: str, values: Collection[str]) -> Edit:
    """An edit as an author writes it, who reads variables where the solution calls functions."""
    return Edit(as_asked(old, values), as_asked(new, values)) if values else Edit(old, new)


def imported(declared: DeclaredVariant, course: Path) -> ModuleType:
    """The module that declares it; raises `CourseError` if importing it fails."""
    shown = declared.where.rpartition(":")[0]
    return _imported(declared.file, course, shown, declared.file.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _imported(file: Path, course: Path, shown: str, _changed: int) -> ModuleType:
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
