"""What a page of a paper holds of a result: words only, each as it stands on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dashboard.exports import _cover
from dashboard.results import Result, text_table
from dashboard.wording import counted, describe, number, period

NUMERIC: Final = ("count", "share", "number", "ratio")
NARROW, WIDE = 6, 34  # characters a column is given room for, at least and, where words can break, at most


@dataclass(frozen=True)
class Sheet:
    """A result as a table of words: what stands in each cell, and what is said above and below."""

    title: str
    headline: str
    subtitle: str
    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: str
    notes: tuple[str, ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """Give how much room each column wants, in characters."""
        return tuple(self._width(at, name) for at, name in enumerate(self.columns))

    def _width(self, at: int, name: str) -> int:
        cells = max((len(row[at]) for row in self.rows), default=0)
        longest_word = max((len(word) for word in name.split()), default=0)
        return max(NARROW, longest_word + 1, min(cells, WIDE))


def sheet(result: Result, most: int) -> Sheet:
    """Lay the first rows of a result out; `left_out` announces the rest."""
    table, height = text_table(replace(result, table=result.table.head(most))), result.table.height
    rows = tuple(table.iter_rows())
    left = f"The first {number(most)} of {counted(height, *result.metric.row)}." if height > most else ""
    covered = period(result.stamp.data_from, result.stamp.data_to)
    parts = (result.metric.measure, describe(result.selection), covered, result.base)
    return Sheet(
        title=result.metric.title,
        headline=result.headline,
        subtitle=" · ".join(part for part in parts if part),
        columns=tuple(table.columns),
        numeric=tuple(column.kind in NUMERIC for column in result.metric.columns),
        rows=rows,
        left_out=left,
        notes=about(result),
    )


def about(result: Result) -> tuple[str, ...]:
    """Say what is counted, out of what, with which interval, from where, and what to mind; then the result's notes."""
    metric = result.metric
    told = (
        *result.notes,
        f"Counted: {metric.numerator}",
        f"Out of: {metric.denominator}",
        f"Interval: {metric.interval}",
        f"Source: {metric.source}",
        f"Mind: {metric.caveat}",
    )
    return tuple(f"{text.rstrip('.')}." for text in told if not text.endswith(": "))


def cover_lines(results: Sequence[Result]) -> list[str]:
    """Say of the whole file: made up or not, filters, data, protection, contact and how to cite."""
    return [
        *([_cover.MADE_UP] if results[0].stamp.is_demo else []),
        *_cover.filters(results),
        *_cover.data_lines(results),
        *_cover.protection(results),
        f"Contact: {_cover.contact(results)}",
        _cover.citation(results),
    ]


def unlike(titles: Sequence[str]) -> list[str]:
    """Give titles that differ from one another: a number goes behind those that come again."""
    seen: dict[str, int] = {}
    found = []
    for title in titles:
        seen[title] = seen.get(title, 0) + 1
        found.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return found
