"""Keep what sessions and programmes need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("notes_link", "input_link", "introduction"):
        op.add_column("session", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("session", sa.Column("region", sa.String(length=80), nullable=True))
    op.add_column(
        "feedback_point", sa.Column("given", sa.String(length=30), nullable=False, server_default="in the session")
    )
    op.add_column("feedback_point", sa.Column("position", sa.Integer(), nullable=True))
    op.add_column("cohort", sa.Column("minutes", sa.Integer(), nullable=True))
    op.create_table(
        "interest",
        sa.Column("id", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=120), nullable=False),
        sa.Column("programme_source_id", sa.String(length=120), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=True),
        sa.Column("region", sa.String(length=80), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_interest_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_interest_import_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
    )
    op.create_index(op.f("ix_interest_conversation_id"), "interest", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_interest_import_id"), "interest", ["import_id"], unique=False)
