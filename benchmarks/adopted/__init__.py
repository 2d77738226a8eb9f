"""What gradmark makes of existing otter-grader and nbgrader assignments, beside what these graders make of them.

The originals run in environments of their own, each a part of the lock (`make originals`).
"""
