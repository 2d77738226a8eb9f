"""Scores kept in a database that forgets nothing: SQLite by default, PostgreSQL by URL.

`record_results` takes what grading gave, `grade_by_hand` and its kin what people decide, `scores_of` says what everyone's
points are, and ``write_…`` hands them to other systems.
"""

from grader.gradebook.database import open_engine
from grader.gradebook.decisions import ManualGrade, choose_attempt, extend, grade_by_hand, override_points
from grader.gradebook.lateness import Lateness, lateness
from grader.gradebook.record import HandedIn, record_results, whoami
from grader.gradebook.scores import AttemptScore, PsetScores, StudentScore, pset_names, scores_of

__all__ = [
    "AttemptScore",
    "HandedIn",
    "Lateness",
    "ManualGrade",
    "PsetScores",
    "StudentScore",
    "choose_attempt",
    "extend",
    "grade_by_hand",
    "lateness",
    "open_engine",
    "override_points",
    "pset_names",
    "record_results",
    "scores_of",
    "whoami",
]
