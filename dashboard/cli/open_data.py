"""`lookforward open-data`: a release as files that any tool reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli._audited import write_out
from dashboard.cli._console import JsonFlag, print_json
from dashboard.exports._archives import archive
from data_access.problems import BadSelection
from data_access.releases.open_data import open_data
from data_access.releases.store import open_release
from data_access.settings import load_settings


def add_to(app: typer.Typer) -> None:
    """Offer the command."""
    app.command("open-data")(write_open_data)


def write_open_data(
    out: Annotated[Path, typer.Option(help="Zip file to write; it must not be there yet.")],
    *,
    release: Annotated[int | None, typer.Option(help="Number of the release; the current one if left out.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Write a release as open data: every table as CSV, a data dictionary, and the standard Polis columns.

    Cells below the threshold stay hidden, and no row of a vote or a participant is in it.
    """
    if out.exists():
        raise BadSelection(f"{out.name} is there already. Choose another name or move it away.")
    settings = load_settings()
    opened = open_release(settings.releases_folder, release)
    files = open_data(opened)
    write_out(settings, out, archive(files), release=opened.number)
    if as_json:
        print_json({"file": str(out), "release": opened.number, "files": sorted(files)})
    else:
        typer.echo(f"Wrote {out}: release {opened.number}, {len(files)} files.")
