"""Keep the workforce that participants are held against."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workforce_count",
        sa.Column("id", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=120), nullable=True),
        sa.Column("icb", sa.String(length=20), nullable=True),
        sa.Column("staff_group", sa.String(length=200), nullable=True),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_workforce_count_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_workforce_count_import_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workforce_count")),
    )
    op.create_index(op.f("ix_workforce_count_conversation_id"), "workforce_count", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_workforce_count_import_id"), "workforce_count", ["import_id"], unique=False)
