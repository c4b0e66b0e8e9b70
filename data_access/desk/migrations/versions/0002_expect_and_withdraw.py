"""Let an update say what is expected at the year's end, and let a later one withdraw it.

Revision: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WITHDRAWS = "fk_plan_update_withdraws_plan_update"


def upgrade() -> None:
    with op.batch_alter_table("plan_update", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expected_status", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("expected_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("withdraws", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(WITHDRAWS, "plan_update", ["withdraws"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("plan_update", schema=None) as batch_op:
        batch_op.drop_constraint(WITHDRAWS, type_="foreignkey")
        batch_op.drop_column("withdraws")
        batch_op.drop_column("expected_by")
        batch_op.drop_column("expected_status")
