"""Delimited text (CSV, semicolons, tabs) as records, by Python's reader.

Standard library only: the child process loads this. Large text without quotes is read in pieces by `plain_pieces`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from data_access.importing.reading.text_table import header_faults, spelling, whole_file
from data_access.problems import Fault

DELIMITERS: Final = (",", ";", "\t")
LAST_ROW_OF_EXCEL: Final = 1_048_576
# Rows handed on at a time: 50,000 rows of five short cells are about 20 MB of Python strings.
CHUNK: Final = 50_000
# Letters of plain text read at a time: some 100,000 votes.
PIECE: Final = 1 << 22
_EXCEL_HINT: Final = re.compile(r'\A"?sep=(.)"?(?:\r\n|\n|\r)', re.IGNORECASE)
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_NEWLINES: Final = ("\n", "\r")

Take = Callable[[Sequence[int], Sequence[Sequence[str]]], None]
# Reads a piece of text at once, given the number of its first row; None where it is not as plain as it must be.
ReadPiece = Callable[[str, str, int, int], int | None]


@dataclass(frozen=True)
class Records:
    """What a file of records was, once all have been handed on.

    `names` has one spelling a column, " 3" for a column without a name; `ragged` the rows of another length,
    with their cells; `last` the number of the last row.
    """

    header: tuple[str, ...]
    names: tuple[str, ...]
    rows: int
    blank: int
    last: int
    ragged: tuple[tuple[int, tuple[str, ...]], ...]


def read_records(
    file: str, text: str, known: Collection[str], take: Take, read_piece: ReadPiece | None = None
) -> Records | list[Fault]:
    """Read delimited text whose header has at least one of the `known` column spellings.

    Hands the rows of the right length to `take`, some at a time: their numbers, and their cells row by row.
    Text without quotes goes to `read_piece` first, if there is one, piece by piece; see `ReadPiece`.
    Returns the faults of the whole file instead where it is cut off, badly quoted, empty below its header,
    has a column twice, or no delimiter makes its header one of ours. Python's reader decides what a row is, not
    the Polars one: that fills a short row with nulls and takes a file cut in the middle of a row for a whole one.
    """
    body, delimiter = _excel_hint(text.removeprefix("\ufeff"))
    delimiter = delimiter or _delimiter(body, known)
    if delimiter is None:
        remedy = f"its first row must hold column names, such as {', '.join(sorted(known)[:6])}"
        return [whole_file(file, "no known column name in row 1", "a header row", remedy, "F14")]
    if not body.endswith(_NEWLINES):
        return [whole_file(file, "the last row has no line end", _WHOLE_ROWS, _EXPORT_AGAIN, "F08")]
    return _read(file, body, delimiter, take, read_piece)


def plain_records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Give the cells of every row, the header too."""
    # Its own limit of 131,072 letters a cell would stop the whole file; ours is a fault of one cell.
    csv.field_size_limit(2**31 - 1)
    # Line by line, CR, LF and CRLF each a row's end outside quotes. A StringIO would hold four bytes a letter.
    return csv.reader((line.group() for line in _LINE.finditer(text)), delimiter=delimiter, strict=True)


def _excel_hint(text: str) -> tuple[str, str | None]:
    """Take off the line `sep=;` that only tells Excel which delimiter follows."""
    hint = _EXCEL_HINT.match(text)
    return (text[hint.end() :], hint.group(1)) if hint else (text, None)


def _delimiter(text: str, known: Collection[str]) -> str | None:
    def found(delimiter: str) -> int:
        try:
            return sum(spelling(name) in known for name in next(plain_records(text, delimiter), []))
        except csv.Error:
            return 0

    best = max(DELIMITERS, key=found)
    return best if found(best) else None


@dataclass
class _Rows:
    """What has been read so far."""

    width: int
    take: Take
    row: int = 1
    sound: int = 0
    blank: int = 0
    ragged: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)

    def sort_in(self, record: list[str]) -> None:
        """Sort one record: a row, a blank one, or one of the wrong length."""
        self.row += 1
        if not any(cell.strip() for cell in record):
            self.blank += 1
        elif len(record) == self.width:
            self.numbers.append(self.row)
            self.cells.append(record)
        else:
            self.ragged.append((self.row, tuple(record)))
        if len(self.cells) == CHUNK:
            self.hand_on()

    def hand_on(self) -> None:
        """Hand the rows gathered on."""
        self.sound += len(self.numbers)
        self.take(self.numbers, self.cells)
        self.numbers, self.cells = [], []


def _read(file: str, text: str, delimiter: str, take: Take, read_piece: ReadPiece | None) -> Records | list[Fault]:
    records = plain_records(text, delimiter)
    header = next(records, [])
    twice = header_faults(file, header)
    if twice:
        return twice
    rows = _Rows(len(header), take)
    try:
        if read_piece is not None and len(header) > 1 and is_plain(text):
            _in_pieces(text, delimiter, rows, read_piece)
        else:
            for record in records:
                rows.sort_in(record)
    except csv.Error as error:
        return [_bad_quotes(file, rows.row, str(error))]
    rows.hand_on()
    if not rows.ragged and not rows.sound:
        return [whole_file(file, "a header and no rows", "at least one row", "export the file again", "F17")]
    names = tuple(spelling(name) or f" {place}" for place, name in enumerate(header))
    named = tuple(name for name in header if spelling(name))
    return Records(named, names, rows.sound, rows.blank, rows.row, tuple(rows.ragged))


def is_plain(text: str) -> bool:
    """Say whether every line is a row: no quotes, and no line ends but LF, or but CRLF."""
    returns = text.count("\r")
    return '"' not in text and (not returns or returns == text.count("\r\n") == text.count("\n"))


def _in_pieces(text: str, delimiter: str, rows: _Rows, read_piece: ReadPiece) -> None:
    """Read plain text piece by piece: at once where all rows of a piece are sound, by Python's reader where not."""
    at = text.index("\n") + 1
    while at < len(text):
        end = text.rfind("\n", at, at + PIECE) + 1 or text.index("\n", at) + 1
        piece, at = text[at:end], end
        done = read_piece(piece, delimiter, rows.width, rows.row + 1)
        if done is not None:
            rows.row += done
            rows.sound += done
        else:
            for record in plain_records(piece, delimiter):
                rows.sort_in(record)
            rows.hand_on()


_WHOLE_ROWS: Final = "a line end after every row, or the file may have been cut off"
_EXPORT_AGAIN: Final = "export it again; if its last row is complete, save it from a spreadsheet or text editor"


def _bad_quotes(file: str, row: int, said: str) -> Fault:
    if "unexpected end" in said:
        shape, code = f"the file ends inside quotes that open at or after row {row + 1:,}", "F09"
    else:
        shape, code = f"a quote in the middle of a quoted cell at or after row {row + 1:,}", "F20"
    return whole_file(file, shape, "quotes that close; a quote inside is doubled", "export the file again", code)
