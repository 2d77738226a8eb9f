"""Judging one submission: the hidden suite, collected once, run against any number of sandboxed students."""

from grader.submission import Submission
from grader.suite.grading import Grader

__all__ = ["Grader", "Submission"]
