"""backup and restore: copies of the whole installation but its keys, and erasures done again after one came back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli._audited import actor
from dashboard.cli._console import JsonFlag, print_json, progress_bars
from dashboard.cli.worker import only_one
from data_access.desk.retention import Certificate
from data_access.problems import BadConfiguration
from data_access.retention.backup import back_up
from data_access.retention.certify import as_data
from data_access.retention.restore import Restored, do_again, restore
from data_access.settings import load_settings

DAYS_KEPT = 30


def add_to(app: typer.Typer) -> None:
    """Offer both commands."""
    app.command("backup")(backup_command)
    app.command("restore")(restore_command)


def backup_command(
    target: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder of the backups; each gets a dated folder in it.")
    ],
    *,
    keep_days: Annotated[
        int, typer.Option(min=1, max=365, help="Delete older backups there: people erased since are still in them.")
    ] = DAYS_KEPT,
    as_json: JsonFlag = False,
) -> None:
    """Copy vault, desk, releases, proofs, snapshots and certificates into a dated folder. Keys are left out.

    Keep a copy of the keys' folder elsewhere: without it nothing can be imported again, and no backup be restored.
    """
    with progress_bars() as progress:
        made = back_up(load_settings(), target, keep_days=keep_days, now=datetime.now(UTC), progress=progress)
    if as_json:
        print_json({**vars(made), "dropped": list(made.dropped)})
        return
    dropped = f" {len(made.dropped):,} older ones deleted." if made.dropped else ""
    print(f"{made.folder}: {made.files:,} files, {made.bytes:,} bytes.{dropped} The keys are not in it.")


def restore_command(
    backup: Annotated[
        Path | None, typer.Argument(metavar="BACKUP", help="A dated folder that 'lookforward backup' made.")
    ] = None,
    *,
    erasures_only: Annotated[
        bool,
        typer.Option("--erasures-only", help="Only erase and purge again; the databases were brought back otherwise."),
    ] = False,
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask whether this is meant.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Bring vault and desk back from a backup, then erase and purge again whatever was since. Stop everything first."""
    settings = load_settings()
    if (backup is None) != erasures_only:
        raise BadConfiguration("Name a backup, or type --erasures-only, and not both.")
    if backup is not None and not is_sure:
        typer.confirm("Replace the vault and the desk by their copies in the backup?", abort=True, err=True)
    by, now = actor(), datetime.now(UTC)
    with only_one(settings.home), progress_bars() as progress:
        if backup is None:
            done = Restored((), 0, do_again(settings, by=by, now=now, progress=progress))
        else:
            done = restore(settings, backup, by=by, now=now, progress=progress)
    if as_json:
        print_json({**vars(done), "again": [as_data(one) for one in done.again]})
        return
    if backup is not None:
        print(f"Brought back: {', '.join(done.databases)}; {done.files:,} missing files. Import again what came since.")
    print("\n".join(_line(one) for one in done.again) or "Nothing had to be erased or purged again.")


def _line(made: Certificate) -> str:
    return f"Done again: {made.kind} in '{made.conversation}', certificate {made.number}."
