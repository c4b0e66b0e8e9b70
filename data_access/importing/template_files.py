"""The template as files: empty tables to fill in and a guide to every column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import xlsxwriter

from data_access.importing.adapters.template import GUIDE
from data_access.importing.checking.rows import LONGEST_ID
from data_access.importing.open_document import open_document
from data_access.importing.storing.vault_tables import longest_texts
from data_access.importing.template_tables import TEMPLATE, Kind, TemplateColumn, TemplateTable
from data_access.problems import NothingThere

WORKBOOK: Final = "lookforward-template"
_EXAMPLES: Final[Mapping[Kind, str]] = {
    Kind.ID: "A-0017",
    Kind.TEXT: "any text",
    Kind.MOMENT: "2022-03-04T10:30:00",
    Kind.DATE: "2022-03-04",
    Kind.WHOLE: "12",
    Kind.NUMBER: "6.27",
    Kind.YES_NO: "yes",
    Kind.ELEMENTS: "We work flexibly",
    Kind.REGION: "Midlands",
    Kind.ICB: "QHL",
}
# The few texts that are words of a closed kind, which 'any text' would not show.
_TEXT_EXAMPLES: Final[Mapping[str, str]] = {"timezone": "Europe/London"}


def write_template(folder: Path, form: str = "csv") -> tuple[Path, ...]:
    """Write the empty template and its guide into a folder and give the files written.

    `form` is csv (a file a table), xlsx or ods (one workbook, a sheet a table, every cell set to text).
    What is written imports as it is: tables left empty are left out. Files of the
    same names are left as they are. Raises `NothingThere` for another form.
    """
    if form not in FORMATS:
        raise NothingThere(f"The template cannot be written as '{form}'. Formats: {', '.join(FORMATS)}.")
    folder.mkdir(parents=True, exist_ok=True)
    contents = {**FORMATS[form](TEMPLATE), GUIDE: guide().encode()}
    written = [folder / name for name in contents if not (folder / name).exists()]
    for file in written:
        file.write_bytes(contents[file.name])
    return tuple(written)


def guide() -> str:
    """Give the guide: every table, every column, what it takes, whether it is needed, an example."""
    return "\n".join([_INTRODUCTION, *(_table_guide(table) for table in TEMPLATE)])


def example(column: TemplateColumn) -> str:
    """Give a value the column takes."""
    if column.kind is Kind.CHOICE:
        return column.choices[0]
    if column.kind is Kind.WHOLE:
        return str(max(column.at_least, min(int(_EXAMPLES[Kind.WHOLE]), column.at_most)))
    return _TEXT_EXAMPLES.get(column.name, _EXAMPLES[column.kind])


def _table_guide(table: TemplateTable) -> str:
    key = f" A row is known again by: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    lines = [f"## {table.name}", "", f"{table.about}{key}", "", *_COLUMN_HEADINGS]
    longest = longest_texts(table.name)
    lines += [_column_guide(column, longest) for column in table.columns]
    return "\n".join([*lines, ""])


def _column_guide(column: TemplateColumn, longest: Mapping[str, int]) -> str:
    needed = "yes" if column.is_required else ""
    refers = f". Refers to `{column.refers_to}`" if column.refers_to else ""
    cells = [f"`{column.name}`", _takes(column, longest), needed, column.meaning + refers, f"`{example(column)}`"]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _takes(column: TemplateColumn, longest: Mapping[str, int]) -> str:
    if column.kind is Kind.CHOICE:
        return " · ".join(column.choices)
    if column.kind is Kind.WHOLE:
        return f"whole number from {column.at_least}" + (f" to {column.at_most}" if column.at_most < 1_000 else "")
    if column.kind is Kind.NUMBER:
        return f"number from {column.at_least} to {column.at_most}"
    if column.kind is Kind.ID:
        return f"id, at most {longest.get(column.name, LONGEST_ID)} characters"
    return column.kind.value


def _csv_files(tables: Sequence[TemplateTable]) -> dict[str, bytes]:
    # The mark tells Excel that the file is UTF-8; without it, accented letters typed in are damaged.
    return {f"{table.name}.csv": b"\xef\xbb\xbf" + _header_line(table).encode() for table in tables}


def _header_line(table: TemplateTable) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(column.name for column in table.columns)
    return buffer.getvalue()


def _xlsx_file(tables: Sequence[TemplateTable]) -> dict[str, bytes]:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        # Cells set to text keep '007' and '1E5' as they are typed.
        as_text = workbook.add_format({"num_format": "@"})
        heading = workbook.add_format({"num_format": "@", "bold": True})
        for table in tables:
            sheet = workbook.add_worksheet(table.name)
            sheet.set_column(0, len(table.columns) - 1, 18, as_text)
            sheet.write_row(0, 0, [column.name for column in table.columns], heading)
            sheet.freeze_panes(1, 0)
    return {f"{WORKBOOK}.xlsx": buffer.getvalue()}


def _ods_file(tables: Sequence[TemplateTable]) -> dict[str, bytes]:
    sheets = {table.name: [[column.name for column in table.columns]] for table in tables}
    return {f"{WORKBOOK}.ods": open_document(sheets)}


FORMATS: Final[Mapping[str, Callable[[Sequence[TemplateTable]], dict[str, bytes]]]] = {
    "csv": _csv_files,
    "xlsx": _xlsx_file,
    "ods": _ods_file,
}
_COLUMN_HEADINGS: Final = ("| Column | Takes | Needed | Meaning | Example |", "|---|---|---|---|---|")
_INTRODUCTION: Final = """# The template

One file a table (`ideas.csv`), or one workbook with a sheet a table (`ideas`). Fill in what you have and delete
or leave empty the rest. Then see what an import would do, and do it:

    lookforward import template THIS-FOLDER --check
    lookforward import template THIS-FOLDER

- The first row holds the column names. Their order is free; capitals, spaces and hyphens do not matter.
- Save CSV as UTF-8. Commas, semicolons and tabs are understood.
- Write dates as 2022-03-04 and times as 2022-03-04T10:30:00. A time without an offset is local to the conversation.
- Ids are kept letter for letter: `007` stays `007`. Ids of people become pseudonyms on arrival.
- Never put in names, e-mail addresses or telephone numbers.
- The same row twice counts once. A row with a known key and other content is a newer version.
"""
