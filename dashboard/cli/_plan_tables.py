"""The plan's tables between files and the desk: in by the importers' door, out in the same form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

import polars as pl

from dashboard.cli._audited import actor
from data_access.desk import plan_reference
from data_access.desk.engine import open_desk
from data_access.desk.plan import PlanAsAt, compare_register, load_register
from data_access.desk.plan_shapes import NUMBER_OF_ACTIONS
from data_access.importing.adapters import adapter_named
from data_access.importing.bundle import ReadOptions
from data_access.importing.checking.rows import Checked
from data_access.importing.reading.delimited import read_delimited
from data_access.importing.reading.encoding import decode
from data_access.importing.reading.source_files import source_files
from data_access.importing.template_tables import TEMPLATE, template_table
from data_access.problems import Fault, ImportRefused
from data_access.settings import Settings

ENGLAND_TIME: Final = "Europe/London"
PLAN_TABLES: Final = tuple(table.name for table in TEMPLATE if table.belongs_to == "desk")
# A spreadsheet runs a cell that begins like this; the quotation mark before it makes it text again.
_LIVE: Final = re.compile(r"'*[=+\-@\t\r]")


def hand_over(
    desk_frames: Mapping[str, pl.DataFrame], *, settings: Settings, started_by: str, now: datetime
) -> list[str]:
    """Load the plan's tables of an import that was checked already, and give what changed, line by line.

    desk_frames: typed frames by name of the template's table, as a `Bundle` holds them; may be empty.
    Raises `ImportRefused` for a register that is not 35 different actions; nothing is stored then.
    """
    if not desk_frames:
        return []
    change = load_register(
        open_desk(settings.desk_url), plain_frames(desk_frames), recorded_by=started_by, now=now, actor=actor()
    )
    return change.lines()


def preview(
    desk_frames: Mapping[str, pl.DataFrame], *, settings: Settings, started_by: str, now: datetime
) -> list[str]:
    """Say what `hand_over` would change, with the same refusals, and store nothing.

    An import that also fills the vault asks this first, so that a refused register stops all of it.
    """
    if not desk_frames:
        return []
    change = compare_register(open_desk(settings.desk_url), plain_frames(desk_frames), recorded_by=started_by, now=now)
    return change.lines()


def frames_from_files(paths: list[Path], today: date) -> dict[str, pl.DataFrame]:
    """Read plan tables from CSV files, workbooks or folders in the form of the template.

    A CSV file in the layout of the published reference tables is understood too, whatever its name.
    Raises `ImportRefused` with every fault at once, and for tables that belong to a conversation.
    """
    published = {path: found for path in paths if (found := _published(path))}
    rest = [path for path in paths if path not in published]
    frames = {name: frame for found in published.values() for name, frame in found.items()}
    return frames | (_template_tables(rest, today) if rest else {})


def _published(path: Path) -> dict[str, pl.DataFrame] | None:
    """Read a file in the reference layout; null for any other."""
    if path.suffix.casefold() != ".csv" or not path.is_file():
        return None
    (file,) = source_files([path])
    decoded = decode(file.name, file.data)
    if isinstance(decoded, Fault):
        return None
    known = plan_reference.ACTION_COLUMNS | plan_reference.COMMITMENT_COLUMNS
    table = read_delimited(file.name, decoded.text, known)
    if isinstance(table, list) or table.ragged:
        return None
    if set(table.header) >= plan_reference.COMMITMENT_COLUMNS:
        return {"plan_commitments": plan_reference.commitments_from(table.frame)}
    if set(table.header) >= plan_reference.ACTION_COLUMNS:
        return {"plan_actions": plan_reference.actions_from(table.frame)}
    return None


def _template_tables(paths: list[Path], today: date) -> dict[str, pl.DataFrame]:
    bundle = adapter_named("template").read(paths, ReadOptions(timezone=ENGLAND_TIME, today=today))
    foreign = sorted(name for name in bundle.tables if name not in PLAN_TABLES)
    if foreign:
        raise ImportRefused(
            f"{', '.join(foreign)}: not a table of the plan, so nothing was loaded.",
            remedy="Tables of a conversation go in with 'lookforward import template'.",
        )
    if bundle.faults:
        headline = f"The plan's files have faults, so nothing was loaded.{_absent(bundle.tables)}"
        raise ImportRefused(headline, bundle.faults)
    return plain_frames({name: checked.frame for name, checked in bundle.tables.items()})


def template_frames(plan: PlanAsAt) -> dict[str, pl.DataFrame]:
    """Give the plan in the form of the template: its tables, columns in their order, every cell as text."""
    frames = {
        "plan_actions": plan.actions.with_columns(pl.col("leads").list.join("|")),
        "plan_commitments": plan.commitments,
        "milestones": plan.milestones,
        "updates": plan.updates.with_columns(pl.col("recorded_at").dt.strftime("%Y-%m-%dT%H:%M:%S%.3fZ")),
        "evidence": plan.evidence,
    }
    return {name: _as_text(frame, name) for name, frame in frames.items()}


def write_csv(plan: PlanAsAt, folder: Path) -> list[Path]:
    """Write one CSV file a table into a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, frame in template_frames(plan).items():
        path = folder / f"{name}.csv"
        frame.with_columns(pl.col(column).map_elements(_tamed, pl.String) for column in frame.columns).write_csv(path)
        written.append(path)
    return written


def write_workbook(plan: PlanAsAt, folder: Path) -> list[Path]:
    """Write one workbook with a sheet a table; cells are text, never formulas."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - a quarter of a second that only this export needs

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "plan.xlsx"
    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, frame in template_frames(plan).items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate([tuple(frame.columns), *frame.iter_rows()]):
                sheet.write_row(place, 0, [cell or "" for cell in row])
    return [path]


def plain_frames(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Take off the quotation mark that an export put before cells a spreadsheet would run."""
    text = pl.col(pl.String)
    is_tamed = text.str.contains(r"^'+[=+\-@\t\r]")
    return {
        name: frame.with_columns(pl.when(is_tamed).then(text.str.slice(1)).otherwise(text).name.keep())
        for name, frame in frames.items()
    }


def _as_text(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    columns = [column.name for column in template_table(name).columns]
    return frame.select(pl.col(column).cast(pl.String).replace("", None) for column in columns)


def _tamed(cell: str) -> str:
    return f"'{cell}" if _LIVE.match(cell) else cell


def _absent(tables: Mapping[str, Checked]) -> str:
    """Name the actions that no sound row gives, so that a repeated number shows which one it stands for."""
    if "plan_actions" not in tables:
        return ""
    sound = set(tables["plan_actions"].frame["number"])
    absent = [str(number) for number in range(1, NUMBER_OF_ACTIONS + 1) if number not in sound]
    return f" Actions missing, repeated or faulty: {', '.join(absent)}." if absent else ""
