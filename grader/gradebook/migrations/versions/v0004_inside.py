"""Which of a question's points come from tests that ran inside the student's process."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # Earlier tests were all judged outside, which no value says.
    for column in ("inside", "most_inside"):
        op.add_column("question_scores", sa.Column(column, sa.Text(), nullable=True))
