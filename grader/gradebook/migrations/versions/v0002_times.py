"""The time zone of a problem set, and why an attempt's time is not known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("psets", sa.Column("timezone", sa.Text(), nullable=True))
    # Nothing is known about the times of earlier attempts, which the default says.
    op.add_column("attempts", sa.Column("untimed", sa.String(length=10), nullable=False, server_default=""))
