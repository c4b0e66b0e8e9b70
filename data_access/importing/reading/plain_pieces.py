"""Pieces of plain delimited text, every line a sound row, read at once. Loads Polars: for large files only."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Final

import polars as pl

from data_access.importing.reading.text_table import ROW

# What Python takes for space around a cell, so that both readers agree on which rows are blank.
_SPACES: Final = "".join(chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace())

TakeFrame = Callable[[pl.DataFrame], None]


def piece_reader(take: TakeFrame) -> Callable[[str, str, int, int], int | None]:
    """Give a `records.ReadPiece` that hands each piece on as a frame: `row`, then the cells in columns 0, 1, 2 …

    It declines a piece in which a row is blank or has another number of cells than the header: Python's reader sorts
    those out. Every row has at most `width` cells or Polars raises; so if there are as many delimiters as `width`
    asks for in all, no row has fewer.
    """

    def read(piece: str, delimiter: str, width: int, first: int) -> int | None:
        lines = piece.count("\n")
        if piece.count(delimiter) != lines * (width - 1):
            return None
        frame = _read(piece.replace("\r\n", "\n"), delimiter, width)
        if frame is None or frame.height != lines or _has_blank(frame):
            return None
        take(frame.select(pl.int_range(first, first + lines, dtype=pl.Int64).alias(ROW), pl.all()))
        return lines

    return read


def _read(piece: str, delimiter: str, width: int) -> pl.DataFrame | None:
    try:
        return pl.read_csv(
            io.BytesIO(piece.encode()),
            has_header=False,
            separator=delimiter,
            quote_char=None,
            schema={str(place): pl.String for place in range(width)},
            empty_string_is_null=False,
            truncate_ragged_lines=False,
        )
    except pl.exceptions.PolarsError:
        return None


def _has_blank(frame: pl.DataFrame) -> bool:
    candidates = frame.filter(pl.col("0").str.strip_chars(_SPACES) == "")
    return candidates.filter(pl.all_horizontal(pl.all().str.strip_chars(_SPACES) == "")).height > 0
