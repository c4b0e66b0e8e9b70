"""Rows that name something nobody has supplied: kept, counted and said."""

from __future__ import annotations

import polars as pl
from sqlalchemy import Connection, select

from data_access.importing.bundle import Bundle
from data_access.importing.storing.vault_tables import VAULT_TABLES
from data_access.importing.storing.versions import COMMITTED
from data_access.importing.template_tables import template_table
from data_access.vault.schema import Idea, IdeaVersion, ImportRun

# The column of each table that others refer to by id.
_ID_COLUMNS = {"comments": "source_id", "themes": "code", "sessions": "source_id"}
_ID_COLUMNS |= {"programmes": "source_id", "cohorts": "source_id"}


def loose_ends(connection: Connection, conversation: int, bundle: Bundle) -> list[dict[str, str | int]]:
    """Count the rows of a bundle that refer to an id which neither it nor the vault holds.

    Called once the bundle is stored. Gives file, table, column, the table referred to, and rows.
    """
    found: list[dict[str, str | int]] = []
    for name, checked in bundle.tables.items():
        for column in template_table(name).columns:
            if not column.refers_to or checked.frame.is_empty():
                continue
            known = _known(connection, conversation, column.refers_to)
            rows = checked.frame.filter(pl.col(column.name).is_not_null() & ~pl.col(column.name).is_in(known)).height
            if rows:
                place = {"file": checked.file, "table": name, "column": column.name, "refers_to": column.refers_to}
                found.append({**place, "rows": rows})
    return found


def _known(connection: Connection, conversation: int, table: str) -> list[str]:
    runs = select(ImportRun.id).where(ImportRun.conversation_id == conversation, ImportRun.state == COMMITTED)
    if table == "ideas":
        versions = select(IdeaVersion.idea_id).where(IdeaVersion.import_id.in_(runs))
        return list(connection.scalars(select(Idea.source_id).where(Idea.id.in_(versions))))
    target = VAULT_TABLES[table].table
    return list(connection.scalars(select(target.c[_ID_COLUMNS[table]]).where(target.c.import_id.in_(runs)).distinct()))
