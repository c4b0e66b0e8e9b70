"""Fill an installation with the made-up programme: write, import, hand the plan over, publish, add accounts."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Engine

from dashboard.cli._audited import actor, note
from dashboard.cli._demo_accounts import ACCOUNTS, DemoAccount, add_accounts
from dashboard.cli._plan_tables import hand_over
from data_access.demo.facts import DemoFacts
from data_access.demo.shapes import CONVERSATION, TITLE
from data_access.demo.write import write_demo
from data_access.desk import audit_words
from data_access.desk.engine import open_desk
from data_access.desk.plan import plan_as_at
from data_access.importing.report import ImportReport
from data_access.importing.run import import_files, import_proof, list_imports
from data_access.importing.storing.versions import COMMITTED
from data_access.importing.template_tables import TEMPLATE
from data_access.problems import ImportRefused, NothingThere
from data_access.progress import Progress
from data_access.publishing.publish import publish
from data_access.releases.store import current_number
from data_access.settings import Settings
from data_access.vault.engine import open_vault

ADAPTER: Final = "template"


@dataclass(frozen=True)
class DemoMade:
    """What a demonstration consists of, and what of it was left alone because it was there already.

    `plan` says in one line what became of the register; empty where it was kept as it was.
    """

    folder: Path
    facts: DemoFacts
    import_number: int | None
    was_already_imported: bool
    plan: str
    is_plan_kept: bool
    release: int
    accounts: tuple[DemoAccount, ...]
    accounts_kept: tuple[str, ...]


def make_demo(
    settings: Settings, *, folder: Path, seed: int, is_added: bool, now: datetime, progress: Progress
) -> DemoMade:
    """Make the demonstration in an installation; the same seed a second time changes nothing.

    Raises `ImportRefused` where other conversations are imported already and `is_added` is false, where a
    demonstration of other files is there, or where `folder` holds somebody else's files. Beside other
    conversations no accounts are made, because their passwords are known; a register of actions that is
    there already stays as it is.
    """
    before = current_number(settings.releases_folder)
    engine = open_vault(settings.vault_url)
    try:
        ours, others = _conversations(engine)
        _check_alone(others, is_added=is_added)
        _check_folder(folder)
        with TemporaryDirectory() as draft:
            facts = write_demo(Path(draft), seed=seed, progress=progress)
            _check_same(engine, ours, _files(Path(draft)))
            shutil.copytree(draft, folder, dirs_exist_ok=True)
        report = _imported(engine, settings, _files(folder), now, progress)
        is_plan_kept = not ours and _has_register(settings, now)
        frames = {} if is_plan_kept else dict(report.desk_frames)
        told = hand_over(frames, settings=settings, started_by=_who(), now=now)
        manifest = publish(
            engine=engine,
            releases_folder=settings.releases_folder,
            now=now,
            progress=progress,
            grouped_proofs=settings.proofs_folder,
        )
    finally:
        engine.dispose()
    _note(settings, report, manifest.number, before)
    added = () if others else add_accounts(open_desk(settings.desk_url), now=now)
    return DemoMade(
        folder=folder,
        facts=facts,
        import_number=report.number,
        was_already_imported=report.was_already_imported,
        plan=told[0] if told else "",
        is_plan_kept=is_plan_kept,
        release=manifest.number,
        accounts=tuple(account for account in ACCOUNTS if account.name in added),
        accounts_kept=() if others else tuple(account.name for account in ACCOUNTS if account.name not in added),
    )


def _note(settings: Settings, report: ImportReport, release: int, before: int | None) -> None:
    """Write into the audit log what was new: the import, the release."""
    if report.number is not None and not report.was_already_imported:
        note(settings, audit_words.imported(report.number, report.conversation))
    if release != before:
        note(settings, audit_words.published(release, is_grouped=True), release=release)


def _conversations(engine: Engine) -> tuple[list[int], list[str]]:
    """Give the numbers of the demonstration's own imports, and the keys of other conversations."""
    standing = [one for one in list_imports(engine) if one.state == COMMITTED]
    ours = [one.number for one in standing if one.conversation == CONVERSATION]
    return ours, sorted({one.conversation for one in standing} - {CONVERSATION})


def _check_alone(others: Sequence[str], *, is_added: bool) -> None:
    if others and not is_added:
        raise ImportRefused(
            f"This installation holds other conversations ({', '.join(others)}); made-up data were not added.",
            remedy="Choose another LOOKFORWARD_HOME, or add them all the same with 'lookforward demo --add'.",
        )


def _check_folder(folder: Path) -> None:
    """Never write over files that are not the demonstration's."""
    there = [path for path in _files(folder) if path.exists()]
    if there and not _is_demo(folder / "conversation.csv"):
        raise ImportRefused(
            f"{folder} holds files of the template that are not the demonstration's; nothing was written.",
            remedy="Choose an empty folder with --folder DIR.",
        )


def _is_demo(conversation: Path) -> bool:
    if not conversation.is_file():
        return False
    with conversation.open(encoding="utf-8", newline="") as file:
        return [row.get("title") for row in csv.DictReader(file)] == [TITLE]


def _files(folder: Path) -> list[Path]:
    return [folder / f"{table.name}.csv" for table in TEMPLATE]


def _check_same(engine: Engine, ours: Sequence[int], paths: Sequence[Path]) -> None:
    """Two demonstrations in one conversation would mix; only the very same files go in twice."""
    written = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    for number in ours:
        imported = {file["name"]: file["sha256"] for file in import_proof(engine, number)["files"]}
        if imported != written:
            raise ImportRefused(
                f"The demonstration is here already, made from other files (import {number}).",
                remedy=f"Use the same --seed, or take it back first with 'lookforward undo {number}'.",
            )


def _imported(
    engine: Engine, settings: Settings, paths: Sequence[Path], now: datetime, progress: Progress
) -> ImportReport:
    return import_files(
        engine=engine,
        keys_folder=settings.keys_folder,
        adapter=ADAPTER,
        paths=paths,
        conversation=CONVERSATION,
        started_by=_who(),
        now=now,
        progress=progress,
    )


def _has_register(settings: Settings, now: datetime) -> bool:
    try:
        plan_as_at(open_desk(settings.desk_url), now.date())
    except NothingThere:
        return False
    return True


def _who() -> str:
    return actor()
