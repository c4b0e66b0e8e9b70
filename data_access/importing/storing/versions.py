"""What an import adds: rows that are new, rows that changed; rows that are there already stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl
from sqlalchemy import Connection, insert, select

from data_access.importing.storing.vault_tables import VaultTable
from data_access.progress import Progress
from data_access.vault.bulk import add_many
from data_access.vault.schema import ImportRun, VoteCast
from data_access.vault.vote_reading import votes

# Rows sent to the database at a time: about 2 MB of votes, 10 MB of long texts.
CHUNK: Final = 5_000
COMMITTED: Final = "committed"
UNDONE: Final = "undone"


@dataclass(frozen=True)
class Added:
    """How the rows of one table compare with the vault's newest."""

    new: int
    changed: int
    unchanged: int


def add_rows(
    connection: Connection,
    target: VaultTable,
    rows: pl.DataFrame,
    *,
    conversation: int,
    number: int,
    progress: Progress,
) -> Added:
    """Insert the rows of one table that the vault does not have in just this form.

    `rows` has the columns of `target.stored`. A row whose key is new is new; one whose newest committed
    version differs is a newer version.
    """
    fixed = {"import_id": number} | ({"conversation_id": conversation} if target.is_of_conversation else {})
    newest = newest_rows(connection, target, conversation)
    if newest.is_empty():
        _insert(connection, target, rows.select(target.stored), fixed, progress)
        return Added(rows.height, 0, 0)
    compared = [name for name in target.stored if name not in (*target.key, *target.uncompared)]
    there = newest.select(*target.key, *[pl.col(name).alias(f"{name}_there") for name in compared])
    joined = rows.join(
        there.with_columns(is_there=pl.lit(value=True)),
        on=target.key,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    is_same = pl.all_horizontal(
        [pl.col("is_there").fill_null(value=False)]
        + [pl.col(name).eq_missing(pl.col(f"{name}_there")) for name in compared]
    )
    added = joined.filter(~is_same)
    changed = int(added["is_there"].sum())
    _insert(connection, target, added.select(target.stored), fixed, progress)
    return Added(added.height - changed, changed, rows.height - added.height)


def newest_rows(connection: Connection, target: VaultTable, conversation: int) -> pl.DataFrame:
    """Give the newest committed version of every key of a conversation."""
    if target.model is VoteCast:
        return _newest_votes(connection, target, conversation)
    table = target.table
    runs = select(ImportRun.id).where(ImportRun.conversation_id == conversation, ImportRun.state == COMMITTED)
    columns = [table.c[name] for name in target.stored]
    query = select(*columns).where(table.c.import_id.in_(runs)).order_by(table.c.import_id, table.c.id)
    schema = {name: target.dtype(name) for name in target.stored}
    batches = connection.execute(query).partitions(CHUNK)
    frames = [pl.DataFrame([tuple(row) for row in batch], schema=schema, orient="row") for batch in batches]
    everything = pl.concat(frames) if frames else pl.DataFrame(schema=schema)
    return everything.unique(target.key, keep="last", maintain_order=True)


def _newest_votes(connection: Connection, target: VaultTable, conversation: int) -> pl.DataFrame:
    named = {"participant": "participant_id", "idea": "idea_id"}
    schema = pl.Schema({name: target.dtype(name) for name in target.stored})
    chunks = [chunk.rename(named).select(target.stored).cast(schema) for chunk in votes(connection, conversation)]
    everything = pl.concat(chunks) if chunks else pl.DataFrame(schema=schema)
    return everything.unique(target.key, keep="last", maintain_order=True)


def _insert(
    connection: Connection, target: VaultTable, rows: pl.DataFrame, fixed: dict[str, int], progress: Progress
) -> None:
    step = f"Storing {target.table.name.replace('_', ' ')}"
    if target.model is VoteCast:
        numbered = rows.with_columns(pl.lit(value).alias(name) for name, value in fixed.items())
        add_many(connection, target.table, numbered, step=step, progress=progress)
        return
    for start in range(0, rows.height, CHUNK):
        batch = rows.slice(start, CHUNK)
        connection.execute(insert(target.table), [fixed | row for row in batch.iter_rows(named=True)])
        progress(step, min(start + CHUNK, rows.height), rows.height)
