"""equivalents.yaml: mutants of the reference that are correct, although no test distinguishes them from it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

import msgspec
import yaml

from grader.errors import CourseError
from grader.pset import ProblemSet
from grader.pset.names import nearest
from grader.pset.yamlfile import SourceLines, read_yaml
from grader.validate.mutants import Mutant, mutants
from grader.validate.report import Survivor

__all__ = ["FILE", "Equivalent", "dead_entries", "draft_equivalents", "load_equivalents"]

FILE = "equivalents.yaml"
TODO = "# TODO: say why this is correct, or add a test that it fails and remove the entry."


class Equivalent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mutant, by the lines it changes as the report shows them, and why no test need catch it."""

    function: str
    was: str
    becomes: str
    because: str

    def covers(self, mutant: Mutant) -> bool:
        mine = (self.function, self.was.strip(), self.becomes.strip())
        return mine == (mutant.function, mutant.was.strip(), mutant.becomes.strip())


def load_equivalents(problem_set: ProblemSet) -> list[Equivalent]:
    """The problem set's list; empty if it has none. Raises `CourseError` if it cannot be used."""
    return _read(problem_set)[0]


def _read(problem_set: ProblemSet) -> tuple[list[Equivalent], SourceLines | None]:
    file = problem_set.path / FILE
    if not file.is_file():
        return [], None
    found, lines = read_yaml(file, problem_set.shown(file), list[Equivalent])
    for index, one in enumerate(found):
        if not one.because.strip():
            where = lines.at(f"$[{index}]")
            raise CourseError(f"{where}: the mutant of {one.function} has no reason; say why it is correct")
    return found, lines


def dead_entries(
    problem_set: ProblemSet, definitions: Mapping[str, ast.FunctionDef | ast.ClassDef]
) -> Iterator[CourseError]:
    """Entries for mutants that do not exist: the function is gone, or its code has changed."""
    listed, lines = _read(problem_set)
    names = {one.function for one in listed} & set(definitions)
    made = {name: mutants(definitions[name], problem_set.values) for name in names}
    for index, one in enumerate(listed):
        where = lines.at(f"$[{index}]") if lines else FILE
        if one.function not in made:
            yield CourseError(
                f"{where}: the solution has no function {one.function}; "
                f"{nearest(one.function, sorted(definitions))}"
            )
        elif not any(one.covers(mutant) for mutant in made[one.function]):
            yield CourseError(
                f"{where}: {one.function} has no mutant that changes {one.was!r} to {one.becomes!r}; copy the lines "
                "that gradmark validate shows, or remove the entry"
            )


def draft_equivalents(problem_set: ProblemSet, survivors: Iterable[Survivor]) -> int:
    """Append an entry for each surviving mutant that has none, complete but for its reason; returns how many.

    Until the reasons are given, the list cannot be used.
    """
    drafts = [_draft(one) for one in survivors if one.because is None]
    if drafts:
        file = problem_set.path / FILE
        before = file.read_text(encoding="utf-8") if file.is_file() else ""
        ended = "" if not before or before.endswith("\n") else "\n"
        file.write_text(before + ended + "".join(drafts), encoding="utf-8")
    return len(drafts)


def _draft(survivor: Survivor) -> str:
    entry = {"function": survivor.function, "was": survivor.was, "becomes": survivor.becomes}
    dumped = yaml.dump([entry], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6)
    return f'{TODO}\n{dumped}  because: ""\n'


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as it stands."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
