"""The class in the layout of each system's export, taken in again."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from grader.intake import load_roster, take_in
from grader.pset import load_problem_set
from grader.results import StudentIdentity
from grader.simulate import LAYOUTS, Classroom, Handin, write_class
from tests.large_class.processes import Clock
from tests.large_class.show import Show, say

__all__ = ["layouts"]

COURSE = Path(__file__).resolve().parents[2]


def layouts(show: Show) -> None:
    """Write the class as each system exports it, as a folder and zipped, and take it in again."""
    say("", "The same class in the layout of each system's export, taken in again")
    problem_set = load_problem_set(COURSE / "psets" / show.options.pset)
    classroom = Classroom(problem_set)
    handins = list(classroom.draw(show.options.count, show.options.seed))
    classroom.close()
    roster = load_roster(show.folder / "class" / "roster.csv")
    for layout in LAYOUTS:
        for archive in ("", "zip"):
            with Clock() as clock, tempfile.TemporaryDirectory(dir=show.folder) as folder:
                path = write_class(handins, problem_set.name, layout, Path(folder), archive=archive)
                intake = take_in([path], problem_set.name, roster=roster)
                came = {
                    one.students[0].id: (one.students, one.read(), one.submitted)
                    for one in intake.found
                    if one.students
                }
            lost = [handin for handin in handins if not came_back(handin, layout, came)]
            show.holds(
                not lost and len(intake.found) == len(handins),
                f"{layout}{' ' + archive if archive else ''}: {len(handins) - len(lost)} of {len(handins)} "
                f"came back ({clock})",
            )


Came = tuple[tuple[StudentIdentity, ...], dict[str, bytes], datetime | None]


def came_back(handin: Handin, layout: str, came: dict[str, Came]) -> bool:
    """Whether the last attempt came back, byte for byte, with what else the layout tells of it."""
    last = handin.attempts[-1]
    students, files, submitted = came.get(handin.people[0].id, ((), {}, None))
    contents = list(files.values())
    if layout == "otter":
        archives = [zipfile.ZipFile(io.BytesIO(content)) for content in contents]
        contents = [archive.read(name) for archive in archives for name in archive.namelist()]
    return (
        last.content in contents
        and (layout != "gradescope" or [one.id for one in students] == [one.id for one in handin.people])
        and (layout not in ("gradescope", "nbgrader") or submitted == last.submitted)
    )
