"""Figures asked for on the command line: pages or single metrics, filters, a release, a day of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import Engine

from dashboard.cli._console import where_pairs
from dashboard.filters import PARAMETERS, Selection, params_from_selection, selection_from_params
from dashboard.results import Result, answer
from dashboard.sources import ReleaseAndPlan, choices_of
from data_access.desk.engine import open_desk
from data_access.problems import BadSelection, NothingThere
from data_access.releases.store import Release, open_release
from data_access.settings import Settings, load_settings

LONDON: Final = ZoneInfo("Europe/London")
PageOption = Annotated[list[str] | None, typer.Option("--page", help="A page by its address; repeat for more.")]
WhereOption = Annotated[
    list[str] | None, typer.Option(help=f"Filter as NAME=VALUE; names: {', '.join(PARAMETERS)}. May be repeated.")
]
ReleaseOption = Annotated[int | None, typer.Option(help="Number of the release; the current one if left out.")]
AsAtOption = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the plan, as 2024-03-31; today if left out.")
]


@dataclass(frozen=True)
class Asked:
    """What was asked for, answered."""

    settings: Settings
    desk: Engine
    release: Release
    selection: Selection
    params: dict[str, str]
    pages: tuple[str, ...]
    day: date
    results: list[Result]


def asked_for(
    pages: Sequence[str],
    metrics: Sequence[str],
    *,
    where: Sequence[str],
    release: int | None,
    as_at: datetime | None,
) -> Asked:
    """Answer the figures of pages, or the single ones; of all pages where neither is named.

    A figure the release has no cells for is left out where its page was asked for, and said where it was named.
    """
    from dashboard.catalogue import figure_pages, figures_of  # noqa: PLC0415 - pages bring Streamlit, a second

    settings = load_settings()
    opened = open_release(settings.releases_folder, release)
    desk = open_desk(settings.desk_url)
    day = (as_at or datetime.now(UTC).astimezone(LONDON)).date()
    source = ReleaseAndPlan(opened, desk, day)
    choices = choices_of(opened)
    selection = selection_from_params(link_params(where), choices)
    wanted = tuple(pages) or tuple(page.url for page in figure_pages())
    keys = list(metrics) or figures_of(wanted)
    results = []
    for key in keys:
        try:
            results.append(answer(key, source=source, selection=selection, contact=settings.contact,
                                  labels=settings.labels_of_status))  # fmt: skip
        except NothingThere:
            if metrics:
                raise
    if not results:
        raise NothingThere("There is no figure to take: the release holds no cells for these pages.")
    params = params_from_selection(selection, choices)
    return Asked(settings, desk, opened, selection, params, wanted, day, results)


def link_params(where: Sequence[str]) -> dict[str, list[str]]:
    """Read filters as a link gives them: one named twice has two values. Raises `BadSelection` for one that is none."""
    params: dict[str, list[str]] = {}
    for pair in where:
        for name, value in where_pairs([pair]).items():
            params.setdefault(name, []).append(value)
    unknown = sorted(set(params) - set(PARAMETERS))
    if unknown:
        raise BadSelection(f"There is no filter {', '.join(unknown)}. Filters: {', '.join(PARAMETERS)}.")
    return params
