"""Judging one submission: the hidden suite, collected once, run against any number of sandboxed students."""

from grader.suite.grading import Grader, Submission

__all__ = ["Grader", "Submission"]
