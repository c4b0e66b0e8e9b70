"""Delimited text (CSV, semicolons, tabs) as a text table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from data_access.importing.reading.text_table import ROW, TextTable, header_faults, spelling, whole_file
from data_access.problems import Fault

DELIMITERS: Final = (",", ";", "\t")
_EXCEL_HINT: Final = re.compile(r'\A"?sep=(.)"?(?:\r\n|\n|\r)', re.IGNORECASE)
# Rows turned into columns at a time: 50,000 rows of five short cells are about 20 MB of Python strings.
_CHUNK: Final = 50_000
_NEWLINES: Final = ("\n", "\r")


def read_delimited(file: str, text: str, known: Collection[str]) -> TextTable | list[Fault]:
    """Read delimited text whose header has at least one of the `known` column spellings.

    Returns the faults of the whole file instead where it is cut off, badly quoted, empty below its header,
    has a column twice, or no delimiter makes its header one of ours. Rows of the wrong length become
    faults of their own. Python's reader, not the Polars one: that fills a short row with nulls and takes
    a file that was cut in the middle of a row for a whole one.
    """
    body, delimiter = _excel_hint(text.removeprefix("\ufeff"))
    delimiter = delimiter or _delimiter(body, known)
    if delimiter is None:
        remedy = f"its first row must hold column names, such as {', '.join(sorted(known)[:6])}"
        return [whole_file(file, "no known column name in row 1", "a header row", remedy, "F14")]
    if not body.endswith(_NEWLINES):
        return [
            whole_file(
                file,
                "the last row has no line end",
                "a line end after every row, or the file may have been cut off",
                "export it again; if its last row is complete, save it from a spreadsheet or text editor",
                "F08",
            )
        ]
    return _read(file, body, delimiter)


def header_of(text: str, delimiter: str) -> list[str]:
    """Give the cells of the first row."""
    return next(_records(text, delimiter), [])


def _excel_hint(text: str) -> tuple[str, str | None]:
    """Take off the line `sep=;` that only tells Excel which delimiter follows."""
    hint = _EXCEL_HINT.match(text)
    return (text[hint.end() :], hint.group(1)) if hint else (text, None)


def _delimiter(text: str, known: Collection[str]) -> str | None:
    def found(delimiter: str) -> int:
        try:
            return sum(spelling(name) in known for name in header_of(text, delimiter))
        except csv.Error:
            return 0

    best = max(DELIMITERS, key=found)
    return best if found(best) else None


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    # newline="" leaves CR, LF and CRLF to the reader, which takes each for a row's end outside quotes.
    # Its own limit of 131,072 letters a cell would stop the whole file; ours is a fault of one cell.
    csv.field_size_limit(2**31 - 1)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


@dataclass
class _Rows:
    """What has been read so far."""

    width: int
    row: int = 1
    blank: int = 0
    ragged: list[tuple[int, int]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    frames: list[pl.DataFrame] = field(default_factory=list)

    def take(self, record: list[str]) -> None:
        """Sort one record: a row, a blank one, or one of the wrong length."""
        self.row += 1
        if not any(cell.strip() for cell in record):
            self.blank += 1
        elif len(record) == self.width:
            self.numbers.append(self.row)
            self.cells.append(record)
        else:
            self.ragged.append((self.row, len(record)))

    def flush(self, names: Sequence[str]) -> None:
        """Turn the rows gathered into columns."""
        columns = list(zip(*self.cells, strict=True)) if self.cells else [()] * self.width
        named = [pl.Series(name, list(column), pl.String) for name, column in zip(names, columns, strict=True)]
        self.frames.append(pl.DataFrame([pl.Series(ROW, self.numbers, pl.Int64), *named]))
        self.numbers, self.cells = [], []


def _read(file: str, text: str, delimiter: str) -> TextTable | list[Fault]:
    records = _records(text, delimiter)
    header = next(records, [])
    twice = header_faults(file, header)
    if twice:
        return twice
    names = [spelling(name) or f" {place}" for place, name in enumerate(header)]
    rows = _Rows(len(header))
    try:
        for record in records:
            rows.take(record)
            if len(rows.cells) == _CHUNK:
                rows.flush(names)
    except csv.Error as error:
        return [_bad_quotes(file, rows.row, str(error))]
    rows.flush(names)
    if not rows.ragged and not any(frame.height for frame in rows.frames):
        return [whole_file(file, "a header and no rows", "at least one row", "export the file again", "F17")]
    return _table(file, header, rows)


def _table(file: str, header: list[str], rows: _Rows) -> TextTable:
    frame = pl.concat(rows.frames)
    unnamed = [name for name in frame.columns if name.startswith(" ")]
    notices = [f"{file}: {rows.blank:,} blank rows were left out."] if rows.blank else []
    ragged = [
        Fault(file, row, "", f"{cells} cells", f"{rows.width} cells, as in the header", _RAGGED, "F20")
        for row, cells in rows.ragged
    ]
    return TextTable(
        file, tuple(name for name in header if spelling(name)), frame.drop(unnamed), tuple(ragged), tuple(notices)
    )


_RAGGED: Final = "text with a comma must stand in double quotes; a short last row means the file was cut off"


def _bad_quotes(file: str, row: int, said: str) -> Fault:
    if "unexpected end" in said:
        shape, code = f"the file ends inside quotes that open at or after row {row + 1:,}", "F09"
    else:
        shape, code = f"a quote in the middle of a quoted cell at or after row {row + 1:,}", "F20"
    return whole_file(file, shape, "quotes that close; a quote inside is doubled", "export the file again", code)
