"""Keep decisions on flagged text and on suggested codes.

Revision: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data_access.desk.base import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=80), nullable=False),
        sa.Column("item_kind", sa.String(length=20), nullable=False),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_decision")),
    )
    with op.batch_alter_table("text_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_decision_conversation"), ["conversation"], unique=False)

    op.create_table(
        "code_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=80), nullable=False),
        sa.Column("item_kind", sa.String(length=20), nullable=False),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("frame_version", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_decision")),
    )
    with op.batch_alter_table("code_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_code_decision_conversation"), ["conversation"], unique=False)


def downgrade() -> None:
    op.drop_table("code_decision")
    op.drop_table("text_decision")
