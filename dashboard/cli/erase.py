"""erase: take the rows and the wording of people out of everything, on their request."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli._audited import actor
from dashboard.cli._console import JsonFlag, print_json, progress_bars
from data_access.desk.retention import Certificate
from data_access.retention.certify import as_data
from data_access.retention.erase import erase_people
from data_access.retention.people import listed
from data_access.settings import load_settings


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("erase")(erase_command)


def erase_command(
    people: Annotated[Path, typer.Argument(metavar="LIST", help="File of the platform's ids of people, one a line.")],
    *,
    conversation: Annotated[str | None, typer.Option(help="Its key; every conversation if left out.")] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Empty the wording of their ideas in the vault as well.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Erase people on request: votes, comments, attributes, bookings; wording in every release; uploads, backups."""
    with progress_bars() as progress:
        made = erase_people(
            load_settings(),
            listed(people),
            conversation=conversation,
            with_text=with_text,
            by=actor(),
            now=datetime.now(UTC),
            progress=progress,
        )
    if as_json:
        print_json([as_data(one) for one in made])
        return
    for one in made:
        print(_line(one))
    if not any(one.number for one in made):
        print("Nothing was changed.")


def _line(made: Certificate) -> str:
    facts = made.facts
    found = f"{made.conversation}: {facts['people found']:,} of {facts['people listed']:,} people found"
    if not made.number:
        return f"{found}."
    blanked = sum(facts["wordings blanked by release"].values())
    undone = "".join(f"\n  Not done: {one}" for one in facts["not done"])
    return (
        f"{found}. Deleted: {facts['votes deleted']:,} votes, {facts['comments deleted']:,} comments, "
        f"{facts['rows of attributes deleted']:,} rows of attributes, {facts['bookings deleted']:,} bookings; "
        f"{blanked:,} wordings blanked in releases. Certificate {made.number}.{undone}\n"
        "  Nobody's figures are published anew before enough people are erased; delete the list and the exports "
        "they are in."
    )
