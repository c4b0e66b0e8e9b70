"""Keep what versions of the coding frame need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_IDENTITY = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    op.add_column("code", sa.Column("is_withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "theme_map",
        sa.Column("id", _IDENTITY, nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=False),
        sa.Column("from_theme", sa.String(length=60), nullable=False),
        sa.Column("to_version", sa.Integer(), nullable=False),
        sa.Column("to_theme", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_theme_map_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_theme_map_import_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_map")),
    )
    op.create_index(op.f("ix_theme_map_conversation_id"), "theme_map", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_theme_map_import_id"), "theme_map", ["import_id"], unique=False)
