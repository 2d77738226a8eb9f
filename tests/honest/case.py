"""Right answers as people hand them in: from Colab, Kaggle, Deepnote, VS Code, Jupyter and editors.

Each is made of any problem set's handout and its reference, has a few habits, and says what they cost: nothing, unless
it says so. What grading lacks (a package, a mounted drive, somebody at the keyboard) its student's machine had.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.pset import ProblemSet
from grader.simulate.answers import Notebook
from tests.honest.work import Work, as_files

__all__ = ["CASES", "Case", "case", "handout_in"]

Make = Callable[[Work], Mapping[str, bytes] | None]


@dataclass(frozen=True)
class Case:
    """One person's way of handing in a right answer."""

    name: str
    style: str
    """Where it was written."""
    make: Make
    costs: Literal["nothing", "the last question", "anything"] = "nothing"
    says: str = ""
    """A pattern that every message of a failed test fits."""
    never: str = ""
    """A pattern that no message may fit."""

    def files(self, problem_set: ProblemSet, handout: Notebook) -> dict[str, bytes]:
        """What is handed in, the notebook or program first."""
        work = Work(problem_set, handout)
        made = self.make(work)
        return dict(made) if made else as_files(work.notebook, work.stored(), work.files)


def handout_in(folder: Path) -> Notebook:
    """The one notebook of a student's folder."""
    (file,) = folder.glob("*.ipynb")
    notebook: Notebook = json.loads(file.read_text(encoding="utf-8"))
    return notebook


CASES: list[Case] = []
"""All of them, once `tests.honest.notebooks` is imported."""


def case(
    style: str,
    costs: Literal["nothing", "the last question", "anything"] = "nothing",
    *,
    says: str = "",
    never: str = "",
) -> Callable[[Make], Make]:
    def kept(make: Make) -> Make:
        CASES.append(Case(make.__name__, style, make, costs, says, never))  # type: ignore[attr-defined]
        return make

    return kept
