"""Who is expected to hand in, so that who did not has a row in the exports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "enrolled",
        *(
            sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), primary_key=True, nullable=False)
            for name, table in (("pset_id", "psets"), ("student_id", "students"))
        ),
    )
