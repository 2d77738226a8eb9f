"""Existing otter-grader and nbgrader assignments, graded as they are.

Readers make an `Assignment` of an author's files. A plan says which tests are judged outside the student's process.
An `AdoptedSet` is then a problem set like any other; its judge forks for each submission, and what a test asks of a
submission is answered by the sandbox.
"""

from grader.adopt.adoptedset import AdoptedSet
from grader.adopt.recognise import adopted_set, is_adopted, planned, read_assignment

__all__ = ["AdoptedSet", "adopted_set", "is_adopted", "planned", "read_assignment"]
