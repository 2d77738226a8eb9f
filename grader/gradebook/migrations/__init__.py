"""Alembic's migrations of the gradebook, run by `grader.gradebook.database` when a gradebook is opened."""
