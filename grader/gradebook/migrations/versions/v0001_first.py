"""The first gradebook: everything, and facts that cannot be changed or removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
FACTS = (
    "runs", "results", "question_scores", "test_scores", "manual_scores", "overrides", "extensions", "choices",
    "history",
)  # fmt: skip


def upgrade() -> None:
    _names()
    _results()
    _decisions()
    refuse_changes(FACTS)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _to(name: str, target: str, *, nullable: bool = False, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        name, sa.Integer, sa.ForeignKey(f"{target}.id"), nullable=nullable, primary_key=primary_key
    )


def _text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Double, nullable=nullable)


def _names() -> None:
    op.create_table(
        "psets",
        _id(),
        sa.Column("name", sa.String(200), nullable=False, unique=True),
        _text("title"),
        sa.Column("questions", sa.JSON, nullable=False),
        sa.Column("due", MOMENT),
        sa.Column("late", sa.JSON),
        _text("counts", 20),
    )
    op.create_table(
        "students",
        _id(),
        sa.Column("key", sa.String(400), nullable=False, unique=True),
        _text("sid"),
        _text("name"),
        _text("email"),
    )
    op.create_table("groups", _id(), sa.Column("key", sa.String(400), nullable=False, unique=True))
    op.create_table(
        "group_members",
        _to("group_id", "groups", primary_key=True),
        _to("student_id", "students", primary_key=True),
    )
    op.create_index("ix_group_members_student_id", "group_members", ["student_id"])
    op.create_table(
        "attempts",
        _id(),
        _to("pset_id", "psets"),
        _to("group_id", "groups"),
        _text("submission", 400),
        _text("sha256", 64),
        sa.Column("submitted_at", MOMENT),
        sa.Column("marked_late", sa.Boolean, nullable=False),
        sa.UniqueConstraint("pset_id", "submission", "sha256"),
    )
    op.create_index("ix_attempts_group_id", "attempts", ["group_id"])


def _results() -> None:
    op.create_table(
        "runs",
        _id(),
        _to("pset_id", "psets"),
        sa.Column("at", MOMENT, nullable=False),
        _text("by"),
        _text("gradmark"),
        _text("pset_sha256", 64),
    )
    op.create_table(
        "results",
        _id(),
        _to("run_id", "runs"),
        _to("attempt_id", "attempts"),
        _text("status", 20),
        _text("reason"),
        _number("score"),
        _number("max_score"),
        sa.Column("provenance", sa.JSON, nullable=False),
        _text("digest", 64),
    )
    op.create_index("ix_results_run_id", "results", ["run_id"])
    op.create_index("ix_results_attempt_id", "results", ["attempt_id"])
    op.create_table(
        "question_scores",
        _to("result_id", "results", primary_key=True),
        sa.Column("question", sa.String(100), primary_key=True),
        _number("score"),
        _number("max_score"),
    )
    op.create_table(
        "test_scores",
        _to("result_id", "results", primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        _text("question", 100),
        _text("name"),
        _text("status", 20),
        _number("score"),
        _number("max_score"),
        _text("visibility", 20),
        _text("message"),
        _text("mistake", nullable=True),
    )


def _decisions() -> None:
    def signed() -> list[sa.Column[object]]:
        return [_text("by"), sa.Column("at", MOMENT, nullable=False)]  # type: ignore[list-item]

    op.create_table(
        "manual_scores",
        _id(),
        _to("attempt_id", "attempts"),
        _text("question", 100),
        _number("points", nullable=True),
        _text("comment"),
        *signed(),
    )
    op.create_index("ix_manual_scores_answer", "manual_scores", ["attempt_id", "question"])
    particular: dict[str, list[sa.Column[object]]] = {
        "overrides": [_text("question", 100, nullable=True), _number("points", nullable=True)],  # type: ignore[list-item]
        "extensions": [sa.Column("until", MOMENT)],
        "choices": [_to("attempt_id", "attempts", nullable=True)],  # type: ignore[list-item]
    }
    for table, columns in particular.items():
        op.create_table(
            table,
            _id(),
            _to("pset_id", "psets"),
            _to("student_id", "students"),
            *columns,
            _text("why"),
            *signed(),
        )
        op.create_index(f"ix_{table}_student_id", table, ["student_id"])
    op.create_table(
        "history",
        _id(),
        sa.Column("at", MOMENT, nullable=False),
        _text("by"),
        _text("what", 40),
        _to("pset_id", "psets", nullable=True),
        _to("student_id", "students", nullable=True),
        sa.Column("detail", sa.JSON, nullable=False),
    )
    op.create_index("ix_history_student_id", "history", ["student_id"])


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
