"""purge: delete every row of a completed conversation, its key, its copies; what stays is released figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from dashboard.cli._audited import actor
from dashboard.cli._console import JsonFlag, print_json, progress_bars
from data_access.desk.retention import Certificate
from data_access.problems import BadConfiguration
from data_access.retention.certify import FOLDER, as_data
from data_access.retention.purge import due, purge_conversation
from data_access.settings import load_settings

# A timer that runs every night has three chances before the promise of thirty days is broken.
DAYS_AHEAD: Final = 3


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("purge")(purge_command)


def purge_command(
    conversation: Annotated[
        str | None, typer.Argument(metavar="CONVERSATION", help="Key of a completed conversation.")
    ] = None,
    *,
    is_due: Annotated[
        bool, typer.Option("--due", help=f"Every conversation with {DAYS_AHEAD} days left or fewer, without asking.")
    ] = False,
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is meant.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Delete the votes, comments, pseudonyms and copies of a completed conversation, and destroy its key for good."""
    settings, now = load_settings(), datetime.now(UTC)
    if (conversation is None) != is_due:
        raise BadConfiguration("Name a conversation, or type --due, and not both.")
    if conversation is not None and not is_sure:
        typer.confirm(
            f"Delete every row of '{conversation}' and its key? Nothing brings them back", abort=True, err=True
        )
    keys = due(settings, now, timedelta(days=DAYS_AHEAD)) if conversation is None else [conversation]
    with progress_bars() as progress:
        made = [purge_conversation(settings, key, by=actor(), now=now, progress=progress) for key in keys]
    if as_json:
        print_json([as_data(one) for one in made] if is_due else as_data(made[0]))
        return
    for one in made:
        _say(one, settings.home / FOLDER)
    if not made:
        print("No conversation's thirty days are running out.")


def _say(made: Certificate, folder: Path) -> None:
    facts = made.facts
    rows = sum(facts["rows deleted"].values())
    print(f"'{made.conversation}' is purged: {rows:,} rows deleted, key destroyed: {facts['key destroyed']}.")
    for one in facts["not done"]:
        print(f"  Not done: {one}")
    print(f"Certificate {made.number} is in {folder}. Delete the exports the rows came from, too.")
