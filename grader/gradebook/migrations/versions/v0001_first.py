"""The first gradebook: every table as its model says, and facts that cannot be changed or removed."""

from __future__ import annotations

from alembic import op

from grader.gradebook.models import APPEND_ONLY, Base

revision = "0001"
down_revision = None


def upgrade() -> None:
    # Nothing is released yet: until then the first migration makes what the models say, and a test compares.
    Base.metadata.create_all(op.get_bind())
    refuse_changes(APPEND_ONLY)


def refuse_changes(tables: tuple[str, ...]) -> None:
    """Have the database refuse to change or remove a row of these tables."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(
            "CREATE FUNCTION gradmark_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the gradebook forgets nothing: % is append-only', TG_TABLE_NAME; END $$"
        )
    for table in tables:
        if sqlite:
            for what in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} BEGIN "
                    f"SELECT RAISE(ABORT, 'the gradebook forgets nothing: {table} is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION gradmark_append_only()"
            )
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION gradmark_append_only()"
            )
