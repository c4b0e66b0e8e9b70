"""The short numbers that people and ideas go by inside the vault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import polars as pl
from sqlalchemy import Connection, Table, select

from data_access.importing.bundle import Bundle
from data_access.importing.pseudonyms import ConversationKey
from data_access.importing.storing.vault_tables import VAULT_TABLES
from data_access.progress import silent
from data_access.vault.bulk import add_many
from data_access.vault.schema import Idea, Participant


def person_numbers(connection: Connection, conversation: int, bundle: Bundle, key: ConversationKey) -> dict[str, int]:
    """Give the vault's number of everybody a bundle names, by platform id; newcomers are added."""
    ids = _named(bundle, {name: target.people for name, target in VAULT_TABLES.items()})
    pseudonyms = key.pseudonyms(ids)
    numbers = _numbers(connection, conversation, cast("Table", Participant.__table__), "pseudonym", pseudonyms.values())
    return {one: numbers[pseudonym] for one, pseudonym in pseudonyms.items()}


def idea_numbers(connection: Connection, conversation: int, bundle: Bundle) -> dict[str, int]:
    """Give the vault's number of every idea a bundle names, also those it only votes or comments on."""
    ids = _named(bundle, {name: target.ideas for name, target in VAULT_TABLES.items()})
    numbers = _numbers(connection, conversation, cast("Table", Idea.__table__), "source_id", ids)
    return {one: numbers[one] for one in ids}


def _named(bundle: Bundle, columns: Mapping[str, Mapping[str, str]]) -> list[str]:
    named = [
        bundle.tables[table].frame[source].drop_nulls().unique()
        for table, sources in columns.items()
        if table in bundle.tables
        for source in sources.values()
    ]
    return pl.concat(named).unique().sort().to_list() if named else []


def _numbers(
    connection: Connection, conversation: int, table: Table, column: str, wanted: Iterable[str]
) -> dict[str, int]:
    def known() -> dict[str, int]:
        query = select(table.c[column], table.c.id).where(table.c.conversation_id == conversation)
        return {row[0]: row[1] for row in connection.execute(query)}

    there = known()
    new = [one for one in dict.fromkeys(wanted) if one not in there]
    if not new:
        return there
    rows = pl.DataFrame({"conversation_id": [conversation] * len(new), column: new})
    add_many(connection, table, rows, step=f"Storing {table.name}s", progress=silent)
    return known()
