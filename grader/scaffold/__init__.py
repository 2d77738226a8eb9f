"""Something to start from: a problem set in a course, or a whole course, that works as it is."""

from grader.scaffold.make import new_course, new_problem_set

__all__ = ["new_course", "new_problem_set"]
