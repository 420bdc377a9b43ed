"""The firm makes it its own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "distribution_group_rule",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("assigned_as", sa.String(length=40), nullable=False),
        sa.Column("only_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["distribution_group.id"], name=op.f("fk_distribution_group_rule_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "assigned_as", "only_primary", name=op.f("pk_distribution_group_rule")),
    )
    op.create_table(
        "case_view",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_view_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_view_person_id")),
        sa.PrimaryKeyConstraint("case_id", "person_id", name=op.f("pk_case_view")),
    )
    op.create_table(
        "email_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_email_template_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_template")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["invited_by_id"], ["person.id"], name=op.f("fk_invitation_invited_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("seal", name=op.f("uq_invitation_seal")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "silenced_kind",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("silenced_by_id", sa.Integer(), nullable=False),
        sa.Column("silenced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["silenced_by_id"], ["person.id"], name=op.f("fk_silenced_kind_silenced_by_id")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_silenced_kind")),
    )
    add("access_group", sa.Column("moves_last_update", sa.Boolean(), nullable=False, server_default=sa.true()))
    add(
        "firm",
        sa.Column("email_signature", sa.String(), nullable=False, server_default=""),
        sa.Column("time_zone", sa.String(), nullable=False, server_default="UTC"),
        sa.Column("logo_sha256", sa.String(), nullable=True),
        sa.Column("logo_type", sa.String(), nullable=False, server_default=""),
        sa.Column("attach_files", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("links_expire", sa.String(), nullable=False, server_default="7 days"),
        sa.Column("verify_identity", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    add(
        "history",
        sa.Column("area", sa.String(length=40), nullable=False, server_default="updates"),
        sa.Column("network", sa.String(), nullable=False, server_default=""),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_history_at"), ["at"], unique=False)
    for area, what in AREAS.items():
        op.execute(f"UPDATE history SET area = '{area}' WHERE what IN ({', '.join(map(repr, what))})")
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def add(table: str, *columns: sa.Column) -> None:
    """New columns, with what the rows of before shall have in them; new rows get theirs from the models."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.add_column(column)
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            if column.server_default is not None:
                batch_op.alter_column(column.name, existing_type=column.type, server_default=None)


AREAS = {
    "sending": ("update sent", "sending undone", "sending recalled", "email tried again", "link renewed", "link revoked"),
    "files": ("file added",),
}
# Whoever rebuilds the table (SQLite alters so) makes these again.
APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER history_no_{act.lower()} BEFORE {act} ON history "
        "BEGIN SELECT RAISE(ABORT, 'history is appended, never changed'); END"
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION history_is_appended() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is appended, never changed'; END $$",
        "CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON history "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_is_appended()",
    ],
}


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER history_no_change ON history")
        op.execute("DROP FUNCTION history_is_appended")
    else:
        op.execute("DROP TRIGGER history_no_update")
        op.execute("DROP TRIGGER history_no_delete")
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_at"))
        batch_op.drop_index(batch_op.f("ix_history_area"))
        batch_op.drop_column("network")
        batch_op.drop_column("area")

    with op.batch_alter_table("firm", schema=None) as batch_op:
        batch_op.drop_column("verify_identity")
        batch_op.drop_column("links_expire")
        batch_op.drop_column("attach_files")
        batch_op.drop_column("logo_type")
        batch_op.drop_column("logo_sha256")
        batch_op.drop_column("time_zone")
        batch_op.drop_column("email_signature")

    with op.batch_alter_table("access_group", schema=None) as batch_op:
        batch_op.drop_column("moves_last_update")

    op.drop_table("silenced_kind")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_person_id"))

    op.drop_table("invitation")
    op.drop_table("email_template")
    op.drop_table("case_view")
    op.drop_table("distribution_group_rule")
