"""What an assignment is made of, before it has a form: questions with answers, wrong answers and cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any, Literal

__all__ = ["Case", "Client", "Form", "Homework", "Question", "Variant", "ask"]

Form = Literal["otter", "bare", "okpy", "gofer", "metadata", "exceptions", "assign", "assign-v0", "zip"]
Client = Literal["otter", "okpy", "gofer"]


@dataclass(frozen=True)
class Case:
    """One test case: doctest text, or the source of a test function in an exception-based file."""

    code: str
    hidden: bool = False
    points: float | None = None
    success: str = ""
    failure: str = ""
    # Whether only the student's own process can judge it.
    inside: bool = False


@dataclass(frozen=True)
class Question:
    """One question; cases are a text of blocks between blank lines.

    A block may begin with a line of flags: `#: hidden inside points=2 | message if right | message if wrong`.
    """

    name: str
    prompt: str
    answer: str
    cases: str = ""
    otherwise: str = ""
    wrong: tuple[str, ...] = ()
    # Code cells of the author's, before the answer and after the check.
    before: str = ""
    after: str = ""
    points: float | list[float] | None = 1
    setup: str = ""
    # The number of cases of each suite; one suite if empty.
    suites: tuple[int, ...] = ()
    manual: bool = False
    all_or_nothing: bool = False

    @property
    def tests(self) -> tuple[Case, ...]:
        """The cases in order."""
        blocks = re.split(r"\n\s*\n", dedent(self.cases).strip("\n"))
        return tuple(read(block) for block in blocks if block.strip())

    @property
    def prose(self) -> bool:
        """Whether the answer is a text that people read."""
        return self.manual and not self.cases


@dataclass(frozen=True)
class Variant:
    """A further submission: the author's answers with some exchanged."""

    name: str
    changed: Mapping[str, str]
    honest: bool = True
    slow: bool = False


@dataclass(frozen=True)
class Homework:
    """One assignment in one form."""

    name: str
    title: str
    form: Form
    questions: tuple[Question, ...]
    imports: str = "import numpy as np"
    # A given cell after the imports.
    given: str = ""
    # Files beside the notebook: modules, tables.
    files: Mapping[str, str] = field(default_factory=dict)
    # What the last cells do: nothing, one call that checks everything, or every check once more.
    again: Literal["", "check_all", "repeat"] = ""
    habit: Literal["", "reset", "indent", "time"] = ""
    exceptions: bool = False
    # How test files are laid out: texts in triple quotes, as pprint prints them, or with the fewest keys.
    layout: Literal["triple", "printed", "short"] = "triple"
    # Whether a test's name is a title such as "Question 1", not the name of its file.
    titled: bool = False
    # Whether every case has messages.
    messages: bool = True
    solved_beside: bool = False
    crash: str = ""
    variants: tuple[Variant, ...] = ()
    config: Mapping[str, object] = field(default_factory=dict)

    @property
    def client(self) -> Client:
        """The package that checks in the notebook."""
        return self.form if self.form in ("okpy", "gofer") else "otter"

    @property
    def notebook(self) -> str:
        """The name of the notebook's file: that of a submission too, or otter's client refuses to start."""
        return f"{self.name}.ipynb"

    @property
    def tested(self) -> tuple[Question, ...]:
        """The questions that have cases."""
        return tuple(q for q in self.questions if q.cases)

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return sum(len(q.tests) for q in self.questions)


def ask(
    name: str, prompt: str, answer: str, cases: str = "", other: str = "", *wrong: str, **rest: Any
) -> Question:
    """A question whose texts are indented as the code around them is."""
    texts = {key: flush(value) for key, value in rest.items() if key in ("before", "after", "setup")}
    wrongs = tuple(flush(text) for text in wrong)
    return Question(name, prompt, flush(answer), cases, flush(other), wrongs, **{**rest, **texts})


def flush(text: str) -> str:
    """The text without its common indentation and the line ends around it."""
    return dedent(text).strip("\n")


def read(block: str) -> Case:
    """The case of one block."""
    first, _, rest = block.partition("\n")
    if not first.startswith("#:"):
        return Case(block)
    flags, *messages = [part.strip() for part in first[2:].split("|")]
    success, failure = [*messages, "", ""][:2]
    points = re.search(r"points=([\d.]+)", flags)
    return Case(
        rest,
        hidden="hidden" in flags,
        points=(float(points[1]) if "." in points[1] else int(points[1])) if points else None,
        success=success,
        failure=failure,
        inside="inside" in flags,
    )
