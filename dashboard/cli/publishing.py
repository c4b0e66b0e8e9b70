"""publish, releases, verify, cells: from the vault to a release, and what a release holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import polars as pl
import typer

from dashboard.cli._audited import check_log, note, note_files
from dashboard.cli._console import Format, JsonFlag, print_frame, print_json, progress_bars, where_pairs
from dashboard.cli._counting import EngineName, EngineOption, MasterOption, ScratchOption, counting
from data_access.desk import audit_words
from data_access.disclosure.witness import proof_faults
from data_access.frames import GROUPED_TABLES, TABLES, Table, table_named
from data_access.problems import BadSelection, NothingThere, Tampered
from data_access.publishing.proof_store import proof_of
from data_access.publishing.publish import publish
from data_access.releases.store import (
    Manifest,
    current_number,
    list_releases,
    open_release,
    verify_release,
    withdrawn_numbers,
)
from data_access.retention.complete import decided
from data_access.retention.sweep import copies_dropped
from data_access.settings import load_settings
from data_access.vault.engine import open_vault
from data_access.vocabulary import slug

WhereOption = Annotated[
    list[str] | None, typer.Option("--where", help="NAME=VALUE: keep the rows with that value; may be repeated.")
]
OutOption = Annotated[Path | None, typer.Option("--out", help="Write to this file instead of standard output.")]
_MOST_VALUES_LISTED: Final = 20


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("publish")(publish_command)
    app.command("releases")(releases_command)
    app.command("verify")(verify_command)
    app.command("cells")(cells_command)


def publish_command(
    *,
    is_grouped: Annotated[
        bool, typer.Option("--grouped", help="Cut the tables by region, board, staff group and type anew.")
    ] = False,
    is_forced: Annotated[bool, typer.Option("--force", help="Write a release even if nothing changed.")] = False,
    engine_name: EngineOption = EngineName.POLARS,
    master: MasterOption = "",
    scratch: ScratchOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Resolve, count, protect and write the next release."""
    settings = load_settings()
    check_log(settings)
    before = current_number(settings.releases_folder)
    engine = open_vault(settings.vault_url)
    try:
        with progress_bars() as progress, counting(settings, engine_name, master, scratch) as counted_by:
            manifest = publish(
                engine=engine,
                releases_folder=settings.releases_folder,
                now=datetime.now(UTC),
                progress=progress,
                is_forced=is_forced,
                grouped_proofs=settings.proofs_folder if is_grouped else None,
                decisions=decided(settings),
                keys_folder=settings.keys_folder,
                when_blanked=copies_dropped(settings, datetime.now(UTC)),
                counting=counted_by,
            )
    finally:
        engine.dispose()
    is_new = manifest.number != before
    if is_new:
        note(settings, audit_words.published(manifest.number, is_grouped=is_grouped), release=manifest.number)
    if as_json:
        print_json({**asdict(manifest), "is_new": is_new})
    else:
        _tell(manifest, is_new=is_new)


def _tell(manifest: Manifest, *, is_new: bool) -> None:
    if not is_new:
        print(f"Nothing has changed since release {manifest.number}; it stays current. --force writes a new one.")
        return
    print(f"Release {manifest.number} is published: {_size(manifest)}.")
    for line in [*privacy_lines(manifest), *carried_lines(manifest)]:
        print(line)


def releases_command(*, as_json: JsonFlag = False) -> None:
    """List the releases, oldest first."""
    folder = load_settings().releases_folder
    shown, withdrawn = current_number(folder), withdrawn_numbers(folder)
    manifests = list_releases(folder)
    if as_json:
        print_json(
            [
                {**asdict(one), "is_current": one.number == shown, "is_withdrawn": one.number in withdrawn}
                for one in manifests
            ]
        )
        return
    if not manifests:
        raise NothingThere("There is no release yet. Type 'lookforward publish' after an import.")
    for one in manifests:
        mark = "  current" if one.number == shown else "  withdrawn" if one.number in withdrawn else ""
        print(f"{one.number:>4}  {one.published_at:%Y-%m-%d %H:%M} UTC  {_size(one)}{mark}")


def verify_command(
    release: Annotated[str, typer.Argument(help="Number of the release, or 'current'.")] = "current",
    *,
    proofs: Annotated[
        Path | None, typer.Option(help="Folder of proofs: check the witnesses of the grouped tables too.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Hold every file of a release against its manifest, and its grouped tables against their proof."""
    folder = load_settings().releases_folder
    number = _number(release, folder)
    differences = verify_release(folder, number)
    if proofs is not None and not differences:
        differences = _proof_differences(folder, number, proofs)
    if differences:
        raise Tampered("\n".join([f"Release {number} is not as it was written:", *(f"  {one}" for one in differences)]))
    if as_json:
        print_json({"release": number, "differences": [], "witnesses_checked": proofs is not None})
    else:
        print(f"Release {number} is as it was written.")
        for line in _witness_lines(open_release(folder, number).manifest) if proofs is not None else []:
            print(line)


def cells_command(
    table: Annotated[str, typer.Argument(help="Name of a table: " + ", ".join(one.name for one in TABLES))],
    *,
    release: Annotated[str, typer.Option(help="Number of the release, or 'current'.")] = "current",
    where: WhereOption = None,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.CSV,
    out: OutOption = None,
) -> None:
    """Print the cells of a release, as protected: hidden numbers are empty and is_hidden is true."""
    promised = table_named(table)
    settings = load_settings()
    folder = settings.releases_folder
    opened = open_release(folder, None if release == "current" else _number(release, folder))
    print_frame(chosen(opened.table(table), promised, where_pairs(where or [])), form, out)
    if out is not None:
        note_files(settings, [out], release=opened.number)


def chosen(frame: pl.DataFrame, table: Table, where: dict[str, str]) -> pl.DataFrame:
    """Keep the rows with these values; names are accepted in any case and as in links.

    Raises `BadSelection` for a column the table does not have or a value none of its rows has.
    """
    strange = [name for name in where if name not in table.columns]
    if strange:
        named = ", ".join(repr(name) for name in strange)
        raise BadSelection(f"{table.name} has no column {named}. Columns: {', '.join(table.columns)}.")
    for name, wanted in where.items():
        values = frame[name].cast(pl.String)
        keep = _rows_with(values.to_list(), wanted)
        if not any(keep):
            raise BadSelection(_not_there(table.name, name, wanted, values))
        frame = frame.filter(pl.Series(keep, dtype=pl.Boolean))
    return frame


def _rows_with(values: list[str | None], wanted: str) -> list[bool]:
    """Say which values are meant: those spelled just so; failing that in another case; failing that as in links."""
    keep: list[bool] = []
    for spell in (str, str.casefold, slug):
        keep = [value is not None and spell(value) == spell(wanted) != "" for value in values]
        if any(keep):
            break
    return keep


def _not_there(table: str, name: str, wanted: str, values: pl.Series) -> str:
    there = values.drop_nulls().unique(maintain_order=True)
    listed = f" There are: {', '.join(there)}." if 0 < there.len() <= _MOST_VALUES_LISTED else ""
    return f"No row of {table} has {name} '{wanted}'.{listed}"


def _proof_differences(folder: Path, number: int, proofs: Path) -> list[str]:
    """Check the witnesses of every conversation whose grouped tables were cut for a release; needs no vault."""
    release = open_release(folder, number)
    found = []
    for conversation in release.manifest.privacy:
        released = {table.name: release.table(table.name, conversation) for table in GROUPED_TABLES}
        found += proof_faults(proof_of(proofs, number, conversation), released)
    if not release.manifest.privacy:
        raise NothingThere(f"The grouped tables of release {number}, if any, were cut for an earlier one: verify that.")
    return found


def _witness_lines(manifest: Manifest) -> list[str]:
    """Say what the witnesses prove that were checked."""
    return [
        f"  {conversation}: every one of {figures['witnessed']:,} small counts has worlds in whole people that publish "
        f"just this and lie at least {manifest.thresholds[conversation]} apart." + _merged_words(figures)
        for conversation, figures in manifest.privacy.items()
    ]


def _merged_words(figures: Mapping[str, Any]) -> str:
    """Say how many labels are published together, because their groups could not be hidden each by itself."""
    labels = sum(len(own) for own in figures.get("merged", {}).values())
    return f" {labels:,} boards and staff groups are published together with others." if labels else ""


def privacy_lines(manifest: Manifest) -> list[str]:
    """Give the privacy report of each conversation whose grouped tables were cut for a release."""
    return [
        f"  {conversation}: {figures['cells']:,} grouped cells, {figures['hidden']:,} hidden "
        f"({figures['secondary']:,} of them to cover others{_grown_words(figures)}); "
        f"{figures['witnessed']:,} small counts proved hidden, "
        f"each within at least {figures['narrowest_interval']:,} possible values; {figures['seconds']} seconds."
        + _merged_words(figures)
        + _slices_words(figures)
        for conversation, figures in manifest.privacy.items()
    ]


def _grown_words(figures: Mapping[str, Any]) -> str:
    """Say how many covers are hidden for their own sake."""
    few = figures.get("grown_by_few", 0)
    return f", {few:,} of these because they grew by too few since an earlier release" if few else ""


def _slices_words(figures: Mapping[str, Any]) -> str:
    """Say which slices are not cut anew, and which are hidden whole."""
    carried, hidden = figures.get("slices_carried", 0), figures.get("slices_hidden", 0)
    kept = f" {carried:,} slices stay as they were published, because too few people changed." if carried else ""
    waiting = len(figures.get("tables_waiting", ()))
    later = f" {waiting:,} tables of small groups wait for the end of the conversation." if waiting else ""
    return later + kept + (f" {hidden:,} slices are hidden in every cell, as their England total is." if hidden else "")


def carried_lines(manifest: Manifest) -> list[str]:
    """Name the conversations whose figures a release takes over: completed ones, and where erasures wait."""
    return [
        f"  {conversation}: figures as counted for release {number}; it is completed, or fewer than "
        f"{manifest.thresholds[conversation]} people were erased since and must not stand out."
        for conversation, number in manifest.carried.items()
    ]


def _number(text: str, folder: Path) -> int:
    if text == "current":
        return open_release(folder).number
    if not text.isdecimal():
        raise BadSelection(f"'{text}' is not the number of a release. Type a number, or 'current'.")
    return int(text)


def _size(manifest: Manifest) -> str:
    conversations = len(manifest.thresholds)
    rows = sum(facts.rows for facts in manifest.files)
    return f"{conversations:,} {'conversation' if conversations == 1 else 'conversations'}, {rows:,} rows"
