"""Run by Alembic: applies the revisions on the connection the caller holds."""

from __future__ import annotations

from alembic import context

from data_access.vault.schema import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
