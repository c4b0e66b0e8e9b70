"""Keep which proofs of an organisation's sign-in service were used.

Revision: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data_access.desk.base import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "used_sign_in",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_used_sign_in")),
    )
    with op.batch_alter_table("used_sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_used_sign_in_ends_at"), ["ends_at"], unique=False)


def downgrade() -> None:
    op.drop_table("used_sign_in")
