"""From files in the inbox to an import, or to the review of one: what the kinds of job about loading share."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import Engine

from dashboard.worker.kind import Work
from data_access.desk.plan import compare_register, load_register
from data_access.desk.plan_changes import PlanChange
from data_access.importing.bundle import Bundle
from data_access.importing.checking.moments import DayOrder
from data_access.importing.recognise import Recognised, recognise
from data_access.importing.rejects import rejects_csv, tamed_taken_off
from data_access.importing.report import ImportReport
from data_access.importing.run import import_files
from data_access.tray.inbox import delivered
from data_access.tray.reviews import Rejects, keep_file
from data_access.vault.engine import has_vault, open_vault

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Delivery:
    """What somebody sent, and what they said about it; '' where they said nothing."""

    token: str
    conversation: str = ""
    session: str = ""
    dates: str = ""
    strict: str = ""

    @property
    def options(self) -> dict[str, str]:
        """What was said besides the conversation, as a review keeps it."""
        return {"session": self.session, "dates": self.dates, "strict": self.strict}


def delivery_of(arguments: Mapping[str, Any]) -> Delivery:
    """Read a delivery from the arguments of a job or the subject of a proposal."""
    return Delivery(**{name: str(arguments.get(name) or "") for name in Delivery.__dataclass_fields__})


def sources(home: Path, delivery: Delivery) -> tuple[Recognised, list[Path]]:
    """Say which source a delivery comes from and where its files lie, each under the name that source needs."""
    paths = delivered(home, delivery.token)
    known = recognise(paths)
    return known, [_renamed(path, known.names[path.name]) for path in paths]


@contextmanager
def vault_or_stand_in(url: str) -> Iterator[Engine]:
    """Open the vault; where there is none yet, an empty one that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lookforward-") as folder:
        engine = open_vault(url if has_vault(url) else f"sqlite:///{folder}/vault.db")
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def vault_of(url: str) -> Iterator[Engine]:
    """Open the vault, making it if this is the first import."""
    engine = open_vault(url)
    try:
        yield engine
    finally:
        engine.dispose()


def bring(
    work: Work,
    engine: Engine,
    delivery: Delivery,
    *,
    adapter: str,
    paths: list[Path],
    started_by: str,
    check_only: bool,
    accept_many: bool = False,
    look: Callable[[Bundle], object] | None = None,
    keep_rejects: Callable[[Frames], object] | None = None,
) -> ImportReport:
    """Import a delivery, or say what importing it would do; faulty rows are set aside, plan tables asked about."""
    now = work.clock()
    return import_files(
        engine=engine,
        keys_folder=work.settings.keys_folder,
        adapter=adapter,
        paths=paths,
        conversation=delivery.conversation,
        strict=bool(delivery.strict),
        check_only=check_only,
        allow_refused=True,
        accept_many=accept_many,
        dates=DayOrder(delivery.dates) if delivery.dates else None,
        session=delivery.session,
        started_by=started_by,
        now=now,
        progress=work.progress,
        ask_desk=lambda frames: plan_change(work, frames, started_by),
        keep_rejects=keep_rejects,
        look=look,
    )


def plan_change(work: Work, frames: Frames, by: str) -> PlanChange:
    """Say what loading the plan's tables would change; raises `ImportRefused` for a register that cannot be."""
    return compare_register(work.desk, _plain(frames), recorded_by=by, now=work.clock())


def load_plan(work: Work, frames: Frames, by: str) -> list[str]:
    """Load the plan's tables of an import and give what changed, line by line; nothing for none."""
    if not frames:
        return []
    return load_register(work.desk, _plain(frames), recorded_by=by, now=work.clock()).lines()


def kept_rejects(home: Path, token: str, rejected: Frames) -> tuple[Rejects, ...]:
    """Put the refused rows of each table beside the review, to be mended and sent again."""
    kept = []
    for table, rows in rejected.items():
        name = f"rejects-{table}.csv"
        keep_file(home, token, name, rejects_csv(rows))
        kept.append(Rejects(table, rows.height, name))
    return tuple(kept)


def _plain(frames: Frames) -> dict[str, pl.DataFrame]:
    return {name: tamed_taken_off(frame) for name, frame in frames.items()}


def _renamed(path: Path, name: str) -> Path:
    if path.name == name:
        return path
    return path.rename(path.with_name(name))
