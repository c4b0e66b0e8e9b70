"""Run the desk's migrations on the connection that `open_desk` hands over."""

from __future__ import annotations

from alembic import context

from data_access.desk import (  # noqa: F401 - naming them fills the metadata
    decision_schema,
    keep_schema,
    plan_schema,
    report_schema,
    retention_schema,
    schema,
    work_schema,
)
from data_access.desk.base import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
