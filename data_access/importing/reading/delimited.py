"""Records of delimited text as a text table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import polars as pl

from data_access.importing.reading.records import LAST_ROW_OF_EXCEL, Records, read_records
from data_access.importing.reading.text_table import ROW, TextTable
from data_access.problems import Fault

_RAGGED: Final = "text with a comma must stand in double quotes; a short last row means the file was cut off"


def read_delimited(file: str, text: str, known: Collection[str]) -> TextTable | list[Fault]:
    """Read delimited text as a table, or say what is wrong with the whole of it; see `read_records`."""
    frames: list[pl.DataFrame] = []
    read = read_records(file, text, known, lambda numbers, cells: frames.append(rows_frame(numbers, cells)))
    return table_of(file, read, frames) if isinstance(read, Records) else read


def rows_frame(numbers: Sequence[int], cells: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """Give some rows as a frame: `row`, then the cells in columns called 0, 1, 2 …"""
    columns = zip(*cells, strict=True)
    series = [pl.Series(str(place), list(column), pl.String) for place, column in enumerate(columns)]
    return pl.DataFrame([pl.Series(ROW, list(numbers), pl.Int64), *series])


def table_of(file: str, read: Records, frames: Sequence[pl.DataFrame]) -> TextTable:
    """Put the rows handed on together under the names of their columns; rows of another length become faults."""
    filled = [frame for frame in frames if frame.height]
    empty = pl.DataFrame(schema={ROW: pl.Int64} | {str(place): pl.String for place in range(len(read.names))})
    frame = pl.concat(filled) if filled else empty
    named = frame.rename({str(place): name for place, name in enumerate(read.names)})
    unnamed = [name for name in read.names if name.startswith(" ")]
    width = len(read.names)
    ragged = [
        Fault(file, row, "", f"{len(cells)} cells", f"{width} cells, as in the header", _RAGGED, "F20")
        for row, cells in read.ragged
    ]
    cells = tuple((row, _by_column(read.names, cells)) for row, cells in read.ragged)
    return TextTable(file, read.header, named.drop(unnamed), tuple(ragged), _notices(file, read), cells)


def _by_column(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Give the cells of a row of the wrong length by column, as far as they go; what is left over under ""."""
    surplus = {"": " | ".join(cells[len(names) :])} if len(cells) > len(names) else {}
    return dict(zip(names, cells, strict=False)) | surplus


def _notices(file: str, read: Records) -> tuple[str, ...]:
    found = (
        (read.blank > 0, f"{file}: {read.blank:,} blank rows were left out."),
        (
            read.last == LAST_ROW_OF_EXCEL,
            f"{file} has exactly as many rows as a sheet of Excel; it was probably cut off there.",
        ),
    )
    return tuple(notice for is_so, notice in found if is_so)
