"""Take a snapshot: the figures of pages, rendered into files, with a manifest that says from what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from dashboard.exports import Progress, export, file_name, format_named, shared, silent
from dashboard.results import Result
from dashboard.snapshots.figures import as_json, figure_of
from dashboard.wording import describe
from data_access.desk.snapshots import FIGURES, Kept, Taken, keep
from data_access.problems import BadSelection
from data_access.releases.store import Release

USUAL: Final = ("pdf", "pptx", "xlsx", "ods")
LONGEST_NAME: Final = 120
# What a number means may change with the method; raised whenever a metric's definition does.
METHOD: Final = 1


@dataclass(frozen=True)
class Wish:
    """What to take: a name, the pages by their addresses, the formats, the filters as a link spells them."""

    name: str
    pages: tuple[str, ...]
    formats: tuple[str, ...]
    params: dict[str, str]
    plan_as_at: date
    role: str
    regions: tuple[str, ...]
    taken_by: str


def take(
    wish: Wish,
    results: Sequence[Result],
    *,
    desk: Engine,
    home: Path,
    release: Release,
    now: datetime,
    progress: Progress = silent,
) -> Kept:
    """Render the results into files and keep them. The same release and selection give the same files.

    progress: called with what is being made, how many are done, and of how many.
    Raises `BadSelection` for a snapshot without a name, a figure or a format.
    """
    name = " ".join(wish.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadSelection(f"Give the snapshot a name of up to {LONGEST_NAME} characters.")
    if not results or not wish.formats:
        raise BadSelection("Choose at least one page with figures and one format.")
    files = {FIGURES: as_json([figure_of(result) for result in results])}
    with shared():
        for done, key in enumerate(wish.formats):
            medium = format_named(key)
            told = _part(progress, done, len(wish.formats))
            told(medium.title, 0, 1)
            files[file_name(results, medium.extension)] = export(key, results, told)
    progress("Keeping the files", 1, 1)
    taken = Taken(
        name=name,
        release=release.number,
        selection=wish.params,
        pages=wish.pages,
        plan_as_at=wish.plan_as_at,
        role=wish.role,
        regions=wish.regions,
        taken_by=wish.taken_by,
        manifest=_manifest(wish, results, release),
        files=files,
    )
    with desk.begin() as connection:
        return keep(connection, home, taken, now=now)


def _part(progress: Progress, before: int, formats: int) -> Progress:
    """Tell the steps of one format as parts of its share; all steps are told in hundredths of a format."""
    return lambda step, done, total: progress(step, 100 * before + 100 * done // total, 100 * formats)


def facts_of(results: Sequence[Result], release: Release, plan_as_at: date) -> dict[str, Any]:
    """Say what results rest on: the release, the last day of data, the threshold, the filters, the day of the plan."""
    stamp = results[0].stamp
    return {
        "conversation": stamp.conversation_title,
        "release": release.number,
        "release_manifest_sha256": sha256((release.folder / "manifest.json").read_bytes()).hexdigest(),
        "published_at": stamp.published_at.isoformat(),
        "data_to": stamp.data_to.isoformat() if stamp.data_to else None,
        "threshold": stamp.threshold,
        "is_made_up": stamp.is_demo,
        "filters": describe(results[0].selection),
        "figures": [result.metric.key for result in results],
        "plan_as_at": plan_as_at.isoformat(),
        "method": METHOD,
        "code_version": version("lookforward"),
        "published_by_version": release.manifest.code_version,
    }


def _manifest(wish: Wish, results: Sequence[Result], release: Release) -> dict[str, Any]:
    return {
        **facts_of(results, release, wish.plan_as_at),
        "link": wish.params,
        "pages": list(wish.pages),
        "role": wish.role,
        "regions": list(wish.regions),
    }
