"""What a course hands out: the student's folder and zip, made by otter-assign and checked for leaks."""

from grader.build.leaks import assert_no_answers, leaks_in_sources
from grader.build.notebooks import master_notebook, solution_notebook
from grader.build.student import build

__all__ = ["assert_no_answers", "build", "leaks_in_sources", "master_notebook", "solution_notebook"]
