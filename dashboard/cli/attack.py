"""attack: what an intruder can work out from everything that was published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from dashboard.cli._console import JsonFlag, print_json, progress_bars
from data_access.attack.findings import Findings, attack
from data_access.attack.votes import VoteFinding, vote_findings
from data_access.problems import NothingThere
from data_access.releases.store import list_releases
from data_access.settings import load_settings

QUICK = "Only find out which counts are exact or narrow; other ranges are then given in part."
WITHIN = "Seconds for full ranges; what is left then is done as with --quick. 0: no limit."


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("attack")(attack_command)


def attack_command(
    releases: Annotated[
        list[str] | None, typer.Argument(help="Numbers or folders of releases; all releases if none is named.")
    ] = None,
    *,
    exports: Annotated[
        list[Path] | None, typer.Option("--export", help="An exported CSV file to use as well; may be repeated.")
    ] = None,
    is_quick: Annotated[bool, typer.Option("--quick", help=QUICK)] = False,
    nobody_leaves: Annotated[
        bool, typer.Option("--nobody-leaves", help="Suppose that no group became smaller between releases.")
    ] = False,
    with_votes: Annotated[
        bool, typer.Option("--votes", help="Bound the votes of groups that are not given, too; release by release.")
    ] = False,
    within: Annotated[int, typer.Option(min=0, help=WITHIN)] = 240,
    as_json: JsonFlag = False,
) -> None:
    """Narrow every hidden count from everything published, as an intruder would: release folders and exports only."""
    folders = _folders(releases or [])
    with progress_bars() as progress:
        found = attack(
            folders,
            exports or [],
            is_quick=is_quick,
            nobody_leaves=nobody_leaves,
            has_time=_time_for(within),
            progress=progress,
        )
    votes = [finding for folder in folders for finding in vote_findings(folder)] if with_votes else []
    told = {"votes": {"hidden": len(votes), "exact": sum(one.is_exact for one in votes)}} if with_votes else {}
    if as_json:
        print_json({**found.as_data(), **told})
    else:
        print("\n".join([*_lines(found, len(folders), len(exports or [])), *_vote_lines(votes if told else None)]))


def _time_for(seconds: int) -> Callable[[], bool]:
    """Give what says whether there is time still; 0 seconds are no limit."""
    until = monotonic() + seconds
    return lambda: seconds == 0 or monotonic() < until


def _vote_lines(votes: list[VoteFinding] | None) -> list[str]:
    if votes is None:
        return []
    exact = sum(one.is_exact for one in votes)
    return [f"Counts of votes that are not given: {len(votes):,}; worked out exactly: {exact:,}."]


def _folders(named: list[str]) -> list[Path]:
    home = load_settings().releases_folder
    if not named:
        folders = [home / f"{one.number:04d}" for one in list_releases(home)] if home.is_dir() else []
        if not folders:
            raise NothingThere("There is no release yet. Type 'lookforward publish' after an import.")
        return folders
    folders = [home / f"{int(name):04d}" if name.isdecimal() else Path(name) for name in named]
    missing = [name for name, folder in zip(named, folders, strict=True) if not (folder / "manifest.json").is_file()]
    if missing:
        raise NothingThere(f"There is no release {', '.join(missing)}. 'lookforward releases' lists them.")
    return folders


def _lines(found: Findings, releases: int, exports: int) -> list[str]:
    data = found.as_data()
    read = f"{releases} {'release' if releases == 1 else 'releases'}" + (f" and {exports} exports" if exports else "")
    return [
        f"Read {data['statements']:,} counts of people in {read}; {data['hidden']:,} of them are hidden"
        + (f", and so is what {data['growths']:,} grew by between releases." if data["growths"] else "."),
        f"Worked out exactly: {data['exact']:,}.",
        f"Known to be fewer people than the threshold: {data['known_small']:,}.",
        f"May be a small group, and narrowed to fewer than the threshold: {data['narrower_than_k']:,}.",
        *_part_lines(data["ranges_in_part"]),
    ]


def _part_lines(parts: object) -> list[str]:
    """Say how many ranges are not told in full, and what that does not change."""
    if not parts:
        return []
    return [
        f"Of {parts:,} counts, time was spent only on finding two values as far apart as the threshold; the numbers "
        "above are of all counts. --within 0 gives every range in full and may take many minutes."
    ]
