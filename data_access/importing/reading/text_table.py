"""A table as text, before anybody has decided what its cells mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data_access.problems import Fault

if TYPE_CHECKING:  # the child process reads text without loading Polars, which is most of its starting time
    import polars as pl

ROW: Final = "row"
_UNSEEN: Final = re.compile("[\ufeff\u200b\u200c\u200d\u2060]")


@dataclass(frozen=True)
class TextTable:
    """One table of one file, every cell a string.

    `header` are the names as they are written; `frame` has them as `spelling` gives them, and `row`, the
    number a spreadsheet shows (the header is row 1). An empty cell is "". `ragged` are the faults of rows
    with too many or too few cells, which are not in `frame`; `ragged_cells` are their cells by column as far
    as the header goes, the rest under "", by row number.
    `rows` counts both; blank rows are not rows. `unworked` are the rows and columns of formulas without a
    value. `is_from_1904` says from when a workbook counts its days.
    """

    file: str
    header: tuple[str, ...]
    frame: pl.DataFrame
    ragged: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    ragged_cells: tuple[tuple[int, Mapping[str, str]], ...] = ()
    unworked: tuple[tuple[int, str], ...] = ()
    is_from_1904: bool = False

    @property
    def rows(self) -> int:
        """Rows of the file below the header."""
        return self.frame.height + len(self.ragged)


def spelling(name: str) -> str:
    """Spell a column's name so that two ways of writing it meet.

    'Comment-ID ' and 'comment_id' are the same column.
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", name))
    return re.sub(r"[\s_\-]+", "_", seen.strip().casefold()).strip("_")


def header_faults(file: str, header: Sequence[str]) -> list[Fault]:
    """Name every column that appears twice; unnamed columns are no columns."""
    spellings = [spelling(name) for name in header if spelling(name)]
    twice = sorted({name for name in spellings if spellings.count(name) > 1})
    return [
        Fault(file, 0, name, "two columns of this name", "each column once", "delete or rename one", "F18")
        for name in twice
    ]


def whole_file(file: str, shape: str, expected: str, remedy: str, code: str) -> Fault:
    """Declare a fault of a whole file: it is refused, whatever else is allowed."""
    return Fault(file, 0, "", shape, expected, remedy, code)
