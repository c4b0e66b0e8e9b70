"""What the commands share: progress bars, JSON, frames as text."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from data_access.progress import Progress as ProgressCall

JsonFlag = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
errors = Console(stderr=True)


class Format(StrEnum):
    """How a frame is printed."""

    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


@contextmanager
def progress_bars() -> Iterator[ProgressCall]:
    """Give a progress call that draws one bar a step on standard error, where it is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=False, disable=not errors.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield tell


class _Rate(ProgressColumn):
    """How many units of a step are done a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed and speed >= 1 else "")


def print_json(answer: object) -> None:
    """Print an answer as JSON; dates in ISO form, paths as text."""
    print(json.dumps(answer, default=_plain, ensure_ascii=False, indent=1))


def print_frame(frame: pl.DataFrame, form: Format, out: Path | None = None) -> None:
    """Print a frame, or write it to `out`. Hidden numbers are empty in CSV and null in JSON.

    Parquet is bytes: it goes to `out`, or raw to standard output when that is not a terminal.
    """
    buffer = io.BytesIO()
    if form is Format.CSV:
        frame.write_csv(buffer)
    elif form is Format.JSON:
        buffer.write(json.dumps(frame.to_dicts(), default=_plain, ensure_ascii=False, indent=1).encode() + b"\n")
    else:
        frame.write_parquet(buffer)
    if out is None:
        sys.stdout.buffer.write(buffer.getvalue())
        sys.stdout.buffer.flush()
    else:
        out.write_bytes(buffer.getvalue())


def where_pairs(pairs: list[str]) -> dict[str, str]:
    """Read `NAME=VALUE` options; a pair without '=' is refused in plain words."""
    answer: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise typer.BadParameter(f"'{pair}' is not NAME=VALUE")
        answer[name.strip()] = value.strip()
    return answer


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
