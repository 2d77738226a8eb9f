"""A variant for each student: what a problem set draws, and whose numbers are whose.

(Versions of functions, which `grader.pset.variants` reads, have nothing to do with this.)
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.draws import Draws
from grader.errors import SubmissionRejected
from grader.notebook.magics import parsed
from grader.pset.drawn import (
    PLACEHOLDER,
    SAMPLE,
    TEMPLATE,
    Drawing,
    csv_of,
    data_name,
    draw,
    drawn_in,
    filled,
    groups_of,
    made_data,
)
from grader.pset.handout import Cell, code_cells
from grader.pset.otter import starter_source
from grader.pset.recorded import RECORD, Record, RecordedStudent, read_record
from grader.pset.schema import Drawn, PsetFile
from grader.pset.variants import course_imports
from grader.results import StudentIdentity
from grader.wording import WAITS

__all__ = ["Personal"]


class Personal:
    """The part of a problem set that differs between students, if pset.yaml has ``variants:``."""

    path: Path
    course: Path
    file: PsetFile
    _drawing: Drawing | None

    @cached_property
    def _parsed_handout(self) -> list[Cell]:
        """The handout's cells, with their placeholders."""
        raise NotImplementedError

    @property
    def draws(self) -> Draws:
        """What follows from the problem set's secret."""
        raise NotImplementedError

    def shown(self, path: Path) -> str:
        """A path as messages show it."""
        raise NotImplementedError

    def place(self, path: str, key: str | None = None) -> str:
        """The place of a setting."""
        raise NotImplementedError

    @cached_property
    def drawn(self) -> dict[str, Drawn]:
        """What is drawn for each student, by name; empty if everybody gets the same."""
        return drawn_in(self.file)

    @property
    def groups(self) -> int | None:
        """How many variants there are; None for one for each student."""
        return groups_of(self.file)

    @cached_property
    def drawing(self) -> Drawing | None:
        """The drawing that the handout, the solution and the data show: a sample, unless another one was asked for."""
        return (self._drawing or self.drawing_for(SAMPLE)) if self.drawn else None

    def drawing_for(self, whose: str) -> Drawing:
        """What is drawn for a student, by the id at the first build."""
        if self.groups and whose != SAMPLE:
            whose = f"group {self.draws.group(whose, self.groups) + 1}"
        return draw(self.drawn, self.draws, self.draws.variant(whose))

    @cached_property
    def given_variables(self) -> tuple[str, ...]:
        """The drawn names, without data, that a cell of the handout gives as a variable of the same name."""
        found: dict[str, None] = {}
        for cell in code_cells(self._parsed_handout):
            with contextlib.suppress(SyntaxError):
                found |= dict.fromkeys(_assigned(parsed(PLACEHOLDER.sub(r"\1", cell.source)).body))
        return tuple(name for name in found if name in self.drawn and self.drawn[name].data is None)

    def cells_of_all(self) -> list[str]:
        """The handout's code cells that differ between students, as each of the recorded ones has them."""
        differing = [one.source for one in code_cells(self._parsed_handout) if PLACEHOLDER.search(one.source)]
        drawings = {one.variant: self.recorded_drawing(one) for one in self.record.students}
        return list(
            dict.fromkeys(
                starter_source(filled(cell, one)) for one in drawings.values() for cell in differing
            )
        )

    @cached_property
    def record(self) -> Record:
        """Who was given which numbers."""
        return read_record(self.path, self.shown(self.path / RECORD)) if self.drawn else Record()

    def drawing_of(self, student: StudentIdentity | None) -> Drawing | None:
        """The drawing to judge a student by; None if everybody gets the same.

        It is the recorded one or, as long as nothing is recorded, the sample that everybody was given; with
        `with_drawing`, that drawing for everybody.

        Raises:
            SubmissionRejected: Nobody knows which numbers the student was given.
        """
        if not self.drawn or self._drawing or not self.record:
            return self.drawing
        recorded = self.record.find(student)
        if recorded is None:
            raise SubmissionRejected(WAITS)
        return self.recorded_drawing(recorded)

    def recorded_drawing(self, student: RecordedStudent) -> Drawing:
        """A recorded student's drawing; what pset.yaml draws only since then is drawn now."""
        now = draw(self.drawn, self.draws, student.variant)
        kept = {name: value for name, value in student.numbers.items() if name in now.values}
        return Drawing(student.variant, {**now.values, **kept})

    @cached_property
    def drawn_data(self) -> dict[str, Any]:
        """What each drawn data file holds, as the course's function made it, by the name that it is drawn under."""
        drawing = self.drawing
        if drawing is None or drawing is TEMPLATE:
            return {}
        with course_imports(self.course):
            return {
                name: made_data(
                    one.data,
                    self.place("$.variants", name),
                    drawing.values,
                    self.draws.number(drawing.variant, name),
                )
                for name, one in self.drawn.items()
                if one.data is not None
            }

    @cached_property
    def drawn_files(self) -> dict[str, bytes]:
        """The drawn data files' content, by name."""
        made = self.drawn_data.items()
        return {data_name(name): csv_of(value, self.place("$.variants", name)) for name, value in made}

    @property
    def variant_values(self) -> Mapping[str, Any]:
        """What a test's ``variant`` holds: a value for each name, which for data is what the file holds."""
        return {**(self.drawing.values if self.drawing else {}), **self.drawn_data}


def _assigned(body: Iterable[ast.stmt]) -> Iterator[str]:
    """The names to which a cell assigns their own placeholder, as a name or a text."""
    for node in body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            given = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "value", None)
            if given == node.targets[0].id:
                yield node.targets[0].id
