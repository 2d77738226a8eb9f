"""What a course hands out: a folder and zip for students, made by otter-assign and checked for leaks.

It also makes an autograder for Gradescope, which contains the answers.
"""

from grader.build.each import BuiltForEach, build_for_each
from grader.build.gradescope import build_autograder
from grader.build.leaks import assert_no_answers, leaks_in_sources
from grader.build.notebooks import master_notebook, solution_notebook
from grader.build.student import build

__all__ = [
    "BuiltForEach",
    "assert_no_answers",
    "build",
    "build_autograder",
    "build_for_each",
    "leaks_in_sources",
    "master_notebook",
    "solution_notebook",
]
