"""Keeping out who was erased on request: later files may still hold their rows, the vault must not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import polars as pl
from sqlalchemy import Connection, select

from data_access.importing.bundle import Bundle
from data_access.importing.checking.rows import Checked
from data_access.importing.pseudonyms import ConversationKey
from data_access.importing.storing.vault_tables import VAULT_TABLES
from data_access.problems import Fault
from data_access.vault.erasure import keep_withdrawn
from data_access.vault.schema import ErasedPerson

IDEAS: Final = "ideas"
_AUTHOR: Final = "author"


@dataclass(frozen=True)
class _Gone:
    """The people of a bundle who were erased: platform id → mark; `wordless` lose their ideas' words as well."""

    marks: Mapping[str, str]
    wordless: frozenset[str]


def without_erased(connection: Connection, conversation: int, bundle: Bundle, key: ConversationKey) -> Bundle:
    """Give a bundle without the rows of people who were erased.

    Their ideas stay, without author and, if that was asked, without words; every other row of theirs counts as
    quarantined. Nothing says which rows they were.
    """
    gone = _gone(connection, conversation, bundle, key)
    if not gone.marks:
        return bundle
    if IDEAS in bundle.tables:
        theirs = bundle.tables[IDEAS].frame.filter(pl.col(_AUTHOR).is_in(sorted(gone.marks)))
        withdrawn = {("idea", idea): gone.marks[author] for idea, author in theirs.select("idea", _AUTHOR).rows()}
        keep_withdrawn(connection, conversation, withdrawn)
    tables = {name: _without(checked, name, gone) for name, checked in bundle.tables.items()}
    return replace(bundle, tables=tables)


def _gone(connection: Connection, conversation: int, bundle: Bundle, key: ConversationKey) -> _Gone:
    query = select(ErasedPerson.mark, ErasedPerson.is_text_erased).where(ErasedPerson.conversation_id == conversation)
    erased = {row.mark: row.is_text_erased for row in connection.execute(query)}
    if not erased:
        return _Gone({}, frozenset())
    named = [
        bundle.tables[name].frame[column].drop_nulls().unique() for name in bundle.tables for column in _naming(name)
    ]
    marks = key.erasure_marks(pl.concat(named).unique().to_list()) if named else {}
    there = {one: mark for one, mark in marks.items() if mark in erased}
    return _Gone(there, frozenset(one for one, mark in there.items() if erased[mark]))


def _naming(table: str) -> tuple[str, ...]:
    """Name the columns of a template's table that hold people."""
    target = VAULT_TABLES.get(table)
    return () if target is None else (*target.people.values(), *target.bookers.values())


def _without(checked: Checked, name: str, gone: _Gone) -> Checked:
    columns = _naming(name)
    if not columns:
        return checked
    if name == IDEAS:
        return replace(checked, frame=_anonymous(checked.frame, gone))
    is_theirs = pl.any_horizontal(pl.col(column).is_in(sorted(gone.marks)).fill_null(value=False) for column in columns)
    kept = checked.frame.filter(~is_theirs)
    left_out = checked.frame.height - kept.height
    if not left_out:
        return checked
    return replace(
        checked,
        frame=kept,
        quarantined=checked.quarantined + left_out,
        faults=(
            *checked.faults,
            Fault(checked.file, 0, "", f"{left_out:,} rows", "nobody who was erased", "", "ERASED"),
        ),
        notices=(*checked.notices, _LEFT_OUT.format(file=checked.file, rows=left_out)),
    )


_LEFT_OUT: Final = "{file}: {rows:,} rows of people who were erased on request were left out."


def _anonymous(ideas: pl.DataFrame, gone: _Gone) -> pl.DataFrame:
    is_theirs = pl.col(_AUTHOR).is_in(sorted(gone.marks)).fill_null(value=False)
    is_wordless = pl.col(_AUTHOR).is_in(sorted(gone.wordless)).fill_null(value=False)
    words = [
        pl.when(is_wordless).then(pl.lit("")).otherwise(pl.col(name)).alias(name)
        for name in ("title", "text")
        if name in ideas.columns
    ]
    return ideas.with_columns(*words, pl.when(~is_theirs).then(pl.col(_AUTHOR)).alias(_AUTHOR))
