"""Scores kept in a database that forgets nothing: SQLite by default, PostgreSQL by URL.

`record_results` takes what grading gave, `grade_by_hand` and its kin what people decide, `scores_of` says what
everyone's points are, and `scores_csv` and its kin hand them to other systems.
"""

from grader.gradebook.answers import answers_csv, answers_page, gather_answers, read_grades
from grader.gradebook.canvas import canvas_csv, canvas_problems, fill_canvas_csv
from grader.gradebook.database import open_engine
from grader.gradebook.decisions import ManualGrade, choose_attempt, extend, grade_by_hand, override_points
from grader.gradebook.exports import scores_csv
from grader.gradebook.gradescope import gradescope_results
from grader.gradebook.history import Line, history_of
from grader.gradebook.lateness import Lateness, lateness
from grader.gradebook.record import HandedIn, record_results, whoami
from grader.gradebook.scores import AttemptScore, PsetScores, StudentScore, pset_names, scores_of

__all__ = [
    "AttemptScore",
    "HandedIn",
    "Lateness",
    "Line",
    "ManualGrade",
    "PsetScores",
    "StudentScore",
    "answers_csv",
    "answers_page",
    "canvas_csv",
    "canvas_problems",
    "choose_attempt",
    "extend",
    "fill_canvas_csv",
    "gather_answers",
    "grade_by_hand",
    "gradescope_results",
    "history_of",
    "lateness",
    "open_engine",
    "override_points",
    "pset_names",
    "read_grades",
    "record_results",
    "scores_csv",
    "scores_of",
    "whoami",
]
