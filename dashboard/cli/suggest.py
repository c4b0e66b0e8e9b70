"""`lookforward suggest`: which element of the People Promise each text of a file points to, and why."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli._console import JsonFlag, print_json
from dashboard.wording import counted, shortened
from data_access.coding.suggest import Suggestion, suggester
from data_access.problems import ImportRefused

COLUMN = "text"
LARGEST = 20_000_000  # bytes: some 100,000 texts, far above a session's notes
NO_ELEMENT = "no suggestion"


def add_to(app: typer.Typer) -> None:
    """Add `lookforward suggest`."""
    app.command("suggest")(suggest)


def suggest(
    file: Annotated[Path, typer.Argument(help="CSV file with a column named text; one text a row.", metavar="FILE")],
    *,
    is_json: JsonFlag = False,
) -> None:
    """Suggest an element for each text, with the words that matched. Nothing is stored, nothing leaves this computer.

    Suggestions are for a person to accept or refuse; on the Themes page they can be.
    """
    found = suggester().suggest(texts_of(file))
    if is_json:
        print_json([asdict(one) for one in found])
        return
    for number, one in enumerate(found, start=1):
        typer.echo(_line(number, one))
    typer.echo(f"{counted(len(found), 'text')}. These are suggestions, not codes: a person decides.")


def texts_of(file: Path) -> list[str]:
    """Read the texts of a CSV file in the order of its rows; an empty cell is an empty text.

    Raises `ImportRefused` where there is no such file, it is too large or no UTF-8, or no column is named text.
    """
    if not file.is_file():
        raise ImportRefused(f"There is no file {file.name}.", remedy="Give the path of a CSV file.")
    if file.stat().st_size > LARGEST:
        raise ImportRefused(f"{file.name} is larger than {LARGEST // 1_000_000} MB.", remedy="Divide it into parts.")
    try:
        content = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefused(f"{file.name} is not UTF-8.", remedy="Save it as CSV UTF-8.") from None
    rows = list(csv.reader(io.StringIO(content, newline="")))
    names = [name.strip().lower() for name in rows[0]] if rows else []
    if names.count(COLUMN) != 1:
        raise ImportRefused(
            f"{file.name} has {counted(names.count(COLUMN), 'column')} named '{COLUMN}'.",
            remedy=f"Name the one column that holds the wording '{COLUMN}', in the first row.",
        )
    place = names.index(COLUMN)
    return [row[place] if place < len(row) else "" for row in rows[1:] if row]


def _line(number: int, one: Suggestion) -> str:
    if one.element is None:
        return f"{number:>6}  {NO_ELEMENT}"
    because = shortened(", ".join(one.words), 60)
    return f"{number:>6}  {one.element} ({one.score:.0%}; then {one.runner_up}): {because}"
