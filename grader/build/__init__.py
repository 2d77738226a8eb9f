"""What a course hands out: the student's folder and zip, made by otter-assign and checked for leaks."""

from grader.build.leaks import assert_no_answers
from grader.build.notebooks import master_notebook, solution_notebook
from grader.build.student import build

__all__ = ["assert_no_answers", "build", "master_notebook", "solution_notebook"]
