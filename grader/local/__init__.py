"""A student's own machine: the public tests, on a fresh run of the notebook, without a sandbox.

Nothing here needs Linux, otter or Jupyter; IPython is used where it is installed.
"""

from grader.local.check import CheckReport, QuestionReport, TestReport, check_notebook
from grader.local.display import question_html, student_in

__all__ = ["CheckReport", "QuestionReport", "TestReport", "check_notebook", "question_html", "student_in"]
