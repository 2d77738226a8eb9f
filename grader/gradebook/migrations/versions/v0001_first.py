"""The first gradebook: numbers, facts, personal rows and content, and facts that cannot be changed or removed.

Written out, so that it stays what it was when the models go on; a test compares the two.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER, TEXT, SHA256, BYTES = sa.Integer(), sa.Text(), sa.String(length=64), sa.LargeBinary()
SHORT, WORD = sa.String(length=40), sa.String(length=20)
FLAG, JSON, MOMENT = sa.Boolean(), sa.JSON(), sa.DateTime(timezone=True)
POINTS = sa.Text()
"""A fraction, such as ``1/3``."""
FACTS = (
    "runs", "results", "question_scores", "manual_scores", "overrides", "extensions", "choices", "sentences",
    "publications", "history",
)  # fmt: skip
# fmt: off
TABLES: dict[str, dict[str, sa.types.TypeEngine]] = {
    "blobs": {"id": NUMBER, "sha256": SHA256, "size": NUMBER, "data": BYTES},
    "digests": {"whole": SHA256, "parts": JSON},
    "groups": {"id": NUMBER, "key": TEXT},
    "psets": {
        "id": NUMBER, "name": TEXT, "title": TEXT, "questions": JSON, "due": MOMENT, "late": JSON, "counts": WORD,
    },
    "students": {"id": NUMBER, "pseudonym": SHORT},
    "enrolled": {"pset_id": NUMBER, "student_id": NUMBER},
    "extensions": {
        "id": NUMBER, "pset_id": NUMBER, "student_id": NUMBER, "until": MOMENT, "why": NUMBER, "by": TEXT,
        "at": MOMENT,
    },
    "group_members": {"group_id": NUMBER, "student_id": NUMBER},
    "handout_cells": {"pset_id": NUMBER, "sha256": SHA256, "markup": TEXT},
    "history": {
        "id": NUMBER, "at": MOMENT, "by": TEXT, "what": SHORT, "pset_id": NUMBER, "student_id": NUMBER,
        "detail": JSON, "text_id": NUMBER,
    },
    "identities": {"student_id": NUMBER, "key": TEXT, "sid": TEXT, "name": TEXT, "email": TEXT, "folded_email": TEXT},
    "overrides": {
        "id": NUMBER, "pset_id": NUMBER, "student_id": NUMBER, "question": TEXT, "points": POINTS, "why": NUMBER,
        "by": TEXT, "at": MOMENT,
    },
    "publications": {"id": NUMBER, "pset_id": NUMBER, "published": FLAG, "by": TEXT, "at": MOMENT},
    "runs": {"id": NUMBER, "pset_id": NUMBER, "at": MOMENT, "by": TEXT, "gradmark": TEXT, "pset_sha256": SHA256},
    "sentences": {
        "id": NUMBER, "pset_id": NUMBER, "question": TEXT, "digest": SHA256, "says": TEXT, "by": TEXT, "at": MOMENT,
    },
    "submissions": {"id": NUMBER, "pset_id": NUMBER},
    "attempts": {
        "id": NUMBER, "submission_id": NUMBER, "group_id": NUMBER, "sha256": SHA256, "received_at": MOMENT,
        "handed_in_at": MOMENT, "marked_late": FLAG,
    },
    "submission_names": {"submission_id": NUMBER, "pset_id": NUMBER, "name": TEXT},
    "attempt_files": {"id": NUMBER, "attempt_id": NUMBER, "path": TEXT, "blob_id": NUMBER},
    "attempt_origins": {"attempt_id": NUMBER, "place": TEXT, "layout": TEXT},
    "choices": {
        "id": NUMBER, "pset_id": NUMBER, "student_id": NUMBER, "attempt_id": NUMBER, "why": NUMBER, "by": TEXT,
        "at": MOMENT,
    },
    "manual_scores": {
        "id": NUMBER, "attempt_id": NUMBER, "question": TEXT, "points": POINTS, "comment": NUMBER, "by": TEXT,
        "at": MOMENT,
    },
    "rendered_notebooks": {"attempt_id": NUMBER, "blob_id": NUMBER},
    "results": {
        "id": NUMBER, "run_id": NUMBER, "attempt_id": NUMBER, "at": MOMENT, "status": WORD, "passed": FLAG,
        "score": POINTS, "max_score": POINTS, "provenance": JSON, "digest": SHA256,
    },
    "texts": {"id": NUMBER, "student_id": NUMBER, "attempt_id": NUMBER, "text": TEXT},
    "behaviours": {"result_id": NUMBER, "data": BYTES},
    "documents": {"result_id": NUMBER, "reason": TEXT, "data": BYTES},
    "question_scores": {"result_id": NUMBER, "question": TEXT, "score": POINTS, "max_score": POINTS},
}
NULLABLE = {
    "psets.due", "psets.late", "extensions.until", "history.pset_id", "history.student_id", "history.text_id",
    "overrides.question", "overrides.points", "attempts.handed_in_at", "choices.attempt_id", "manual_scores.points",
    "manual_scores.comment", "texts.student_id", "texts.attempt_id",
}
KEYS = {
    "digests": ("whole",), "enrolled": ("pset_id", "student_id"), "group_members": ("group_id", "student_id"),
    "handout_cells": ("pset_id", "sha256"), "identities": ("student_id",), "submission_names": ("submission_id",),
    "attempt_origins": ("attempt_id",), "rendered_notebooks": ("attempt_id",), "behaviours": ("result_id",),
    "documents": ("result_id",), "question_scores": ("result_id", "question"),
}
"""Primary keys, where they are not ``id``."""
UNIQUE = {
    "blobs": ("sha256",), "groups": ("key",), "psets": ("name",), "students": ("pseudonym",), "identities": ("key",),
    "submission_names": ("pset_id", "name"),
}
INDEXES = {
    "ix_extensions_student_id": ("extensions", "student_id"),
    "ix_group_members_student_id": ("group_members", "student_id"),
    "ix_history_student_id": ("history", "student_id"), "ix_identities_folded_email": ("identities", "folded_email"),
    "ix_overrides_student_id": ("overrides", "student_id"),
    "ix_sentences_behaviour": ("sentences", "pset_id", "question", "digest"),
    "ix_submissions_pset_id": ("submissions", "pset_id"), "ix_attempts_group_id": ("attempts", "group_id"),
    "ix_attempts_submission_id": ("attempts", "submission_id"),
    "ix_attempt_files_attempt_id": ("attempt_files", "attempt_id"),
    "ix_attempt_files_blob_id": ("attempt_files", "blob_id"), "ix_choices_student_id": ("choices", "student_id"),
    "ix_manual_scores_answer": ("manual_scores", "attempt_id", "question"),
    "ix_rendered_notebooks_blob_id": ("rendered_notebooks", "blob_id"),
    "ix_results_attempt_id": ("results", "attempt_id"), "ix_results_run_id": ("results", "run_id"),
    "ix_texts_attempt_id": ("texts", "attempt_id"), "ix_texts_student_id": ("texts", "student_id"),
}
REFERS_TO = {
    "pset_id": "psets", "student_id": "students", "group_id": "groups", "submission_id": "submissions",
    "attempt_id": "attempts", "result_id": "results", "run_id": "runs", "blob_id": "blobs",
}
"""Every column with one of these names is a foreign key."""
# fmt: on


def upgrade() -> None:
    for name, columns in TABLES.items():
        op.create_table(
            name,
            *(sa.Column(each, kind, nullable=f"{name}.{each}" in NULLABLE) for each, kind in columns.items()),
            *(
                sa.ForeignKeyConstraint([c], [f"{REFERS_TO[c]}.id"])
                for c in sorted(columns)
                if c in REFERS_TO
            ),
            sa.PrimaryKeyConstraint(*KEYS.get(name, ("id",))),
            *([sa.UniqueConstraint(*UNIQUE[name])] if name in UNIQUE else []),
        )
    for name, (table, *indexed) in INDEXES.items():
        op.create_index(name, table, indexed)
    refuse_changes(FACTS)


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
