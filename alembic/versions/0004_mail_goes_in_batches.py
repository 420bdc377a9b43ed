"""Mail goes in batches."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("key", name=op.f("uq_batch_key")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_attempted_at"), ["attempted_at"], unique=False)

    op.create_table(
        "provider",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requests_a_second", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pause", sa.String(length=40), nullable=True),
        sa.Column("paused_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_why", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clock_off", sa.Float(), nullable=True),
        sa.Column("event_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_refused_why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
    )
    op.create_table(
        "payload",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_payload_message_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_payload")),
    )
    op.create_table(
        "provider_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_provider_event_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_event")),
        sa.UniqueConstraint("event_id", name=op.f("uq_provider_event_event_id")),
    )
    with op.batch_alter_table("provider_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_event_message_id"), ["message_id"], unique=False)

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("goes_alone", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("batch_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("delayed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("complained_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("suppressed_at", sa.DateTime(timezone=True), nullable=True))
    for statement in APART:
        op.execute(statement)
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.alter_column("goes_alone", existing_type=sa.Boolean(), server_default=None)
        for column in ("payload", "payload_sha256", "lease", "leased_until", "attempted_at", "uncertain_since"):
            batch_op.drop_column(column)
        batch_op.drop_index("ix_message_open")
        batch_op.create_foreign_key(batch_op.f("fk_message_batch_id"), "batch", ["batch_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_message_accepted_at"), ["accepted_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_batch_id"), ["batch_id"], unique=False)
        for name, columns, where in PARTIAL:
            only = sa.text(where)
            batch_op.create_index(name, columns, unique=False, sqlite_where=only, postgresql_where=only)


PARTIAL = (
    ("ix_message_due", ["lane", "due_at"], "due_at IS NOT NULL"),
    ("ix_message_parked_at", ["parked_at"], "parked_at IS NOT NULL"),
)
# A mail that may have left becomes a batch of one under the key it had, so that it is still sent only once.
APART = (
    "INSERT INTO payload (message_id, content, sha256) SELECT id, payload, payload_sha256 FROM message",
    """UPDATE message SET goes_alone = true WHERE payload LIKE '{"attachments":%'""",
    "INSERT INTO batch (key, created_at, attempted_at, lease, leased_until) "
    "SELECT key, uncertain_since, coalesce(attempted_at, uncertain_since), 1, leased_until FROM message "
    "WHERE uncertain_since IS NOT NULL AND accepted_at IS NULL AND refused_at IS NULL AND cancelled_at IS NULL",
    "UPDATE message SET batch_id = (SELECT batch.id FROM batch WHERE batch.key = message.key)",
)


def downgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("uncertain_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("lease", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("payload", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("payload_sha256", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE message SET payload = (SELECT content FROM payload WHERE message_id = message.id)")
    op.execute("UPDATE message SET payload_sha256 = (SELECT sha256 FROM payload WHERE message_id = message.id)")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_message_batch_id"), type_="foreignkey")
        for name in ("ix_message_parked_at", "ix_message_due", "ix_message_batch_id", "ix_message_accepted_at"):
            batch_op.drop_index(name)
        for column in ("suppressed_at", "failed_at", "complained_at", "delayed_at", "batch_id", "goes_alone"):
            batch_op.drop_column(column)
        batch_op.create_index("ix_message_open", ["lane", "due_at"], unique=False)

    with op.batch_alter_table("provider_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_event_message_id"))

    op.drop_table("provider_event")
    op.drop_table("payload")
    op.drop_table("provider")
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_attempted_at"))

    op.drop_table("batch")
