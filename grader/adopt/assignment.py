"""An assignment of another grader's, whatever form it came in: its questions, its tests and its notebook.

Readers make these; planning and judging use them. Nothing here runs or imports anything of the author's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Literal

__all__ = ["Assignment", "AuthorCell", "Form", "Kind", "Part", "Question", "Test"]

Form = Literal["otter", "nbgrader"]
Kind = Literal["doctest", "function", "cell"]
"""How a test tells: by the output of its statements, as a function that raises, or as a cell that runs to its end."""
Part = Literal["given", "starter", "solution", "test", "check", "written"]
"""What a cell is for: given as it is, to be filled in, its solution, a test of its own, a call of the grader, prose."""


@dataclass(frozen=True)
class Test:
    """What gives one verdict."""

    name: str
    """As the original reports it, such as ``q1 - 2``; for nbgrader the cell's ``grade_id``."""
    kind: Kind
    source: str
    """A doctest's text with its prompts and expected output, a function's definition, or a cell's code."""
    points: Fraction
    hidden: bool = False
    """Whether students do not see it before grades are published."""
    released: str = ""
    """Of a cell: the part of its code that students have, without its hidden tests."""
    function: str = ""
    """Of a function: its name in ``source``."""
    success: str = ""
    """What the author tells who passes it."""
    failure: str = ""
    """What the author tells who fails it."""


@dataclass(frozen=True)
class Question:
    """Some tests that the original reports together, or what a person grades."""

    name: str
    """As the original calls it."""
    points: Fraction
    tests: tuple[Test, ...] = ()
    manual: bool = False
    all_or_nothing: bool = False
    """Whether one failed test costs all of its points."""
    title: str = ""
    notebook: str = ""
    """The notebook's name without suffix, where an assignment has several; otherwise empty."""
    called: str = ""
    """What a notebook calls it when it checks it, if that is not its name: the name of its file."""
    asked: tuple[str, ...] = ()
    """Of what a person grades: its cells as students get them, in order; empty if they are unknown."""


@dataclass(frozen=True)
class AuthorCell:
    """A code cell of the author's notebook."""

    source: str
    """As students get it; a test cell without its hidden part."""
    solution: str | None = None
    """With the solution filled in; None if it is the same or unknown."""
    part: Part = "given"
    question: str = ""
    """Of a cell to be filled in or a test: the question's name."""
    checks: tuple[str, ...] = ()
    """The questions that it checks: an otter cell that calls ``grader.check("q1")``; of nbgrader, the test's own."""
    identity: str = ""
    """nbgrader's ``grade_id``."""
    locked: bool = False
    """Whether a submission gets it back as it was."""
    notebook: str = ""
    """The notebook's name without suffix, where an assignment has several; otherwise empty."""


@dataclass(frozen=True)
class Assignment:
    """What a reader found."""

    form: Form
    name: str
    """Of the notebook, without suffix."""
    title: str
    path: Path
    """What was given: a folder, a notebook or an archive."""
    questions: tuple[Question, ...]
    cells: tuple[AuthorCell, ...]
    """The code cells of the author's notebook, in order; empty if none was found."""
    texts: tuple[str, ...] = ()
    """Its other cells as students get them, to tell their answers from them."""
    solved: bool = False
    """Whether ``cells`` hold the solution (`AuthorCell.solution`)."""
    solution_file: bytes | None = None
    """A solved notebook as a student would hand it in, if there is one beside."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What is beside the notebook when it runs (data, modules of the course), by relative path."""
    secrets: tuple[Path, ...] = ()
    """Files and folders that no submission may read."""
    requirements: tuple[str, ...] = ()
    """What the author's environment installs, as pip takes it."""
    setup: str = ""
    """Code that runs before every test of the assignment, if the form has such a thing."""
    seed: int | None = None
    """What the original seeds before each cell, where its settings say so (otter's ``seed``)."""
    seed_variable: str = ""
    """The variable that holds the seed, if only it is set."""
    legacy_printing: bool = True
    """Whether expected output was written as numpy printed before version 2."""
    several: tuple[str, ...] = ()
    """The names of its notebooks, where there are several."""
    handed_in_as: str = ""
    """What the original calls it in its folders of submissions, if that is not its name: nbgrader's assignment."""
    cell_seconds: float | None = None
    """What the original lets a cell take, where its settings say so; 0 for no limit."""
    doubts: tuple[str, ...] = ()
    """What was not understood: one sentence each, naming the test or file and what happens with it."""
