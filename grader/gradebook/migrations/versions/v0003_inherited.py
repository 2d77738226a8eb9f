"""Which questions have inherited failures, and which results could not tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # No failure was inherited before there were such failures.
    for table, column in (("question_scores", "inherited"), ("results", "unfollowed")):
        op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
