"""A working start: a problem set in a course, or a whole course."""

from grader.scaffold.make import new_course, new_problem_set

__all__ = ["new_course", "new_problem_set"]
