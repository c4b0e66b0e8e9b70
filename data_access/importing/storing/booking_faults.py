"""What is wrong with bookings though every row can be read: said by row and cohort, and kept as it is.

Three faults, looked for in everything the conversation has once an import is stored: a second booking of one
person in a programme where nobody may hold two, more attendances than a cohort has places, and a cohort or a
programme nobody has supplied. Reflective groups meet again and again, so there two bookings are the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl
from sqlalchemy import Connection

from data_access.importing.bundle import Bundle
from data_access.importing.reading.text_table import ROW
from data_access.importing.storing.vault_tables import VAULT_TABLES
from data_access.importing.storing.versions import newest_rows
from data_access.vocabulary import PLACES_HELD, BookingStatus, ProgrammeKind

MOST_TOLD: Final = 20  # lines a screen still holds; the proof has them all
DOUBLE: Final = "more than one booking by one person"
ABOVE: Final = "more attended than there are places"
UNKNOWN: Final = "unknown cohort"


@dataclass(frozen=True)
class BookingFault:
    """One fault: what, where (`place` is a cohort or a programme) and the rows of the file, none if it has none."""

    fault: str
    place: str
    file: str
    rows: tuple[int, ...]


def booking_faults(connection: Connection, conversation: int, bundle: Bundle) -> list[BookingFault]:
    """Name the faults of a conversation's bookings; none without a look where an import brought no bookings.

    Called once the bundle is stored. Rows are those of the bundle's own file; nobody is named.
    """
    if not {"programmes", "cohorts", "bookings"} & set(bundle.tables):
        return []
    programmes, cohorts, bookings = (
        newest_rows(connection, VAULT_TABLES[name], conversation) for name in ("programmes", "cohorts", "bookings")
    )
    checked = bundle.tables.get("bookings")
    file = checked.file if checked else "bookings"
    rows = checked.frame.select(ROW, source_id="booking") if checked else _NO_ROWS
    of_programme = {"programme": "programme_source_id", "capacity": "capacity"}
    placed = (
        bookings.join(cohorts.select(cohort_source_id="source_id", **of_programme), on="cohort_source_id", how="left")
        .join(programmes.select(programme="source_id", kind="kind"), on="programme", how="left")
        .join(rows, on="source_id", how="left")
    )
    found = (*_double(placed), *_above(placed), *_unknown(placed, cohorts))
    return [BookingFault(fault, place, file, named) for fault, place, named in found]


def told(faults: Sequence[BookingFault]) -> list[str]:
    """Say each fault in one line, the first twenty; the proof has them all."""
    lines = [_line(fault) for fault in faults[:MOST_TOLD]]
    more = len(faults) - len(lines)
    return [*lines, *([f"{more:,} more faults of bookings; the proof names them all."] if more else [])]


_NO_ROWS: Final = pl.DataFrame(schema={ROW: pl.Int64, "source_id": pl.String})
Found = tuple[str, str, tuple[int, ...]]


def _line(fault: BookingFault) -> str:
    rows = ", ".join(f"{row:,}" for row in fault.rows)
    where = f"{fault.file}: rows {rows}: " if rows else f"{fault.file}: "
    return f"{where}{fault.fault}, {fault.place}. Kept as it is."


def _double(placed: pl.DataFrame) -> Iterator[Found]:
    """Give each person's places in one programme where they are several; a line a person."""
    held = placed.filter(
        pl.col("status").is_in(PLACES_HELD)
        & pl.col("programme").is_not_null()
        & (pl.col("kind") != ProgrammeKind.REFLECTIVE).fill_null(value=True)
    )
    several = (
        held.group_by("programme", "person").agg(pl.len(), pl.col(ROW).drop_nulls().sort()).filter(pl.col("len") > 1)
    )
    order = several.with_columns(first=pl.col(ROW).list.first()).sort("programme", "first", "person", nulls_last=True)
    for programme, rows in order.select("programme", ROW).iter_rows():
        yield DOUBLE, f"programme {programme}", tuple(rows)


def _above(placed: pl.DataFrame) -> Iterator[Found]:
    came = placed.filter(pl.col("status") == BookingStatus.ATTENDED)
    full = (
        came.group_by("cohort_source_id", "capacity")
        .agg(attended=pl.len())
        .filter(pl.col("attended") > pl.col("capacity"))
    )
    for (cohort,) in full.select("cohort_source_id").sort("cohort_source_id").iter_rows():
        yield ABOVE, f"cohort {cohort}", ()


def _unknown(placed: pl.DataFrame, cohorts: pl.DataFrame) -> Iterator[Found]:
    lost = placed.join(cohorts, left_on="cohort_source_id", right_on="source_id", how="anti")
    named = lost.group_by("cohort_source_id").agg(pl.col(ROW).drop_nulls().sort()).sort("cohort_source_id")
    for cohort, rows in named.iter_rows():
        yield UNKNOWN, f"cohort {cohort}", tuple(rows)
