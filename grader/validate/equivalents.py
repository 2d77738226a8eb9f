"""equivalents.yaml: mutants of the reference that are right although no test tells them from it."""

from __future__ import annotations

import msgspec
import yaml

from grader.errors import CourseError
from grader.pset import ProblemSet
from grader.validate.mutants import Mutant

__all__ = ["Equivalent", "load_equivalents"]

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
    """The problem set's list; empty where it has none. Raises `CourseError` where it cannot be read."""
    file = problem_set.path / FILE
    shown = problem_set.shown(file)
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        found = msgspec.convert(content or [], list[Equivalent])
    except FileNotFoundError:
        return []
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        problem = str(error).splitlines()[0]
        raise CourseError(
            f"{shown} cannot be read ({problem}); each entry needs function, was, becomes and because"
        ) from None
    for one in found:
        if not one.because.strip():
            raise CourseError(f"{shown}: the mutant of {one.function} has no reason; say why it is right")
    return found
