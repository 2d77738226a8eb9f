"""Made-up classes whose right results are known: a load for `gradmark grade`, and a check of its verdicts."""

from grader.simulate.draw import KINDS, Attempt, Classroom, Handin
from grader.simulate.layouts import LAYOUTS, write_class
from grader.simulate.own_course import write_course
from grader.simulate.people import Person
from grader.simulate.truth import Agreement, check_truth, matched, recorded, write_roster, write_truth

__all__ = [
    "KINDS",
    "LAYOUTS",
    "Agreement",
    "Attempt",
    "Classroom",
    "Handin",
    "Person",
    "check_truth",
    "matched",
    "recorded",
    "write_class",
    "write_course",
    "write_roster",
    "write_truth",
]
