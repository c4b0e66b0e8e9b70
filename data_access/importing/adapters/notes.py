"""Notes pasted from a board or a shared document: one a line, or a table with a column of notes.

Jamboards, sticky-note boards and shared documents have no export worth the name, but their text can be
copied. A line that begins with # is a heading and names the board or the question of the lines below it. A
file whose first row names the column `note` is read as a table, with `board`, `frame` and `question` if there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from data_access.importing.adapters._notes import Note, feedback, session_named
from data_access.importing.adapters._tables import find_tables, kind_of, with_places
from data_access.importing.bundle import Adapter, Bundle, FileFact, ReadOptions
from data_access.importing.checking.cells import LONGEST_TEXT
from data_access.importing.checking.cleaning import cleaned
from data_access.importing.checking.rows import Checked, Form, check_rows
from data_access.importing.reading import child
from data_access.importing.reading.apart import Answer, Wanted, read_apart
from data_access.importing.reading.source_files import SourceFile, source_files
from data_access.importing.reading.text_table import ROW, spelling
from data_access.importing.template_columns import TemplateTable, id_column, text_column
from data_access.problems import Fault, ImportRefused

_BULLET: Final = re.compile(r"^(?:[-*•·‣◦]|\d{1,3}[.)])\s+")
_HEADING: Final = re.compile(r"^#+\s*")
_LINES: Final = (".txt", ".md")
_PLACES: Final = ("board", "frame", "question")
_FORM: Final = Form(
    TemplateTable(
        "notes",
        "One row a note.",
        (
            text_column("note", "Its words", needed=True),
            *(text_column(place, "Where it stood") for place in _PLACES),
            id_column("place", "Row of the file"),
        ),
        key=("place",),
    ),
    aliases={"note": ("text", "sticky_note", "content"), "frame": ("page", "slide")},
)


def read(paths: Sequence[Path], options: ReadOptions) -> Bundle:
    """Read one file of notes of one session.

    Raises `ImportRefused` where no session is named, there are several files, or there is no note.
    """
    session = session_named(options.session, "Pasted notes")
    files = source_files(paths)
    if len(files) > 1:
        raise ImportRefused("Pasted notes come one file at a time.", remedy="Name one file.")
    read_table = _has_columns(files[0])
    checked = _from_table(paths, options, session) if read_table else _from_lines(files[0], options, session)
    if not checked.rows:
        raise ImportRefused(f"{files[0].name} holds no note.", remedy="Write one note a line.")
    fact = FileFact(files[0].name, files[0].sha256, len(files[0].data), "imported: feedback")
    return Bundle({"feedback": checked}, (fact,), facts={"notes": checked.frame.height, "session": session})


def _has_columns(file: SourceFile) -> bool:
    """Whether the file is a table: a workbook, or text whose first row names the column of notes."""
    if file.suffix not in (*_LINES, ".csv", ".tsv"):
        return bool(kind_of(file))
    first = file.data[:1000].decode("utf-8-sig", errors="ignore").splitlines()[:1]
    names = {spelling(cell.strip('"')) for line in first for cell in re.split(r"[,;\t]", line)}
    return bool(names & set(_FORM.spellings("note")))


def _from_table(paths: Sequence[Path], options: ReadOptions, session: str) -> Checked:
    found, _ = find_tables(paths, {"notes": _FORM}, rename=with_places)
    checked = check_rows(found[0].table, _FORM, options.setting)
    notes = [_note(row) for row in checked.frame.iter_rows(named=True)]
    refused = [_note(row) for row in checked.rejected.iter_rows(named=True)]
    return feedback(checked.file, session, notes, checked.faults, checked.notices, given=options.given, refused=refused)


def _note(row: Mapping[str, Any]) -> Note:
    return Note(row[ROW], " / ".join(row[place] for place in _PLACES if row[place]), row["note"])


def _from_lines(file: SourceFile, options: ReadOptions, session: str) -> Checked:
    (answer,) = read_apart([Wanted(file, child.LINES)])
    if answer.faults:
        raise ImportRefused("The notes cannot be read; nothing was imported.", answer.faults)
    notes, faults, blank, refused = _sorted(file.name, answer)
    notices = [*answer.notices, *([f"{file.name}: {blank:,} blank lines were left out."] if blank else [])]
    return feedback(file.name, session, notes, faults, notices, given=options.given, refused=refused)


def _sorted(file: str, answer: Answer) -> tuple[list[Note], list[Fault], int, list[Note]]:
    notes, refused, faults, blank, question = [], [], [], 0, ""
    for row, line in zip(answer.lines[ROW], cleaned(answer.lines["0"]), strict=True):
        text = _BULLET.sub("", line).strip()
        if not text:
            blank += 1
        elif _HEADING.match(line):
            question = _HEADING.sub("", line)
        elif len(text) > LONGEST_TEXT:
            expected = f"text of at most {LONGEST_TEXT:,} characters"
            faults.append(Fault(file, row, "note", f"text of {len(text):,} characters", expected, "", "F31"))
            refused.append(Note(row, question, text))
        else:
            notes.append(Note(row, question, text))
    # The line end of the last line is no line of its own.
    return notes, faults, blank - 1 if blank and not answer.lines["0"][-1].strip() else blank, refused


ADAPTER = Adapter(
    "notes",
    "Notes of a session, pasted: one a line, # before a heading; needs --session",
    read,
    {"notes": _FORM},
    with_places,
)
