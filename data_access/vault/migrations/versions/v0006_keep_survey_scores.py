"""Keep the scores of staff surveys beside a conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_score",
        sa.Column("id", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(length=120), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_survey_score_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_survey_score_import_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_score")),
    )
    op.create_index(op.f("ix_survey_score_conversation_id"), "survey_score", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_survey_score_import_id"), "survey_score", ["import_id"], unique=False)
