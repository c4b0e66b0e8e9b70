"""Which source a handful of files comes from, told by their columns and never by what they are called.

Only the first rows of a text are read, in the reading child process. Of several sources whose columns would fit,
the one that knows the largest share of them is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from data_access.importing.adapters import adapters
from data_access.importing.adapters._tables import UNKNOWN, kind_of, tables_of
from data_access.importing.bundle import Adapter
from data_access.importing.checking.rows import Form
from data_access.importing.reading import child
from data_access.importing.reading.apart import Answer, Wanted, read_apart
from data_access.importing.reading.source_files import SourceFile, source_files
from data_access.importing.reading.text_table import ROW, TextTable
from data_access.problems import Fault, ImportRefused

# A header and some rows; a title above it and long wordings in it fit too.
_HEAD: Final = 1 << 16
# Above this share of known columns, and from so many of them on, a table is meant to be one of ours.
_NEAR: Final = 0.5
_ALIKE: Final = 2
_NOTES: Final = "notes"
_TEXTS_OF_NOTES: Final = (".txt", ".md")
_NEEDS_SESSION: Final = ("forms", "notes")


@dataclass(frozen=True)
class Recognised:
    """What some files are. `parts` names the table each file holds, by the file's name; files of none are absent.

    `strangers` are files that another source's columns fit; `names` the name each file must have to be read.
    """

    adapter: str
    parts: Mapping[str, str]
    strangers: Mapping[str, str]
    names: Mapping[str, str]

    @property
    def needs_session(self) -> bool:
        """Whether somebody must say which session these come from."""
        return self.adapter in _NEEDS_SESSION


def recognise(paths: Sequence[Path]) -> Recognised:
    """Say which source's files these are.

    Raises `ImportRefused` where no source fits: with the faults of files that cannot be read, else naming the
    columns that are missing for the nearest source, else the sources there are. So too where one file of
    several lacks a column that its table needs.
    """
    files = source_files(paths)
    tables, faults = _tables(files)
    fits = {name: _fits(adapter, tables) for name, adapter in adapters().items()}
    scores = {name: sum(share for _, share in found.values()) for name, found in fits.items()}
    best = max(scores, key=lambda name: scores[name])
    # A table of votes without their times has all that a table of participants needs, and means something else.
    fitting = {name for found in fits.values() for name, (_, share) in found.items() if share > _NEAR}
    lacking = _lacking({name: own for name, own in tables.items() if name not in fitting})
    if lacking or (faults and not scores[best]):
        raise ImportRefused("The files cannot be read as they are; nothing was imported.", [*faults, *lacking])
    if not scores[best]:
        return _as_notes(files)
    parts = {name: part for name, (part, _) in fits[best].items()}
    return Recognised(best, parts, _strangers(best, fits), _names(adapters()[best], files, parts))


def _tables(files: Sequence[SourceFile]) -> tuple[dict[str, list[TextTable]], list[Fault]]:
    """Give the tables each file holds, as far as its head shows them, and the faults of files with columns."""
    known = frozenset[str]().union(*(form.known for one in adapters().values() for form in one.forms.values()))
    wanted = [Wanted(_head(file), kind, known) for file in files if (kind := kind_of(file))]
    answers = [_whole(answer, files, known) for answer in read_apart(wanted)]
    faults = [fault for answer in answers for fault in answer.faults if fault.code not in UNKNOWN]
    return {answer.file.name: _texts(tables_of(answer, known)) for answer in answers if not answer.faults}, faults


def _lacking(tables: Mapping[str, Sequence[TextTable]]) -> list[Fault]:
    """Name the columns missing from tables that are nearly those of a source, and the header it expects."""
    faults = []
    for name, own in tables.items():
        near = [
            (len(there) / len(header), len(there), source, form)
            for table in own
            for source, adapter in adapters().items()
            for form in adapter.forms.values()
            if (header := [column for column in adapter.rename(table).frame.columns if column != ROW])
            and len(there := {*header} & form.known) >= _ALIKE
        ]
        if near:
            share, _, source, form = max(near, key=lambda one: one[:2])
            if share > _NEAR:
                faults += _missing(name, own[0], source, form)
    return faults


def _missing(file: str, table: TextTable, source: str, form: Form) -> list[Fault]:
    header = table.frame.columns
    expected = ", ".join(column.name for column in form.table.columns)
    alike = f"add the column; the table looks like {form.table.name} of {source}"
    return [
        Fault(file, 0, needed, "no such column", f"the header {expected}", alike, "F19")
        for needed in form.needed
        if not any(spelled in header for spelled in form.spellings(needed))
    ]


def _texts(found: Sequence[TextTable | list[Fault]]) -> list[TextTable]:
    return [one for one in found if isinstance(one, TextTable)]


def _head(file: SourceFile) -> SourceFile:
    if kind_of(file) != child.TABLE or len(file.data) <= _HEAD:
        return file
    head = file.data[:_HEAD]
    return replace(file, data=head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1] or file.data)


def _whole(answer: Answer, files: Sequence[SourceFile], known: frozenset[str]) -> Answer:
    """Read a file again as a whole where its head was cut in the middle of a cell."""
    whole = next(file for file in files if file.name == answer.file.name)
    if not answer.faults or len(whole.data) == len(answer.file.data):
        return answer
    return read_apart([Wanted(whole, kind_of(whole), known)])[0]


def _fits(adapter: Adapter, tables: Mapping[str, Sequence[TextTable]]) -> dict[str, tuple[str, float]]:
    """Give, for each file one of whose tables fits a form of the source, that form and the share of columns it knows.

    A column whose name is a number is a statement of a matrix of votes and tells nothing.
    """
    found: dict[str, tuple[str, float]] = {}
    for name, own in tables.items():
        for table in own:
            header = [column for column in adapter.rename(table).frame.columns if column != ROW]
            told = [column for column in header if not column.isdecimal()]
            for part, form in adapter.forms.items():
                share = _share(form, header, told)
                if share > found.get(name, ("", 0.0))[1]:
                    found[name] = (part, share)
    return found


def _share(form: Form, header: Sequence[str], told: Sequence[str]) -> float:
    if not form.fits(header):
        return 0.0
    return len({*told} & (form.known | form.unused)) / max(len(told), 1)


def _strangers(best: str, fits: Mapping[str, Mapping[str, tuple[str, float]]]) -> dict[str, str]:
    """Name the files that the source chosen cannot read and another could, and that other."""
    others = {
        file: name
        for name, found in sorted(fits.items(), key=lambda one: sum(share for _, share in one[1].values()))
        for file in found
        if name != best
    }
    return {file: name for file, name in others.items() if file not in fits[best]}


def _names(adapter: Adapter, files: Sequence[SourceFile], parts: Mapping[str, str]) -> dict[str, str]:
    return {
        file.name: adapter.named(file.name, parts[file.name]) if file.name in parts else file.name for file in files
    }


def _as_notes(files: Sequence[SourceFile]) -> Recognised:
    """Take one text without columns for pasted notes; raises `ImportRefused` for anything else."""
    if len(files) == 1 and files[0].suffix in _TEXTS_OF_NOTES:
        return Recognised(_NOTES, {files[0].name: _NOTES}, {}, {files[0].name: files[0].name})
    named = "; ".join(f"{name}: {adapter.about}" for name, adapter in adapters().items())
    raise ImportRefused(
        "No source known here has the columns of these files; nothing was imported.",
        remedy=f"Known are: {named}. 'lookforward template DIR' writes a form to fill in.",
    )
