"""import, imports, undo, template: the door by which data come in, and out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import polars as pl
import typer
from sqlalchemy import Engine

from dashboard.cli._audited import actor, check_log, note
from dashboard.cli._console import JsonFlag, errors, print_json, progress_bars
from dashboard.cli._import_text import print_imports, print_proof_summary, print_report, report_as_dict
from dashboard.worker.deliveries import vault_of, vault_or_stand_in
from data_access.desk import audit_words
from data_access.importing.adapters import adapters
from data_access.importing.checking.moments import DayOrder
from data_access.importing.proof_text import proof_document
from data_access.importing.rejects import write_rejects
from data_access.importing.report import ImportReport
from data_access.importing.run import import_files, import_proof, list_imports, undo_import
from data_access.importing.template_files import FORMATS, write_template
from data_access.problems import ImportRefused, NothingThere
from data_access.publishing.publish import withdraw_after
from data_access.releases.store import current_number
from data_access.retention.sweep import remember_rejects
from data_access.settings import Settings, load_settings
from data_access.vault.engine import has_vault
from data_access.vocabulary import FeedbackMoment

Answer = TypeVar("Answer")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    known = "; ".join(f"{name}: {adapter.about}" for name, adapter in adapters().items())
    app.command("import", help=f"Import files of one conversation. {known}.")(import_command)
    app.command("imports")(imports_command)
    app.command("undo")(undo_command)
    app.command("template")(template_command)


_Strict = Annotated[bool, typer.Option("--strict", help="Hide posts no moderator has looked at.")]
_Check = Annotated[bool, typer.Option("--check", help="Say what would happen and write nothing.")]
_Allow = Annotated[bool, typer.Option("--allow-refused", help="Set faulty rows aside, take the rest.")]
_Many = Annotated[bool, typer.Option("--accept-many", help="With --allow-refused: even if over 2 % are faulty.")]
_Rejects = Annotated[
    Path | None, typer.Option(help="Write faulty rows to this CSV, to be mended and imported with 'import template'.")
]
_Dates = Annotated[DayOrder | None, typer.Option(help="How 03/04/2022 is meant: uk is 3 April, us is 4 March.")]
_Session = Annotated[str, typer.Option(help="For notes and forms: id of the session they come from.")]
_Given = Annotated[FeedbackMoment, typer.Option(help="For notes and forms: when they were written.")]


def import_command(
    adapter: Annotated[str, typer.Argument(help="Where the files come from.")],
    paths: Annotated[list[Path], typer.Argument(help="A folder, or files.")],
    *,
    conversation: Annotated[str | None, typer.Option(help="Its key; the folder's or file's name if left out.")] = None,
    strict: _Strict = False,
    check: _Check = False,
    allow_refused: _Allow = False,
    accept_many: _Many = False,
    rejects: _Rejects = None,
    dates: _Dates = None,
    session: _Session = "",
    given: _Given = FeedbackMoment.IN_SESSION,
    as_json: JsonFlag = False,
) -> None:
    """Import files of one conversation."""
    settings, started_by, now = load_settings(), actor(), datetime.now(UTC)
    with progress_bars() as progress, _vault(settings, is_check=check) as engine:
        report = import_files(
            engine=engine,
            keys_folder=settings.keys_folder,
            adapter=adapter,
            paths=paths,
            conversation=conversation,
            strict=strict,
            check_only=check,
            allow_refused=allow_refused,
            accept_many=accept_many,
            dates=dates,
            session=session,
            given=given,
            keep_rejects=partial(_keep_rejects, rejects, settings.home) if rejects else None,
            started_by=started_by,
            now=now,
            progress=progress,
            ask_desk=partial(_check_plan, settings=settings, started_by=started_by, now=now),
        )
    _note_import(settings, report)
    _tell(report, partial(_hand_over_plan, report, settings, started_by, now), as_json=as_json)
    if check and report.faults:
        raise typer.Exit(ImportRefused.exit_code)


def _vault(settings: Settings, *, is_check: bool) -> AbstractContextManager[Engine]:
    """Give the vault, once the log is known to be whole; for a check before the first import one that is gone after."""
    if is_check:
        return vault_or_stand_in(settings.vault_url)
    check_log(settings)
    return vault_of(settings.vault_url)


def _note_import(settings: Settings, report: ImportReport) -> None:
    if report.number is not None and not report.was_already_imported:
        note(settings, audit_words.imported(report.number, report.conversation, report.rows_left_out))


def _tell(report: ImportReport, hand_over: Callable[[], list[str]], *, as_json: bool) -> None:
    """Print what was imported, then hand the plan over: if that is refused, the import has been told."""
    if not as_json:
        print_report(report)
    plan = hand_over()
    if as_json:
        return print_json({**report_as_dict(report), "plan": plan})
    return print(*plan, sep="\n", end="\n" if plan else "")


def imports_command(
    number: Annotated[int | None, typer.Argument(help="Number of one import.")] = None,
    *,
    proof: Annotated[
        bool, typer.Option("--proof", help="Print its intake proof as a document: hashes, ledger, sign, differences.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """List the imports, newest first, or show one with its ledger or its proof."""
    if number is None:
        if proof:
            raise typer.BadParameter("--proof needs the number of an import")
        settings = load_settings()
        found = _with_vault(settings, list_imports) if has_vault(settings.vault_url) else ()
        return print_json([asdict(one) for one in found]) if as_json else print_imports(found)
    evidence = _with_vault(load_settings(), lambda engine: import_proof(engine, number))
    if as_json:
        return print_json(evidence)
    if proof:
        return print(proof_document(evidence), end="")
    return print_proof_summary(evidence)


def undo_command(
    number: Annotated[int, typer.Argument(metavar="IMPORT", help="Number of the import.")], *, as_json: JsonFlag = False
) -> None:
    """Take the newest import of a conversation back; its line in the ledger stays."""
    settings = load_settings()
    if has_vault(settings.vault_url):  # else there is nothing to undo, and no log to begin
        check_log(settings)
    undone = _with_vault(settings, lambda engine: undo_import(engine, number, datetime.now(UTC)))
    withdrawn = _with_vault(
        settings,
        lambda engine: withdraw_after(engine=engine, releases_folder=settings.releases_folder, undone_import=number),
    )
    shown = current_number(settings.releases_folder)
    note(settings, audit_words.undone(number, undone.conversation), release=shown)
    if as_json:
        print_json({**asdict(undone), "withdrawn_releases": withdrawn})
        return
    rows = ", ".join(f"{table} {count:,}" for table, count in undone.rows.items()) or "none"
    print(f"Import {number} of '{undone.conversation}' is undone. Rows deleted: {rows}.")
    if withdrawn:
        print(f"Releases withdrawn because they rest on it: {', '.join(map(str, withdrawn))}; their files stay.")
    print("Publish to update the pages.")


def template_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write to; made if it is not there.")],
    *,
    form: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")] = "csv",
    as_json: JsonFlag = False,
) -> None:
    """Write the empty template and its guide."""
    written = write_template(folder, form)
    if as_json:
        print_json([str(file) for file in written])
    elif written:
        print(f"{len(written)} files in {folder}. Start with {folder / 'README.md'}.")
    else:
        print(f"Nothing written: {folder} has files of these names already.")


def _with_vault(settings: Settings, work: Callable[[Engine], Answer]) -> Answer:
    """Work on the vault there is; looking for an import where there is none makes no empty one."""
    if not has_vault(settings.vault_url):
        raise NothingThere("Nothing has been imported yet. Start with: lookforward import --help")
    with vault_of(settings.vault_url) as engine:
        return work(engine)


def _keep_rejects(file: Path, home: Path, rejected: Mapping[str, pl.DataFrame]) -> None:
    files = write_rejects(rejected, file)
    remember_rejects(home, files)
    for written, rows in zip(files, rejected.values(), strict=True):
        errors.print(f"{rows.height:,} faulty rows are in {written}.", highlight=False, soft_wrap=True)


def _check_plan(frames: Mapping[str, pl.DataFrame], *, settings: Settings, started_by: str, now: datetime) -> None:
    """Refuse an import whose plan would be refused, before the vault holds any of it."""
    from dashboard.cli._plan_tables import preview  # noqa: PLC0415 - the desk is opened only for plan tables

    preview(frames, settings=settings, started_by=started_by, now=now)


def _hand_over_plan(report: ImportReport, settings: Settings, started_by: str, now: datetime) -> list[str]:
    if report.is_check or not report.desk_frames:
        return []
    from dashboard.cli._plan_tables import hand_over  # noqa: PLC0415 - the desk is opened only for plan tables

    return hand_over(dict(report.desk_frames), settings=settings, started_by=started_by, now=now)
