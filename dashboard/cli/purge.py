"""purge: delete every row of a completed conversation, its key, its copies; what stays is released figures."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Annotated

import typer

from dashboard.cli._console import JsonFlag, print_json, progress_bars
from data_access.retention.certify import FOLDER, as_data
from data_access.retention.purge import purge_conversation
from data_access.settings import load_settings


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("purge")(purge_command)


def purge_command(
    conversation: Annotated[str, typer.Argument(metavar="CONVERSATION", help="Key of a completed conversation.")],
    *,
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is meant.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Delete the votes, comments, pseudonyms and copies of a completed conversation, and destroy its key for good."""
    settings = load_settings()
    if not is_sure:
        typer.confirm(
            f"Delete every row of '{conversation}' and its key? Nothing brings them back", abort=True, err=True
        )
    with progress_bars() as progress:
        made = purge_conversation(
            settings,
            conversation,
            by=f"command line ({getpass.getuser()})"[:80],
            now=datetime.now(UTC),
            progress=progress,
        )
    if as_json:
        print_json(as_data(made))
        return
    facts = made.facts
    rows = sum(facts["rows deleted"].values())
    print(f"'{conversation}' is purged: {rows:,} rows deleted, key destroyed: {facts['key destroyed']}.")
    for one in facts["not done"]:
        print(f"  Not done: {one}")
    print(f"Certificate {made.number} is in {settings.home / FOLDER}. Delete the exports the rows came from, too.")
