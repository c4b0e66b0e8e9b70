"""The rows an import set aside, as CSV in the form of the template, to be mended and imported again.

These files hold the rows' own cells, ids of people included: they are written only where whoever imports
asks for them, and are as confidential as the export they come from. No message ever quotes them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from data_access.importing.bundle import Bundle
from data_access.importing.checking.rows import SURPLUS, Checked
from data_access.importing.reading.text_table import ROW
from data_access.importing.template_tables import template_table

# Columns that say where a row comes from and what is wrong with it; the import that follows passes over them.
EXPLANATIONS: Final = ("rejected_file", "rejected_row", "rejected_for")
# A column of files written for spreadsheets that tells an import to take such marks off again.
HARMLESS: Final = "made_harmless"
# A spreadsheet runs a cell that begins like this; the quotation mark before it makes it text again.
_LIVE: Final = r"^'*[=+\-@\t\r]"
_TAMED: Final = r"^'+[=+\-@\t\r]"


def rejected_rows(bundle: Bundle) -> dict[str, pl.DataFrame]:
    """Give the rows of each table that were set aside: the template's columns as text, and what is wrong.

    Tables without any are left out. A cell nobody could read stands as it came; one that was read in the
    words of another source stands in the template's.
    """
    return {name: _rows(checked) for name, checked in bundle.tables.items() if checked.rejected.height}


def rejects_csv(rows: pl.DataFrame) -> bytes:
    """Give rejected rows as CSV for a spreadsheet: UTF-8 with its mark, no cell that a spreadsheet would run."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(rows.columns)
    writer.writerows(tamed(rows).rows())
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def tamed(frame: pl.DataFrame) -> pl.DataFrame:
    """Put a quotation mark before cells a spreadsheet would run."""
    text = pl.col(pl.String)
    return frame.with_columns(pl.when(text.str.contains(_LIVE)).then("'" + text).otherwise(text).name.keep())


def tamed_taken_off(frame: pl.DataFrame) -> pl.DataFrame:
    """Take off the quotation marks that `tamed` put before live cells."""
    text = pl.col(pl.String)
    return frame.with_columns(pl.when(text.str.contains(_TAMED)).then(text.str.slice(1)).otherwise(text).name.keep())


def write_rejects(rejected: Mapping[str, pl.DataFrame], file: Path) -> tuple[Path, ...]:
    """Write rejected rows and give the files written, readable by their owner only.

    One table goes into `file`; of several, each into a file of its own beside it, named after the table.
    """
    places = {
        name: file if len(rejected) == 1 else file.with_name(f"{file.stem}-{name}{file.suffix or '.csv'}")
        for name in rejected
    }
    for name, place in places.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_bytes(rejects_csv(rejected[name]))
    return tuple(places.values())


def _rows(checked: Checked) -> pl.DataFrame:
    columns = [column.name for column in template_table(checked.table).columns]
    own = [name for name in columns if name in checked.rejected.columns]
    reasons: dict[int, list[str]] = {}
    for fault in checked.faults:
        place = f"{fault.column}: " if fault.column else ""
        reasons.setdefault(fault.row, []).append(f"{place}{fault.shape}, expected {fault.expected}")
    rows = checked.rejected[ROW].to_list()
    return checked.rejected.select(*own, SURPLUS).with_columns(
        pl.lit(checked.file).alias(EXPLANATIONS[0]),
        pl.Series(EXPLANATIONS[1], [str(row) for row in rows], pl.String),
        pl.Series(EXPLANATIONS[2], ["; ".join(reasons.get(row, [])) for row in rows], pl.String),
    )
