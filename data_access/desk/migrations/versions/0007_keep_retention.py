"""Keep the days of ending conversations, and certificates of what was erased and purged.

Revision: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data_access.desk.base import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_fact",
        sa.Column("conversation", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("final_release", sa.Integer(), nullable=True),
        sa.Column("completed_at", Moment(), nullable=True),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("purged_at", Moment(), nullable=True),
        sa.Column("alarmed_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_retention_fact")),
    )
    op.create_table(
        "certificate",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("conversation", sa.String(length=80), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_certificate")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_conversation"), ["conversation"], unique=False)


def downgrade() -> None:
    op.drop_table("certificate")
    op.drop_table("retention_fact")
