"""Made-up students, with names as they occur: umlauts, apostrophes and other scripts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.intake.names import folded

__all__ = ["Person", "make_person"]

_FIRST = (
    "Ada Alan Amara Anna Ben Björn Chloé Dmitri Elif Emmy Farid Grace Hedy Ines Jamal João Kateryna Kofi Lise Lúcia "
    "Maria Mei Nadia Noah Oluwaseun Priya Quinn Rosalind Søren Srinivasa Tomás Uma Valentina Wei Ximena Yusuf Zoë 娜 伟"
).split()
_LAST = (
    "Abbott Ångström Bauer Çelik Chen D'Angelo Eze Fernández García Håkansson Ivanova Jansen Kim Kowalska Lopez Müller "
    "Nguyen O'Brien Okafor Papadopoulos Qureshi Rossi Sato Smith-Jones Tanaka Ülker Varga Wójcik Xu Yılmaz Zhang 李 王"
).split()


@dataclass(frozen=True)
class Person:
    """A student of a made-up class."""

    id: str
    first: str
    last: str
    login: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        return f"{self.login}@university.example"

    @property
    def sortable(self) -> str:
        """The name as Canvas writes it in file names."""
        return folded(self.last + self.first)


def make_person(number: int, rng: np.random.Generator) -> Person:
    """The student with that number."""
    first, last = _FIRST[rng.integers(len(_FIRST))], _LAST[rng.integers(len(_LAST))]
    return Person(str(100_000 + number), first, last, f"student{number:05d}")
