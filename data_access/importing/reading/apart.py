"""Reading the files of an import in a child process, where a file can do no harm.

The child has its own memory, time and nothing else (`child.py`). If it dies while reading several files,
each is read again alone, so that the message names the one that did it.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import polars as pl

from data_access.importing.reading import child
from data_access.importing.reading.delimited import rows_frame, table_of
from data_access.importing.reading.records import Records
from data_access.importing.reading.source_files import SourceFile
from data_access.importing.reading.text_table import TextTable, whole_file
from data_access.importing.reading.workbook import Sheet
from data_access.importing.reading.workbook_limits import workbook_fault
from data_access.problems import Fault

_ROOT: Final = Path(__file__).parents[3]


@dataclass(frozen=True)
class Wanted:
    """One file to read. `kind` is one of `child`'s; `known` are the column spellings a table may have."""

    file: SourceFile
    kind: str
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """What one file held, in the form of its kind; or its faults, and nothing else.

    `table` for a table; `lines` (columns row and 0, 1 …) for lines and pairs; `sheets` for a workbook.
    """

    file: SourceFile
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    table: TextTable | None = None
    lines: pl.DataFrame = field(default_factory=pl.DataFrame)
    sheets: tuple[Sheet, ...] = ()


def read_apart(wanted: Sequence[Wanted], *, seconds: float = child.MOST_SECONDS) -> tuple[Answer, ...]:
    """Read files in a child process, in their order; one that cannot be read has faults instead of rows.

    `seconds` bounds the time by the clock.
    """
    refused = {place: fault for place, one in enumerate(wanted) if (fault := _refusal(one)) is not None}
    sound = [one for place, one in enumerate(wanted) if place not in refused]
    read = iter(_read(sound, seconds))
    return tuple(
        Answer(one.file, (refused[place],)) if place in refused else next(read) for place, one in enumerate(wanted)
    )


def _refusal(wanted: Wanted) -> Fault | None:
    """Say why a workbook must not be opened; text needs no such look."""
    return workbook_fault(wanted.file.name, wanted.file.data) if wanted.kind == child.WORKBOOK else None


def _read(wanted: Sequence[Wanted], seconds: float) -> Iterator[Answer]:
    if not wanted:
        return
    said = _said(wanted, seconds)
    if isinstance(said, list):
        yield from (_answer(one, [line for line in said if line["file"] == place]) for place, one in enumerate(wanted))
    elif len(wanted) == 1:
        fault = whole_file(wanted[0].file.name, said, "a file of ordinary size", "export less at a time", "F03")
        yield Answer(wanted[0].file, (fault,))
    else:
        for one in wanted:
            yield from _read([one], seconds)


def _said(wanted: Sequence[Wanted], seconds: float) -> list[dict[str, Any]] | str:
    """Give the lines the child wrote, or in plain words why there are none."""
    jobs = [
        {"name": one.file.name, "kind": one.kind, "size": len(one.file.data), "known": sorted(one.known)}
        for one in wanted
    ]
    given = b"".join([json.dumps(jobs).encode() + b"\n", *(one.file.data for one in wanted)])
    command = [sys.executable, "-I", child.__file__, str(_ROOT)]
    try:
        finished = subprocess.run(  # noqa: S603 - our own file, no shell
            command, check=False, input=given, capture_output=True, timeout=seconds, env=_environment()
        )
    except subprocess.TimeoutExpired:
        return "takes too long to read"
    if finished.returncode:
        return "cannot be read within its limits"
    return list(_lines_of(io.BytesIO(finished.stdout)))


def _lines_of(written: io.BytesIO) -> Iterator[dict[str, Any]]:
    """Give what the child said, line by line; in place of the size of a frame the frame itself."""
    while line := written.readline():
        said = json.loads(line)
        if "frame" in said:
            said["frame"] = pl.read_ipc_stream(io.BytesIO(written.read(said["frame"])))
        yield said


def _answer(wanted: Wanted, said: Sequence[Mapping[str, Any]]) -> Answer:
    end = said[-1]
    if "faults" in end:
        return Answer(wanted.file, tuple(Fault(**fault) for fault in end["faults"]))
    notices, done, chunks = tuple(end["notices"]), end["done"], said[:-1]
    frames = [_frame_of(chunk) for chunk in chunks if chunk.get("rows") != []]
    if wanted.kind == child.WORKBOOK:
        return Answer(wanted.file, notices=notices, sheets=_sheets(done, chunks, frames))
    if wanted.kind != child.TABLE:
        return Answer(wanted.file, notices=notices, lines=pl.concat(frames) if frames else pl.DataFrame())
    ragged = tuple((row, tuple(cells)) for row, cells in done.pop("ragged"))
    read = Records(tuple(done.pop("header")), tuple(done.pop("names")), ragged=ragged, **done)
    return Answer(wanted.file, notices=notices, table=table_of(wanted.file.name, read, frames))


def _frame_of(chunk: Mapping[str, Any]) -> pl.DataFrame:
    return chunk["frame"] if "frame" in chunk else rows_frame(chunk["rows"], chunk["cells"])


def _sheets(
    done: Mapping[str, Any], chunks: Sequence[Mapping[str, Any]], frames: Sequence[pl.DataFrame]
) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(
            name=one["name"],
            is_visible=one["is_visible"],
            frame=pl.concat(own) if (own := _of_sheet(place, chunks, frames)) else pl.DataFrame(),
            hidden_rows=one["hidden_rows"],
            unworked=tuple((row, column) for row, column in one["unworked"]),
            is_from_1904=done["is_from_1904"],
        )
        for place, one in enumerate(done["sheets"])
    )


def _of_sheet(sheet: int, chunks: Sequence[Mapping[str, Any]], frames: Sequence[pl.DataFrame]) -> list[pl.DataFrame]:
    return [frame.drop("row") for chunk, frame in zip(chunks, frames, strict=True) if chunk["sheet"] == sheet]


def _environment() -> dict[str, str]:
    # One thread keeps the reader inside its memory limit; nothing else of the parent's environment goes along.
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "POLARS_MAX_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
