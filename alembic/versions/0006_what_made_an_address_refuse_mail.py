"""What made an address refuse mail."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FROM_HISTORY = """
UPDATE person SET bounce = COALESCE((
    SELECT what FROM history
    WHERE area = 'people and sign-in' AND about = person.name || ': ' || person.email AND at >= person.bounced_at
    AND what IN ('mail marked as spam', 'address suppressed by the mail provider', 'address bounced')
    ORDER BY id LIMIT 1
), bounce) WHERE bounced_at IS NOT NULL
"""


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bounce", sa.String(length=40), nullable=False, server_default="address bounced"))
    op.execute(FROM_HISTORY)


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("bounce")
