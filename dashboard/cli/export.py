"""`lookforward export`: figures as files, for schedules."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli._audited import write_out
from dashboard.cli._console import JsonFlag, print_json, progress_bars
from dashboard.cli._figures import AsAtOption, PageOption, ReleaseOption, WhereOption, asked_for
from dashboard.exports import FORMATS, export, format_named
from data_access.problems import BadSelection


def add_to(app: typer.Typer) -> None:
    """Offer the command."""
    app.command("export")(export_figures)


def export_figures(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of: {', '.join(one.key for one in FORMATS)}.")],
    out: Annotated[Path, typer.Option(help="File to write; it must not be there yet.")],
    *,
    page: PageOption = None,
    metric: Annotated[
        list[str] | None, typer.Option(help="A figure by its key, instead of pages; repeat for more.")
    ] = None,
    where: WhereOption = None,
    release: ReleaseOption = None,
    as_at: AsAtOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Write the figures of pages (all pages if none is named), as the pages show them, into one file.

    Exactly what the page's Download gives: the same rows, the same hidden cells, the same bytes.
    """
    medium = format_named(form)
    if out.exists():
        raise BadSelection(f"{out.name} is there already. Choose another name or move it away.")
    figures = asked_for(page or [], metric or [], where=where or [], release=release, as_at=as_at)
    with progress_bars() as progress:
        told = partial(progress, f"Making {medium.title}")
        content = export(medium.key, figures.results, lambda _step, done, total: told(done, total))
        told(1, 1)
    write_out(figures.settings, out, content, release=figures.release.number)
    if as_json:
        print_json({"file": str(out), "bytes": len(content), "figures": [one.metric.key for one in figures.results]})
    else:
        typer.echo(f"Wrote {out}: {len(figures.results)} figures, {len(content):,} bytes.")
