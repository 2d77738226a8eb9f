"""Existing otter-grader and nbgrader assignments, graded as they are."""
