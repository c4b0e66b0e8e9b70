"""Our own template: a folder of CSV files, workbooks with a sheet a table, or both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final
from zoneinfo import available_timezones

import polars as pl

from data_access.importing.bundle import Adapter, Bundle, FileFact, ReadOptions, in_shape
from data_access.importing.checking.cells import Setting
from data_access.importing.checking.rows import Checked, Form, check_rows
from data_access.importing.checking.shapes import shape
from data_access.importing.reading.delimited import read_delimited
from data_access.importing.reading.encoding import decode
from data_access.importing.reading.source_files import SourceFile, source_files
from data_access.importing.reading.text_table import ROW, TextTable, spelling
from data_access.importing.reading.workbook import WORKBOOKS, Sheet, read_sheets, sheet_table
from data_access.importing.storing.vault_tables import longest_texts
from data_access.importing.template_tables import BY_NAME
from data_access.problems import Fault, ImportRefused

EMPTY: Final = "F17"
GUIDE: Final = "README.md"  # handed out with the empty template
TEXTS: Final = (".csv", ".tsv", ".txt")
FORMS: Final[Mapping[str, Form]] = {name: Form(table, longest=longest_texts(name)) for name, table in BY_NAME.items()}


@dataclass(frozen=True)
class _Found:
    """One table of one file, or what is wrong with it. `table` is "" for what is no table of the template."""

    file: SourceFile
    table: str
    answer: TextTable | list[Fault]
    notices: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it is the template's table as we hand it out: a header and no rows."""
        return isinstance(self.answer, list) and [fault.code for fault in self.answer] == [EMPTY]


def read(paths: Sequence[Path], options: ReadOptions) -> Bundle:
    """Read the tables of the template from files and sheets named after them.

    Tables left empty are left out; files of other names are not read, and that is said. Raises
    `ImportRefused` with the faults of every file that cannot be read, or where there is no table at all.
    """
    files = source_files(paths)
    found = [one for file in files for one in _tables_of(file)]
    _check_readable(found)
    texts = {one.table: one.answer for one in found if isinstance(one.answer, TextTable)}
    tables = _checked(texts, options)
    unread = [file.name for file in files if file.name != GUIDE and not any(one.file is file for one in found)]
    return Bundle(
        tables=tables,
        files=tuple(_fact(file, found) for file in files),
        notices=(*(notice for one in found for notice in one.notices), *_unread(unread)),
    )


def _tables_of(file: SourceFile) -> Iterator[_Found]:
    if file.suffix in WORKBOOKS:
        yield from _sheets_of(file)
    elif file.suffix in TEXTS and spelling(file.stem) in BY_NAME:
        name = spelling(file.stem)
        decoded = decode(file.name, file.data)
        if isinstance(decoded, Fault):
            yield _Found(file, name, [decoded])
        else:
            yield _Found(file, name, read_delimited(file.name, decoded.text, FORMS[name].known), decoded.notices)


def _sheets_of(file: SourceFile) -> Iterator[_Found]:
    sheets = read_sheets(file)
    if isinstance(sheets, Fault):
        yield _Found(file, "", [sheets])
        return
    filled = [sheet for sheet in sheets if sheet.frame.width]
    for sheet in filled:
        name = _table_of(sheet, file, is_only=len(filled) == 1)
        if name in BY_NAME:
            yield _Found(file, name, sheet_table(file.name, sheet, FORMS[name].known))


def _table_of(sheet: Sheet, file: SourceFile, *, is_only: bool) -> str:
    """Give the table a sheet holds: its own name, or its file's where it is the only one (ideas.xlsx)."""
    name = spelling(sheet.name)
    return name if name in BY_NAME or not is_only else spelling(file.stem)


def _check_readable(found: Sequence[_Found]) -> None:
    filled = [one for one in found if not one.is_empty]
    faults = [fault for one in filled if isinstance(one.answer, list) for fault in one.answer]
    names = [one.table for one in filled if one.table]
    faults += [
        Fault(one.file.name, 0, "", f"the table {one.table} again", "each table once", "put its rows together", "F29")
        for one in filled
        if one.table and names.count(one.table) > 1
    ]
    if faults:
        raise ImportRefused("The files cannot be read; nothing was imported.", faults)
    if not filled:
        raise ImportRefused(
            "There is no table of the template with rows in it.",
            remedy=f"Name files or sheets after a table: {', '.join(BY_NAME)}. Empty ones: lookforward template DIR",
        )


def _checked(texts: Mapping[str, TextTable], options: ReadOptions) -> dict[str, Checked]:
    """Check every table, the conversation first: its time zone and first day decide how the rest is read."""
    setting = Setting(options.timezone, options.today)
    tables: dict[str, Checked] = {}
    if "conversation" in texts:
        tables["conversation"] = _with_known_zone(check_rows(texts["conversation"], FORMS["conversation"], setting))
        setting = _setting_of(tables["conversation"].frame, setting)
    for name in BY_NAME:
        if name in texts and name != "conversation":
            checked = check_rows(texts[name], FORMS[name], setting)
            tables[name] = replace(checked, frame=in_shape(checked.frame, name))
    return tables


def _with_known_zone(checked: Checked) -> Checked:
    """Refuse a conversation whose time zone is none: every local time of its files depends on it."""
    zones = checked.frame["timezone"]
    is_known = zones.is_null() | zones.is_in(sorted(available_timezones()))
    faults = [
        Fault(
            checked.file, row, "timezone", shape(zone, is_secret=True), "an IANA name such as Europe/London", "", "F25"
        )
        for row, zone in checked.frame.filter(~is_known).select(ROW, "timezone").iter_rows()
    ]
    return replace(
        checked,
        frame=in_shape(checked.frame.filter(is_known), "conversation"),
        quarantined=checked.quarantined + len(faults),
        faults=(*checked.faults, *faults),
    )


def _setting_of(conversation: pl.DataFrame, usual: Setting) -> Setting:
    for zone, opens_on in conversation.select("timezone", "opens_on").head(1).iter_rows():
        day: date = opens_on or usual.on
        return Setting(zone or usual.timezone, day)
    return usual


def _fact(file: SourceFile, found: Sequence[_Found]) -> FileFact:
    names = [one.table for one in found if one.file is file and not one.is_empty]
    role = f"imported: {', '.join(names)}" if names else "not used"
    return FileFact(file.name, file.sha256, len(file.data), role)


def _unread(names: Sequence[str]) -> list[str]:
    return [f"Not read, as no table has their name: {', '.join(names)}."] if names else []


ADAPTER = Adapter("template", "LookForward's own template: CSV files or workbooks named after its tables", read)
