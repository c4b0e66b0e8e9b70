"""Make the desk: accounts, visits, the audit log and the plan.

The audit log is only added to; the database itself refuses anything else.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import data_access.desk.base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


NO_CHANGE = "the audit log is only added to"
SQLITE = [
    f"CREATE TRIGGER audit_entry_{verb.lower()} BEFORE {verb} ON audit_entry "
    f"BEGIN SELECT RAISE(ABORT, '{NO_CHANGE}'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{NO_CHANGE}'; END $$",
    "CREATE TRIGGER audit_entry_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()",
]


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.String(length=80), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("scope", sa.String(length=300), nullable=False),
        sa.Column("release", sa.Integer(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "plan_action",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_plan_action_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_plan_action")),
    )
    op.create_table(
        "plan_commitment_version",
        sa.Column("commitment", sa.String(length=60), nullable=False),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("owner_level", sa.Text(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("due_stated", sa.Text(), nullable=True),
        sa.Column("due_earliest", sa.Date(), nullable=True),
        sa.Column("due_latest", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(length=20), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_commitment_version")),
        sa.UniqueConstraint("commitment", "version", name=op.f("uq_plan_commitment_version_commitment_version")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("last_at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_sign_in_failure")),
    )
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_failure_last_at"), ["last_at"], unique=False)

    op.create_table(
        "plan_action_version",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("owner_level", sa.Text(), nullable=True),
        sa.Column("leads", sa.Text(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("due_stated", sa.Text(), nullable=True),
        sa.Column("due_earliest", sa.Date(), nullable=True),
        sa.Column("due_latest", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(length=20), nullable=False),
        sa.Column("governance", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["plan_action.number"], name=op.f("fk_plan_action_version_number_plan_action")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action_version")),
        sa.UniqueConstraint("number", "version", name=op.f("uq_plan_action_version_number_version")),
    )
    op.create_table(
        "plan_evidence_version",
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("response", sa.String(length=20), nullable=True),
        sa.Column("response_text", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["action"], ["plan_action.number"], name=op.f("fk_plan_evidence_version_action_plan_action")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_evidence_version")),
        sa.UniqueConstraint(
            "action", "kind", "item", "version", name=op.f("uq_plan_evidence_version_action_kind_item_version")
        ),
    )
    with op.batch_alter_table("plan_evidence_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_evidence_version_action"), ["action"], unique=False)

    op.create_table(
        "plan_milestone_version",
        sa.Column("milestone", sa.String(length=120), nullable=False),
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_stated", sa.Text(), nullable=True),
        sa.Column("due_earliest", sa.Date(), nullable=True),
        sa.Column("due_latest", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(length=20), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["action"], ["plan_action.number"], name=op.f("fk_plan_milestone_version_action_plan_action")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_milestone_version")),
        sa.UniqueConstraint("milestone", "version", name=op.f("uq_plan_milestone_version_milestone_version")),
    )
    with op.batch_alter_table("plan_milestone_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_milestone_version_action"), ["action"], unique=False)

    op.create_table(
        "plan_update",
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["action"], ["plan_action.number"], name=op.f("fk_plan_update_action_plan_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_update")),
    )
    with op.batch_alter_table("plan_update", schema=None) as batch_op:
        batch_op.create_index("ix_plan_update_action_as_at", ["action", "as_at"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=2000), nullable=False),
        sa.Column("ends_at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ticket_account_id_account")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ticket")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "visit",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.Column("last_seen_at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.Column("ends_at", data_access.desk.base.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_visit_account_id_account")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_ends_at"), ["ends_at"], unique=False)
    head = sa.table("audit_head", sa.column("id"), sa.column("number"), sa.column("hash"))
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": "0" * 64}])
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_ends_at"))
        batch_op.drop_index(batch_op.f("ix_visit_account_id"))

    op.drop_table("visit")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_ends_at"))

    op.drop_table("ticket")
    with op.batch_alter_table("plan_update", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_update_action_as_at")

    op.drop_table("plan_update")
    with op.batch_alter_table("plan_milestone_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_milestone_version_action"))

    op.drop_table("plan_milestone_version")
    with op.batch_alter_table("plan_evidence_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_evidence_version_action"))

    op.drop_table("plan_evidence_version")
    op.drop_table("plan_action_version")
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_failure_last_at"))

    op.drop_table("sign_in_failure")
    op.drop_table("plan_commitment_version")
    op.drop_table("plan_action")
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
    op.drop_table("account")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_refuse()")
