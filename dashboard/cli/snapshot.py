"""`lookforward snapshot`: keep what the board saw, list, show, compare and verify it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from dashboard.cli._audited import actor
from dashboard.cli._console import JsonFlag, print_json, progress_bars
from dashboard.cli._figures import AsAtOption, PageOption, ReleaseOption, WhereOption, asked_for
from dashboard.snapshots.comparing import compare as compared
from dashboard.snapshots.figures import from_json
from dashboard.snapshots.taking import USUAL, Wish
from dashboard.snapshots.taking import take as taken
from dashboard.wording import counted, moment
from data_access.desk import snapshots as register
from data_access.desk.engine import open_desk, reading
from data_access.desk.snapshots import FIGURES, Kept
from data_access.problems import Tampered
from data_access.releases.store import verify_release
from data_access.settings import Settings, load_settings

Number = Annotated[int, typer.Argument(help="Number of a snapshot; `snapshot list` names them.")]
Formats = Annotated[list[str] | None, typer.Option("--format", help=f"A format; usually {', '.join(USUAL)}.")]
snapshot = typer.Typer(help="Keep what the board saw, and compare it later.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Offer the commands."""
    app.add_typer(snapshot, name="snapshot")


@snapshot.command()
def take(
    name: Annotated[str, typer.Argument(help="What it is for: 'Board, March 2027'.")],
    *,
    page: PageOption = None,
    where: WhereOption = None,
    release: ReleaseOption = None,
    as_at: AsAtOption = None,
    form: Formats = None,
    as_json: JsonFlag = False,
) -> None:
    """Take a snapshot of pages (all if none is named): files, figures and a manifest with their hashes."""
    asked = asked_for(page or [], [], where=where or [], release=release, as_at=as_at)
    wish = Wish(
        name=name,
        pages=asked.pages,
        formats=tuple(form or USUAL),
        params=asked.params,
        plan_as_at=asked.day,
        role="command line",
        regions=(),
        taken_by=actor(),
    )
    with progress_bars() as progress:
        kept = taken(
            wish, asked.results, desk=asked.desk, home=asked.settings.home, release=asked.release,
            now=datetime.now(UTC), progress=lambda _step, done, total: progress("Making the files", done, total),
        )  # fmt: skip
    if as_json:
        print_json(_plain(kept))
    else:
        typer.echo(
            f"Snapshot {kept.number}: {kept.name}, release {kept.release}, {counted(len(asked.results), 'figure')}."
        )


@snapshot.command("list")
def list_(as_json: JsonFlag = False) -> None:
    """List the snapshots, newest first."""
    settings = load_settings()
    with reading(open_desk(settings.desk_url)) as connection:
        found = register.snapshots(connection)
    if as_json:
        print_json([_plain(kept) for kept in found])
        return
    for kept in found:
        print(f"{kept.number:>4}  {moment(kept.taken_at)}  release {kept.release:<4} {kept.name}")
    if not found:
        print("No snapshot yet. Take one: lookforward snapshot take NAME")


@snapshot.command()
def show(number: Number, as_json: JsonFlag = False) -> None:
    """Show what a snapshot holds: its manifest, and where its files lie."""
    settings, kept = _kept(number)
    manifest = register.manifest_of(settings.home, kept)
    if as_json:
        print_json(manifest)
        return
    for name, value in manifest.items():
        if name != "files":
            print(f"{name}: {value}")
    print(f"files in {settings.home / register.FOLDER / f'{number:04d}'}:")
    for file in manifest["files"]:
        print(f"  {file}")


@snapshot.command()
def compare(before: Number, after: Number, as_json: JsonFlag = False) -> None:
    """Say in words what changed from one snapshot to another."""
    settings, old = _kept(before)
    _, new = _kept(after)
    first, second = (register.manifest_of(settings.home, kept) for kept in (old, new))
    earlier, later = (from_json(register.file_of(settings.home, kept, FIGURES)) for kept in (old, new))
    changes = compared(first, second, earlier, later)
    if as_json:
        print_json([vars(change) for change in changes])
        return
    for change in changes:
        print(f"{change.figure}: {change.said}" if change.figure else change.said)
    if not changes:
        print(f"Snapshots {before} and {after} say the same.")


@snapshot.command()
def verify(number: Number, as_json: JsonFlag = False) -> None:
    """Hold a snapshot's files against its manifest, and its release against its own."""
    settings, kept = _kept(number)
    faults = register.faults_of(settings.home, kept)
    faults += [f"release {kept.release}: {fault}" for fault in verify_release(settings.releases_folder, kept.release)]
    if as_json:
        print_json({"snapshot": number, "faults": faults})
    if faults:
        raise Tampered("\n".join([f"Snapshot {number} is not as it was taken:", *(f"  {fault}" for fault in faults)]))
    if not as_json:
        print(f"Snapshot {number} is as it was taken.")


def _kept(number: int) -> tuple[Settings, Kept]:
    settings = load_settings()
    with reading(open_desk(settings.desk_url)) as connection:
        return settings, register.snapshot(connection, number)


def _plain(kept: Kept) -> dict[str, Any]:
    return {**vars(kept), "pages": list(kept.pages), "regions": list(kept.regions)}
