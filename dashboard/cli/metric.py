"""`lookforward metric`: exactly what a page shows for a selection, for other programs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import polars as pl
import typer

from dashboard.cli._console import JsonFlag, print_json
from dashboard.cli._figures import LONDON, link_params
from dashboard.exports import export
from dashboard.filters import PARAMETERS, selection_from_params
from dashboard.metrics import METRICS, metric_named
from dashboard.results import Result, answer, text_table
from dashboard.sources import ReleaseAndPlan, choices_of
from dashboard.wording import describe
from data_access.desk.engine import open_desk
from data_access.releases.store import open_release
from data_access.settings import load_settings


class Form(StrEnum):
    """How the answer is printed."""

    CSV = "csv"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Add `lookforward metric`."""
    app.command("metric")(metric)


def metric(
    key: Annotated[str, typer.Argument(help="Key of the metric; --list names them.")] = "",
    *,
    where: Annotated[
        list[str] | None, typer.Option(help=f"Filter as NAME=VALUE; names: {', '.join(PARAMETERS)}. May be repeated.")
    ] = None,
    release: Annotated[int | None, typer.Option(help="Number of the release; the current one if left out.")] = None,
    form: Annotated[Form, typer.Option("--format", help="How to print the answer.")] = Form.CSV,
    as_at: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the plan, as 2024-03-31; today if left out.")
    ] = None,
    list_all: Annotated[bool, typer.Option("--list", help="Name the metrics and their questions.")] = False,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Earlier day for changes of the plan; the last quarter end if left out."
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Print what the page shows for a selection: the same rows, the same hidden cells.

    CSV is the file of the card's Download. JSON adds the headline, the notes and the data stamp; in it
    hidden and missing values are null and `hidden_rows` tells which is which.
    """
    is_json = as_json or form is Form.JSON
    if list_all or not key:
        _print_list(is_json=is_json)
        return
    metric_named(key)
    settings = load_settings()
    opened = open_release(settings.releases_folder, release)
    day = (as_at or datetime.now(UTC).astimezone(LONDON)).date()
    source = ReleaseAndPlan(opened, open_desk(settings.desk_url), day, since.date() if since else None)
    selection = selection_from_params(link_params(where or []), choices_of(opened))
    result = answer(key, source=source, selection=selection, contact=settings.contact, labels=settings.labels_of_status)
    if is_json:
        print_json(_as_json(result))
    else:
        typer.echo(export("csv", [result]).decode(), nl=False)


def _as_json(result: Result) -> dict[str, object]:
    stamp = vars(result.stamp)
    return {
        "metric": result.metric.key,
        "title": result.metric.title,
        "headline": result.headline,
        "base": result.base,
        "notes": list(result.notes),
        "selection": asdict(result.selection),
        "covers": describe(result.selection),
        "not_applied": list(result.not_applied),
        "stamp": stamp,
        "columns": [
            {"name": column.name, "label": column.label, "kind": column.kind} for column in result.metric.columns
        ],
        "hidden_rows": list(result.hidden_rows),
        "rows": result.table.to_dicts(),
        "shown": text_table(result).to_dicts(),
    }


def _print_list(*, is_json: bool) -> None:
    known = pl.DataFrame([{"metric": key, "question": module.METRIC.question} for key, module in METRICS.items()])
    if is_json:
        print_json(known.to_dicts())
    else:
        typer.echo(known.write_csv(), nl=False)
