"""Tables of the pages that show no numbers of a release: real ones, which scroll inside their place."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.result_table import scrollable
from dashboard.wording import escape, number

LONG = 40  # characters from which a column needs much room


def show(key: str, alt: str, heading: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    """Show rows under a heading; whole numbers stand to the right, long text gets room."""
    cells = {escape(name): [_cell(row[at]) for row in rows] for at, name in enumerate(heading)}
    scrollable(cells, f"{key}-{_marks(rows)}", alt)


def _cell(value: str | int) -> str:
    return number(value) if isinstance(value, int) else escape(value)


def _marks(rows: Sequence[Sequence[str | int]]) -> str:
    marks = []
    for at, column in enumerate(zip(*rows, strict=True), start=1):
        kind = "n" if isinstance(column[0], int) else "w" if max(map(len, map(str, column))) > LONG else ""
        marks.append(f"{kind}{at}_" if kind else "")
    return "".join(marks)
