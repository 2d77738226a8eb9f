"""On a student's own machine: the public tests, on a fresh run of the notebook, without a sandbox.

Nothing here needs Linux, otter or Jupyter; running a notebook needs IPython.
"""

from grader.local.check import check_notebook
from grader.local.display import question_html, student_in
from grader.local.reports import CheckReport, QuestionReport, StoppedCell, TestReport

__all__ = [
    "CheckReport",
    "QuestionReport",
    "StoppedCell",
    "TestReport",
    "check_notebook",
    "question_html",
    "student_in",
]
