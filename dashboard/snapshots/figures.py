"""Figures as a snapshot keeps them: headline and rows, so that two snapshots can be held against one another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.results import Result
from dashboard.wording import HIDDEN


@dataclass(frozen=True)
class Figure:
    """One figure. `kinds` are those of its columns; a hidden number is '[c]', a missing one is null."""

    key: str
    title: str
    headline: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    category: int
    rows: tuple[tuple[Any, ...], ...]


def figure_of(result: Result) -> Figure:
    """Give a result as a figure to keep."""
    names = [column.name for column in result.metric.columns]
    hidden = set(result.hidden_rows)
    return Figure(
        key=result.metric.key,
        title=result.metric.title,
        headline=result.headline,
        columns=tuple(column.label for column in result.metric.columns),
        kinds=tuple(column.kind for column in result.metric.columns),
        category=names.index(result.metric.chart.category) if result.metric.chart.category in names else 0,
        rows=tuple(
            tuple(_plain(value, is_hidden=at in hidden) for value in row)
            for at, row in enumerate(result.table.iter_rows())
        ),
    )


def as_json(figures: Sequence[Figure]) -> bytes:
    """Write figures down."""
    return (json.dumps([vars(figure) for figure in figures], ensure_ascii=False, indent=1) + "\n").encode()


def from_json(content: bytes) -> tuple[Figure, ...]:
    """Read figures back."""
    return tuple(_figure(said) for said in json.loads(content))


def _figure(said: dict[str, Any]) -> Figure:
    lists = {name: tuple(said[name]) for name in ("columns", "kinds")}
    return Figure(**{**said, **lists, "rows": tuple(tuple(row) for row in said["rows"])})


def _plain(value: object, *, is_hidden: bool) -> object:
    if value is None:
        return HIDDEN if is_hidden else None
    return value.isoformat() if isinstance(value, date) else value
