"""Alembic's environment: migrates on the connection it is given, within that connection's transaction."""

from alembic import context

from grader.gradebook.columns import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
context.run_migrations()
