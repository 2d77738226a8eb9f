"""What nbgrader itself gives for our submissions, as `record.py` wrote it down."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from tests.adopt.nbgrader_courses.writing import Homework

POINTS = Path(__file__).with_name("points.json")

Points = dict[str, dict[str, float | None]]
"""By submission and test cell; None where the cell was not in the submission."""


def recorded(homework: Homework) -> Points:
    """The points of each submission and each test cell of an assignment."""
    return _all()[homework.name]


@cache
def _all() -> dict[str, Points]:
    found: dict[str, Points] = json.loads(POINTS.read_text())
    return found
