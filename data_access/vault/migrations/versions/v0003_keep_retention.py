"""Keep what completing, purging and erasing need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_IDENTITY = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "retention",
        sa.Column("conversation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("completed_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("confirmed_by", sa.String(length=80), nullable=False),
        sa.Column("final_release", sa.Integer(), nullable=True),
        sa.Column("purged_at_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_retention_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_retention")),
    )
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("erased_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_erasure_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_conversation_id"), "erasure", ["conversation_id"], unique=False)
    op.create_table(
        "erased_person",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("is_text_erased", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_erased_person_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_person")),
        sa.UniqueConstraint("conversation_id", "mark", name=op.f("uq_erased_person_conversation_id_mark")),
    )
    op.create_table(
        "withdrawn_text",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("post_kind", sa.String(length=20), nullable=False),
        sa.Column("post_source_id", sa.String(length=120), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_withdrawn_text_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn_text")),
        sa.UniqueConstraint(
            "conversation_id",
            "post_kind",
            "post_source_id",
            name=op.f("uq_withdrawn_text_conversation_id_post_kind_post_source_id"),
        ),
    )
