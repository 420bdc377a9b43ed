"""Indexes without what waits."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = ("batch_id", "accepted_at")


def upgrade() -> None:
    for column in COLUMNS:
        op.drop_index(f"ix_message_{column}", "message")
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_message_{column}", "message", [column], sqlite_where=known, postgresql_where=known)


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_index(f"ix_message_{column}", "message")
        op.create_index(f"ix_message_{column}", "message", [column])
