"""Reading the files of an import in a child process, where a file can do no harm.

The child has its own memory, time and nothing else (`child.py`). If it dies while reading several files,
each is read again alone, so that the message names the one that did it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

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
    """Give the lines the child wrote, or in plain words why there are none.

    They are read as they come: the bytes of ten million rows are not held beside the rows.
    """
    command = [sys.executable, "-I", child.__file__, str(_ROOT)]
    is_late = threading.Event()
    with subprocess.Popen(  # noqa: S603 - our own file, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        clock = threading.Timer(seconds, _stop, args=(process, is_late))
        sender = threading.Thread(target=_send, args=(process.stdin, wanted))
        clock.start()
        sender.start()
        said, broken = _lines_of(process.stdout)
        sender.join()
        process.wait()
        clock.cancel()
    if is_late.is_set():
        return "takes too long to read"
    if process.returncode:
        return "cannot be read within its limits"
    if broken is not None:
        raise broken
    return said


def _stop(process: subprocess.Popen[bytes], is_late: threading.Event) -> None:
    is_late.set()
    process.kill()


def _send(to: IO[bytes], wanted: Sequence[Wanted]) -> None:
    """Tell the child what to read; one that died listens to nobody."""
    jobs = [
        {"name": one.file.name, "kind": one.kind, "size": len(one.file.data), "known": sorted(one.known)}
        for one in wanted
    ]
    with suppress(BrokenPipeError), to:
        to.write(json.dumps(jobs).encode() + b"\n")
        for one in wanted:
            to.write(one.file.data)


def _lines_of(written: IO[bytes]) -> tuple[list[dict[str, Any]], Exception | None]:
    """Give what the child said, line by line, in place of the size of a frame the frame itself.

    Then what was wrong where it broke off, as it does when the child dies in the middle of a line.
    """
    lines: list[dict[str, Any]] = []
    try:
        while line := written.readline():
            said = json.loads(line)
            if "frame" in said:
                said["frame"] = _frame(written, said["frame"])
            lines.append(said)
    except (ValueError, OSError, pl.exceptions.PolarsError) as error:
        written.read()  # so that a child that goes on writing comes to its end
        return lines, error
    return lines, None


def _frame(written: IO[bytes], size: int) -> pl.DataFrame:
    data = written.read(size)
    if len(data) < size:
        raise ValueError("cut off in the middle of a frame")
    return pl.read_ipc_stream(data)


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
