"""Symptoms that a problem set's author wrote: properties of wrong results, each with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.errors import CourseError
from grader.pset.variants import declared_variants, imported

__all__ = ["Symptom", "load_symptoms"]


@dataclass(frozen=True)
class Symptom:
    """A property of a function's wrong results."""

    name: str
    function: str
    says: str
    """What a student reads whose results have it."""
    where: str
    shows: Callable[..., bool]
    """Whether a call shows it, from its arguments, what it returned and the right answer."""


def load_symptoms(folder: Path, course: Path) -> list[Symptom]:
    """Import a problem set's symptoms.py; raises `CourseError` if that fails."""
    found = []
    for declared in list(declared_variants(folder, course, "symptom")):
        shows = getattr(imported(declared, course), declared.name)
        mark = getattr(shows, "__gradmark_symptom__", None)
        if mark is None:
            raise CourseError(
                f"{declared.where}: {declared.name} lost its @symptom; make it the topmost decorator"
            )
        found.append(Symptom(declared.name, mark.function, mark.says, declared.where, shows))
    return found
