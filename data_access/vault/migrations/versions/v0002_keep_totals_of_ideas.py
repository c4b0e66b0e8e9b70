"""Keep the totals of ideas from sources that supply no votes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idea_total",
        sa.Column("id", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False),
        sa.Column("agree", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Integer(), nullable=True),
        sa.Column("disagree", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_total_idea_id_idea")),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_idea_total_import_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_total")),
    )
    op.create_index(op.f("ix_idea_total_idea_id"), "idea_total", ["idea_id"], unique=False)
    op.create_index(op.f("ix_idea_total_import_id"), "idea_total", ["import_id"], unique=False)
