"""`lookforward plan`: the 35 actions, their status on any day, their history, and the way in and out."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli import _plan_tables, _plan_text
from dashboard.cli._audited import actor, note_files
from dashboard.cli._console import JsonFlag, print_json
from dashboard.plan_report import board_report
from data_access.desk.engine import open_desk
from data_access.desk.plan import (
    Edit,
    PlanAsAt,
    compare_register,
    history,
    load_register,
    plan_as_at,
    set_status,
    undo_newest,
)
from data_access.desk.plan_reference import default_register
from data_access.problems import NothingThere
from data_access.settings import load_settings
from data_access.vocabulary import ActionStatus, StatusReason

commands = typer.Typer(name="plan", help="The 35 actions: status, history, register.", no_args_is_help=True)
DayOption = Annotated[
    datetime | None, typer.Option("--as-at", formats=["%Y-%m-%d"], help="Day, as 2024-03-31; today if left out.")
]
ByOption = Annotated[str, typer.Option("--by", help="Post of whoever records it; the name of the account if left out.")]


class Form(StrEnum):
    """How the plan is written out."""

    CSV = "csv"
    XLSX = "xlsx"


def add_to(app: typer.Typer) -> None:
    """Add `lookforward plan …`."""
    app.add_typer(commands)


@commands.command("show")
def show(
    as_at: DayOption = None,
    known_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Leave out what was recorded after this day."),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Show the actions and their status as at a day."""
    plan = _plan(as_at, known_on)
    if as_json:
        print_json(_plan_text.objects(plan))
    else:
        typer.echo(board_report(plan, load_settings().labels_of_status))


@commands.command("set")
def set_(
    number: Annotated[int, typer.Argument(help="Number of the action.")],
    *,
    status: Annotated[ActionStatus, typer.Option(help="Status in the words of the register.")],
    reason: Annotated[StatusReason | None, typer.Option(help="Why it cannot show more, if so.")] = None,
    note: Annotated[str, typer.Option(help="A short note.")] = "",
    expected: Annotated[
        ActionStatus | None, typer.Option(help="Status expected at the end of the financial year, if any.")
    ] = None,
    as_at: DayOption = None,
    by: ByOption = "",
    expected_version: Annotated[
        int | None,
        typer.Option(help="Version you looked at (plan show --json); refused if somebody changed it since."),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Record the status of an action on a day."""
    now = _now()
    engine = open_desk(load_settings().desk_url)
    seen = expected_version if expected_version is not None else _version(plan_as_at(engine, now.date()), number)
    version = set_status(
        engine,
        number,
        status=status,
        reason=reason,
        note=note,
        as_at=as_at.date() if as_at else now.date(),
        recorded_by=by or _account(),
        now=now,
        expected_version=seen,
        expected_status=expected,
        actor=actor(),
    )
    if as_json:
        print_json({"number": number, "status": status.value, "version": version})
    else:
        typer.echo(f"Action {number} is recorded as {status.value} (version {version}).")


@commands.command("undo")
def undo(
    number: Annotated[int, typer.Argument(help="Number of the action.")],
    by: ByOption = "",
    expected_version: Annotated[
        int | None,
        typer.Option(help="Version you looked at (plan show --json); refused if somebody changed it since."),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Take the newest edit of an action back; the history keeps both."""
    now = _now()
    engine = open_desk(load_settings().desk_url)
    seen = expected_version if expected_version is not None else _version(plan_as_at(engine, now.date()), number)
    version = undo_newest(engine, Edit(number, by or _account(), now, seen, actor()))
    if as_json:
        print_json({"number": number, "version": version})
    else:
        typer.echo(f"Action {number} stands as it did before its newest edit (version {version}).")


@commands.command("history")
def history_(number: Annotated[int, typer.Argument(help="Number of the action.")], as_json: JsonFlag = False) -> None:
    """Show everything recorded about an action: who, what, when."""
    told = history(open_desk(load_settings().desk_url), number)
    if told.is_empty():
        raise NothingThere(f"Nothing is recorded about an action {number}.")
    if as_json:
        print_json(told.to_dicts())
    else:
        typer.echo("\n".join([f"Action {number}", *_plan_text.history_lines(told)]))


@commands.command("import")
def import_(
    *,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="CSV files, workbooks or folders in the template's form; the published register if left out."
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Say what would change; store nothing.")] = False,
    valid_from: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day from which changes hold; today if left out.")
    ] = None,
    by: ByOption = "",
    as_json: JsonFlag = False,
) -> None:
    """Load a register, milestones, updates and evidence; show what changes."""
    now = _now()
    frames = _plan_tables.frames_from_files(files, now.date()) if files else default_register()
    call = compare_register if check else partial(load_register, actor=actor())
    change = call(
        open_desk(load_settings().desk_url),
        frames,
        recorded_by=by or _account(),
        now=now,
        valid_from=valid_from.date() if valid_from else None,
    )
    if as_json:
        print_json(change.as_object())
    else:
        typer.echo("\n".join(change.lines()))


@commands.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="Folder to write into; made if it is not there.")],
    form: Annotated[Form, typer.Option("--format", help="CSV files, or one workbook.")] = Form.CSV,
    as_json: JsonFlag = False,
) -> None:
    """Write the register and its history in the form in which they are imported."""
    plan = _plan(None, None)
    write = _plan_tables.write_csv if form is Form.CSV else _plan_tables.write_workbook
    files = write(plan, folder)
    note_files(load_settings(), files)
    written = [str(path) for path in files]
    if as_json:
        print_json({"files": written})
    else:
        typer.echo("\n".join(written))


def _plan(as_at: datetime | None, known_on: datetime | None) -> PlanAsAt:
    today = _now().date()
    day = as_at.date() if as_at else today
    if day > today:
        raise typer.BadParameter(f"{day} has not come yet", param_hint="--as-at")
    known = _end_of(known_on.date()) if known_on else None
    return plan_as_at(open_desk(load_settings().desk_url), day, known)


def _version(plan: PlanAsAt, number: int) -> int:
    """Give the version of an action as it stands, 0 for one that is not there: the desk then says so."""
    versions: dict[int, int] = dict(plan.actions.select("number", "version").iter_rows())
    return versions.get(number, 0)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max).astimezone()


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's account may have no name
        return "command line"
