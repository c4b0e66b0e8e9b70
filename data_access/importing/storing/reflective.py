"""Reflective groups: attendance only, never content.

What somebody felt or said in a confidential space has no place in a database that makes statistics. Answers
about it are dropped from bookings, which is said; notes of it are refused, whatever file they came in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl
from sqlalchemy import Connection

from data_access.importing.bundle import Bundle
from data_access.importing.checking.rows import Checked
from data_access.importing.reading.text_table import ROW
from data_access.importing.storing.vault_tables import VAULT_TABLES
from data_access.importing.storing.versions import newest_rows
from data_access.problems import Fault, ImportRefused
from data_access.vocabulary import ProgrammeKind

_DROPPED: Final = "{file}: {rows:,} answers of people in reflective groups were dropped; only their attendance is kept."
_EXPECTED: Final = "a session; reflective groups are confidential"
_REMEDY: Final = "take these rows out of the file and destroy them"


def without_content(connection: Connection, conversation: int, bundle: Bundle) -> Bundle:
    """Give a bundle without any answer of a reflective group.

    Raises `ImportRefused` where notes name a reflective programme or one of its cohorts: nothing is stored then.
    """
    if not {"programmes", "cohorts", "bookings", "feedback"} & set(bundle.tables):
        return bundle
    there = {name: newest_rows(connection, VAULT_TABLES[name], conversation) for name in ("programmes", "cohorts")}
    programmes = _known(bundle, "programmes", there["programmes"].select(id="source_id", of="kind"))
    cohorts = _known(bundle, "cohorts", there["cohorts"].select(id="source_id", of="programme_source_id"))
    reflective = programmes.filter(pl.col("of") == ProgrammeKind.REFLECTIVE)["id"].to_list()
    groups = cohorts.filter(pl.col("of").is_in(reflective))["id"].to_list()
    _check_notes(bundle.tables.get("feedback"), {*reflective, *groups})
    checked = bundle.tables.get("bookings")
    return bundle if checked is None else _without_answers(bundle, checked, groups)


_COLUMNS: Final = {"programmes": {"id": "programme", "of": "kind"}, "cohorts": {"id": "cohort", "of": "programme"}}


def _known(bundle: Bundle, table: str, there: pl.DataFrame) -> pl.DataFrame:
    """Give id and what it belongs to, the bundle's own rows before those of the vault."""
    if table not in bundle.tables:
        return there
    own = bundle.tables[table].frame.select(**_COLUMNS[table])
    return pl.concat([own, there]).unique("id", keep="first", maintain_order=True)


def _check_notes(checked: Checked | None, groups: set[str]) -> None:
    if checked is None or not groups:
        return
    rows = checked.frame.filter(pl.col("session").is_in(sorted(groups)))[ROW].to_list()
    if rows:
        faults = [
            Fault(checked.file, row, "session", "a reflective group", _EXPECTED, _REMEDY, "reflective") for row in rows
        ]
        raise ImportRefused(
            f"{len(rows):,} notes come from reflective groups, of which nothing but attendance is kept. "
            "Nothing was imported.",
            faults,
        )


def _without_answers(bundle: Bundle, checked: Checked, groups: list[str]) -> Bundle:
    is_confidential = pl.col("cohort").is_in(groups) & pl.col("confidence_after").is_not_null()
    dropped = checked.frame.filter(is_confidential).height
    if not dropped:
        return bundle
    frame = checked.frame.with_columns(pl.when(~is_confidential).then(pl.col("confidence_after")))
    notices = (*checked.notices, _DROPPED.format(file=checked.file, rows=dropped))
    return replace(bundle, tables={**bundle.tables, "bookings": replace(checked, frame=frame, notices=notices)})
