"""equivalents.yaml: mutants of the reference that are right although no test tells them from it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import msgspec
import yaml

from grader.errors import CourseError
from grader.pset import ProblemSet
from grader.pset.names import nearest
from grader.validate.mutants import Mutant, mutants

__all__ = ["Equivalent", "dead_entries", "load_equivalents"]

FILE = "equivalents.yaml"


class Equivalent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mutant, by the lines it changes as the report shows them, and why it need not be caught."""

    function: str
    was: str
    becomes: str
    because: str

    def covers(self, mutant: Mutant) -> bool:
        return (self.function, self.was.strip(), self.becomes.strip()) == (
            mutant.function,
            mutant.was.strip(),
            mutant.becomes.strip(),
        )


def load_equivalents(problem_set: ProblemSet) -> list[Equivalent]:
    """The problem set's list; empty where it has none. Raises `CourseError` where it cannot be used."""
    file = problem_set.path / FILE
    shown = problem_set.shown(file)
    try:
        text = file.read_text(encoding="utf-8")
        found = msgspec.convert(yaml.safe_load(text) or [], list[Equivalent])
    except FileNotFoundError:
        return []
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{shown}:{mark.line + 1}" if mark else shown
        raise CourseError(f"{where}: this is not YAML; mend the line") from None
    except (msgspec.ValidationError, UnicodeDecodeError) as error:
        problem = str(error).splitlines()[0]
        raise CourseError(
            f"{shown} cannot be read ({problem}); each entry needs function, was, becomes and because"
        ) from None
    for one, line in zip(found, _entry_lines(text), strict=True):
        if not one.because.strip():
            raise CourseError(
                f"{shown}:{line}: the mutant of {one.function} has no reason; say why it is right"
            )
    return found


def dead_entries(
    problem_set: ProblemSet, definitions: Mapping[str, ast.FunctionDef | ast.ClassDef]
) -> Iterator[CourseError]:
    """Entries that name no mutant there is: the function is gone, or reads otherwise today."""
    listed = load_equivalents(problem_set)
    if not listed:
        return
    file = problem_set.path / FILE
    made = {name: mutants(definitions[name]) for name in {one.function for one in listed} & set(definitions)}
    for one, line in zip(listed, _entry_lines(file.read_text(encoding="utf-8")), strict=True):
        where = f"{problem_set.shown(file)}:{line}"
        if one.function not in made:
            yield CourseError(
                f"{where}: the solution has no function {one.function}; "
                f"{nearest(one.function, sorted(definitions))}"
            )
        elif not any(one.covers(mutant) for mutant in made[one.function]):
            yield CourseError(
                f"{where}: {one.function} has no mutant that changes {one.was!r} so; copy the lines that gradmark "
                "validate shows, or drop the entry"
            )


def _entry_lines(text: str) -> list[int]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return [node.start_mark.line + 1 for node in root.value] if root is not None else []
