"""Rows of the template's tables as rows of the vault: numbers for people and ideas, pseudonyms for bookers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from data_access.importing.pseudonyms import ConversationKey
from data_access.importing.storing.vault_tables import VaultTable
from data_access.vocabulary import VOTE_VALUES


@dataclass(frozen=True)
class Numbers:
    """The vault's numbers by the platform's ids, and the key of the bookings' pseudonyms."""

    people: Mapping[str, int]
    ideas: Mapping[str, int]
    key: ConversationKey


def vault_rows(frame: pl.DataFrame, target: VaultTable, numbers: Numbers) -> pl.DataFrame:
    """Give the rows of one table as the vault stores them, every required cell filled."""
    bookers = [frame[source].unique().to_list() for source in target.bookers.values()]
    persons = numbers.key.booking_pseudonyms(one for ids in bookers for one in ids)
    columns = {stored: frame[source] for stored, source in target.columns.items()}
    columns |= {stored: _looked_up(frame[source], numbers.people) for stored, source in target.people.items()}
    columns |= {stored: _looked_up(frame[source], numbers.ideas) for stored, source in target.ideas.items()}
    columns |= {
        stored: frame[source].replace_strict(persons, return_dtype=pl.String)
        for stored, source in target.bookers.items()
    }
    return pl.DataFrame([_fitting(columns[stored], stored, target) for stored in target.stored])


def _looked_up(ids: pl.Series, numbers: Mapping[str, int]) -> pl.Series:
    if ids.null_count() == ids.len():
        return pl.Series(ids.name, [None] * ids.len(), pl.Int64)
    return ids.replace_strict(numbers, return_dtype=pl.Int64, default=None)


def _fitting(column: pl.Series, stored: str, target: VaultTable) -> pl.Series:
    """Give a column its name, type and default in the vault; a vote becomes 1, 0 or -1."""
    if target.columns.get(stored) == "vote":
        column = column.replace_strict({str(word): value for word, value in VOTE_VALUES.items()}, return_dtype=pl.Int64)
    typed = column.cast(target.dtype(stored)).alias(stored)
    default = target.default(stored)
    return typed if default is None else typed.fill_null(default)
