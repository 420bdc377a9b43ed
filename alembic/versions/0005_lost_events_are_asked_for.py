"""Lost events are asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OPEN = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ask_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index("ix_message_due", sqlite_where=OPEN, postgresql_where=OPEN)
        batch_op.create_index(
            "ix_message_due", ["lane", "due_at", "id"], unique=False, sqlite_where=OPEN, postgresql_where=OPEN
        )
        batch_op.create_index(
            "ix_message_ask_at",
            ["ask_at"],
            unique=False,
            sqlite_where=sa.text("ask_at IS NOT NULL"),
            postgresql_where=sa.text("ask_at IS NOT NULL"),
        )

    with op.batch_alter_table("provider", schema=None) as batch_op:
        batch_op.add_column(sa.Column("domain_status", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("turns", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("fastest", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("domain_checked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("provider", schema=None) as batch_op:
        batch_op.drop_column("domain_checked_at")
        batch_op.drop_column("fastest")
        batch_op.drop_column("turns")
        batch_op.drop_column("domain_status")

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_message_ask_at",
            sqlite_where=sa.text("ask_at IS NOT NULL"),
            postgresql_where=sa.text("ask_at IS NOT NULL"),
        )
        batch_op.drop_column("ask_at")
        batch_op.drop_index("ix_message_due", sqlite_where=OPEN, postgresql_where=OPEN)
        batch_op.create_index(
            "ix_message_due", ["lane", "due_at"], unique=False, sqlite_where=OPEN, postgresql_where=OPEN
        )
