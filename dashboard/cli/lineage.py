"""lineage, frame, texts: what became of every idea, and released material in the form in which it is imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from dashboard.cli import _released_tables
from dashboard.cli._audited import note_files, write_out
from dashboard.cli._console import JsonFlag, print_json
from dashboard.exports import export
from dashboard.filters import Selection
from dashboard.results import answer
from dashboard.sources import ReleaseAndPlan
from data_access.desk.engine import connect_desk
from data_access.problems import NothingThere
from data_access.releases.store import Release, open_release
from data_access.settings import Settings, load_settings

KeyOption = Annotated[str, typer.Option("--conversation", help="Key of the conversation; the newest if left out.")]
ReleaseOption = Annotated[int | None, typer.Option(help="Number of the release; the current one if left out.")]
FolderArgument = Annotated[Path, typer.Argument(help="Folder to write into; made if it is not there.")]
frame_commands = typer.Typer(name="frame", help="The coding frame, in the form in which it is imported.")
text_commands = typer.Typer(name="texts", help="Released wording, in the form in which it is imported.")


class Form(StrEnum):
    """How the lineage is printed."""

    CSV = "csv"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("lineage")(lineage)
    for group, help_text in ((frame_commands, "coding frame"), (text_commands, "wording")):
        group.callback()(lambda: None)
        app.add_typer(group, short_help=f"Write the released {help_text} as template files.")


def lineage(
    *,
    conversation: KeyOption = "",
    release: ReleaseOption = None,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.CSV,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of standard output.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Print what became of every idea: the columns in which other platforms export moderation.

    CSV is the file that the Method page offers. In JSON what does not apply is null.
    """
    settings = load_settings()
    opened = open_release(settings.releases_folder, release)
    key = _conversation(opened, conversation)
    source = ReleaseAndPlan(opened, connect_desk(settings.desk_url), opened.published_at.date())
    result = answer("idea_lineage", source=source, selection=Selection(key), contact=settings.contact)
    if as_json or form is Form.JSON:
        if out is None:
            print_json(result.table.to_dicts())
        else:
            write_out(settings, out, result.table.write_json().encode(), release=opened.number)
        return
    content = export("csv", [result])
    if out is None:
        typer.echo(content.decode(), nl=False)
    else:
        write_out(settings, out, content, release=opened.number)


@frame_commands.command("export")
def export_frame(
    folder: FolderArgument, *, conversation: KeyOption = "", release: ReleaseOption = None, as_json: JsonFlag = False
) -> None:
    """Write every version of the coding frame as `themes.csv` of the template."""
    _write(_released_tables.frame_tables, folder, conversation, release, as_json=as_json)


@text_commands.command("export")
def export_texts(
    folder: FolderArgument, *, conversation: KeyOption = "", release: ReleaseOption = None, as_json: JsonFlag = False
) -> None:
    """Write the wording of ideas, comments and feedback points as files of the template.

    No author, no time and no vote goes with it. Import it into another conversation: in the one it comes
    from, it would leave authors and times behind.
    """
    _write(_released_tables.text_tables, folder, conversation, release, as_json=as_json)


def _write(
    tables: Callable[[Release, str], Mapping[str, pl.DataFrame]],
    folder: Path,
    conversation: str,
    release: int | None,
    *,
    as_json: bool,
) -> None:
    settings: Settings = load_settings()
    opened = open_release(settings.releases_folder, release)
    made = tables(opened, _conversation(opened, conversation))
    files = _released_tables.write_csv(made, folder)
    note_files(settings, files, release=opened.number)
    written = [str(path) for path in files]
    if as_json:
        print_json({"files": written, "rows": {name: frame.height for name, frame in made.items()}})
    else:
        typer.echo("\n".join(written) or "There is nothing of it in this release.")


def _conversation(release: Release, wanted: str) -> str:
    """Give the key of the conversation meant; raises `NothingThere` naming those there are."""
    keys: list[str] = release.conversations["conversation"].to_list()
    if wanted and wanted not in keys:
        raise NothingThere(f"Release {release.number} has no conversation '{wanted}'. There are: {', '.join(keys)}.")
    return wanted or keys[0]
