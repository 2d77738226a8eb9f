"""The gradebook: every grade of a course and the reason for it, in a database that forgets nothing.

`Recorder` records submissions and their results, `grade_by_hand` and the like record what people decide. `scores_of`
works out everyone's points, `documents_of` reads results in full, and `scores_csv` and the like export them.
`erase_student` removes a person. The database is a SQLite file, or PostgreSQL if a URL names one.
"""

from grader.gradebook.answers import (
    answers_csv,
    gather_answers,
    page_parts,
    picture_files,
    read_grades,
)
from grader.gradebook.canvas import canvas_csv, canvas_problems, fill_canvas_csv
from grader.gradebook.database import Database, open_gradebook, reading, transaction
from grader.gradebook.decisions import (
    ManualGrade,
    choose_attempt,
    grade_by_hand,
    override_points,
    publish,
)
from grader.gradebook.documents import documents_of
from grader.gradebook.erasure import Erased, PersonalRecord, erase_student, everything_about, prune
from grader.gradebook.exports import scores_csv
from grader.gradebook.extensions import Extended, everyone, extend
from grader.gradebook.gradescope import gradescope_results
from grader.gradebook.groups import (
    FailingAlike,
    behaviours,
    draft_mistake,
    failing_alike,
    find_group,
    say_to_group,
)
from grader.gradebook.history import Line, history_of
from grader.gradebook.lateness import Lateness, lateness
from grader.gradebook.lookup import pset_names
from grader.gradebook.record import Delivery, LastResult, Recorder, whoami
from grader.gradebook.scores import (
    AttemptScore,
    PsetScores,
    QuestionInfo,
    Standing,
    StudentScore,
    complete,
    headline,
    standing,
)
from grader.gradebook.scoring import scores_of

__all__ = [
    "AttemptScore",
    "Database",
    "Delivery",
    "Erased",
    "Extended",
    "FailingAlike",
    "LastResult",
    "Lateness",
    "Line",
    "ManualGrade",
    "PersonalRecord",
    "PsetScores",
    "QuestionInfo",
    "Recorder",
    "Standing",
    "StudentScore",
    "answers_csv",
    "behaviours",
    "canvas_csv",
    "canvas_problems",
    "choose_attempt",
    "complete",
    "documents_of",
    "draft_mistake",
    "erase_student",
    "everyone",
    "everything_about",
    "extend",
    "failing_alike",
    "fill_canvas_csv",
    "find_group",
    "gather_answers",
    "grade_by_hand",
    "gradescope_results",
    "headline",
    "history_of",
    "lateness",
    "open_gradebook",
    "override_points",
    "page_parts",
    "picture_files",
    "prune",
    "pset_names",
    "publish",
    "read_grades",
    "reading",
    "say_to_group",
    "scores_csv",
    "scores_of",
    "standing",
    "transaction",
    "whoami",
]
