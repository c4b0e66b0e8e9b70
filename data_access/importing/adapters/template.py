"""Our own template: a folder of CSV files, workbooks with a sheet a table, or both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final
from zoneinfo import available_timezones

import polars as pl

from data_access.importing.adapters._tables import EMPTY, TEXTS, UNKNOWN, filled, kind_of
from data_access.importing.bundle import Adapter, Bundle, FileFact, ReadOptions, in_shape
from data_access.importing.checking.cells import Setting
from data_access.importing.checking.moments import Window
from data_access.importing.checking.rows import SURPLUS, Checked, Form, check_rows
from data_access.importing.checking.shapes import shape
from data_access.importing.reading.apart import Answer, Wanted, read_apart
from data_access.importing.reading.source_files import SourceFile, source_files
from data_access.importing.reading.text_table import ROW, TextTable, spelling
from data_access.importing.reading.workbook import Sheet, sheet_table
from data_access.importing.rejects import EXPLANATIONS, HARMLESS, tamed_taken_off
from data_access.importing.storing.vault_tables import longest_texts
from data_access.importing.template_tables import BY_NAME
from data_access.problems import Fault, ImportRefused

GUIDE: Final = "README.md"  # handed out with the empty template
FORMS: Final[Mapping[str, Form]] = {
    name: Form(table, longest=longest_texts(name), unused=frozenset({*EXPLANATIONS, HARMLESS, SURPLUS}))
    for name, table in BY_NAME.items()
}
_EVERY_COLUMN: Final = frozenset[str]().union(*(form.known for form in FORMS.values()))


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
    """Read the tables of the template from files and sheets named after them, or known by their columns.

    Tables left empty are left out; files that are none are not read, and that is said. Raises
    `ImportRefused` with the faults of every file that cannot be read, or where there is no table at all.
    """
    files = source_files(paths)
    found = [one for answer in read_apart(_wanted(files)) for one in _tables_of(answer)]
    _check_readable(found)
    texts = {one.table: one.answer for one in found if isinstance(one.answer, TextTable)}
    tables = _checked(texts, options)
    unread = [file.name for file in files if file.name != GUIDE and not any(one.file is file for one in found)]
    return Bundle(
        tables=tables,
        files=tuple(_fact(file, found) for file in files),
        notices=(*(notice for one in found for notice in one.notices), *_unread(unread)),
    )


def _wanted(files: Sequence[SourceFile]) -> list[Wanted]:
    return [
        Wanted(file, kind, FORMS[name].known if (name := _name_of(file)) else _EVERY_COLUMN)
        for file in files
        if file.name != GUIDE and (kind := kind_of(file))
    ]


def _name_of(file: SourceFile) -> str:
    name = spelling(file.stem)
    return name if file.suffix in TEXTS and name in BY_NAME else ""


def _tables_of(answer: Answer) -> Iterator[_Found]:
    named = _name_of(answer.file)
    if answer.table is not None:
        table = _plain(answer.table)
        if name := named or _recognised(table):
            yield _Found(answer.file, name, table, answer.notices)
    elif answer.faults:
        is_other = not named and any(fault.code in (*UNKNOWN, EMPTY) for fault in answer.faults)
        if not is_other:
            yield _Found(answer.file, named, list(answer.faults))
    else:
        yield from _sheets_of(answer)


def _sheets_of(answer: Answer) -> Iterator[_Found]:
    sheets = filled(answer.sheets)
    for sheet in sheets:
        name = _table_of(sheet, answer.file, is_only=len(sheets) == 1)
        if name in BY_NAME:
            yield _Found(answer.file, name, sheet_table(answer.file.name, sheet, FORMS[name].known))
        else:
            table = sheet_table(answer.file.name, sheet, _EVERY_COLUMN)
            if isinstance(table, TextTable) and (name := _recognised(table)):
                yield _Found(answer.file, name, table)


def _recognised(table: TextTable) -> str:
    """Give the table of the template whose columns these are: all it needs, and the most it knows."""
    header = [name for name in table.frame.columns if name != ROW]
    fitting = {name: form.fits(header) for name, form in FORMS.items()}
    best = max(fitting, key=lambda name: fitting[name])
    return best if fitting[best] else ""


def _plain(table: TextTable) -> TextTable:
    """Take off the marks that lists of rejects and exports put before cells a spreadsheet would run."""
    columns = set(table.frame.columns)
    is_marked = set(EXPLANATIONS) <= columns or HARMLESS in columns
    return replace(table, frame=tamed_taken_off(table.frame)) if is_marked else table


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
    setting = options.setting
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
    for zone, opens_on, closes_on in conversation.select("timezone", "opens_on", "closes_on").head(1).iter_rows():
        day: date = opens_on or usual.on
        window = Window(opens_on, closes_on) if opens_on or closes_on else usual.calendar.window
        return Setting(zone or usual.timezone, day, replace(usual.calendar, window=window))
    return usual


def _fact(file: SourceFile, found: Sequence[_Found]) -> FileFact:
    names = [one.table for one in found if one.file is file and not one.is_empty]
    role = f"imported: {', '.join(names)}" if names else "not used"
    return FileFact(file.name, file.sha256, len(file.data), role)


def _unread(names: Sequence[str]) -> list[str]:
    return [f"Not read, as no table has their name: {', '.join(names)}."] if names else []


ADAPTER = Adapter("template", "LookForward's own template: CSV files or workbooks named after its tables", read, FORMS)
