"""Run in a process of its own: reads the files of one import as text and dies at its limits, alone.

It gets nothing of the parent's environment, touches no disk and no network, and knows no database: bytes
come in on standard input, rows go out on standard output, so nothing is left lying about if it is killed.

Called as `child.py ROOT`, ROOT being the folder that holds our packages. In: one line of JSON, a list of
{name, kind, size, known}, then the files' bytes one after the other. Out: lines of JSON, each with the
number of its `file`: some `rows` (and `sheet`, in a workbook), or the size of a `frame` whose bytes (an Arrow
stream) follow the line; and at its end `done` or `faults`.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from data_access.importing.reading.records import ReadPiece

# 2 GiB of address space and 120 seconds of processor: the largest file let in takes about half of either. Text with
# letters beyond Latin ones takes up to four bytes a letter, so that of it less fits; the parent says so then.
MOST_MEMORY: Final = 2 << 30
MOST_SECONDS: Final = 120
TABLE: Final = "table"
LINES: Final = "lines"
PAIRS: Final = "pairs"
WORKBOOK: Final = "workbook"
# From this size on, text is read at once where it is plain: that takes Polars, which takes a second to load.
LARGE: Final = 1_000_000

Tell = Callable[..., None]


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main() -> None:
    wanted = json.loads(sys.stdin.buffer.readline())
    for place, job in enumerate(wanted):
        data = sys.stdin.buffer.read(job["size"])

        def tell(place: int = place, **said: Any) -> None:
            sys.stdout.buffer.write(json.dumps({"file": place, **said}).encode() + b"\n")

        (_workbook if job["kind"] == WORKBOOK else _text)(job, data, tell)


def _text(job: dict[str, Any], data: bytes, tell: Tell) -> None:
    from data_access.importing.reading.encoding import decode  # noqa: PLC0415 - only once the limits hold
    from data_access.problems import Fault  # noqa: PLC0415

    decoded = decode(job["name"], data)
    if isinstance(decoded, Fault):
        tell(faults=[vars(decoded)])
        return
    readers = {TABLE: _table, LINES: _lines, PAIRS: _pairs}
    readers[job["kind"]](job, decoded.text, list(decoded.notices), tell)


def _table(job: dict[str, Any], text: str, notices: list[str], tell: Tell) -> None:
    from data_access.importing.reading.records import Records, read_records  # noqa: PLC0415

    def take(numbers: Sequence[int], cells: Sequence[Sequence[str]]) -> None:
        tell(rows=list(numbers), cells=cells)

    read_piece = _piece_reader(tell) if len(text) >= LARGE else None
    read = read_records(job["name"], text, frozenset(job["known"]), take, read_piece)
    if isinstance(read, Records):
        tell(done=vars(read), notices=notices)
    else:
        tell(faults=[vars(fault) for fault in read])


def _piece_reader(tell: Tell) -> ReadPiece:
    import polars as pl  # noqa: PLC0415

    from data_access.importing.reading.plain_pieces import piece_reader  # noqa: PLC0415

    def take(frame: pl.DataFrame) -> None:
        buffer = io.BytesIO()
        frame.write_ipc_stream(buffer)
        tell(frame=buffer.tell())
        sys.stdout.buffer.write(buffer.getbuffer())

    return piece_reader(take)


def _lines(_job: dict[str, Any], text: str, notices: list[str], tell: Tell) -> None:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tell(rows=list(range(1, len(lines) + 1)), cells=[[line] for line in lines])
    tell(done={}, notices=notices)


def _pairs(_job: dict[str, Any], text: str, notices: list[str], tell: Tell) -> None:
    from data_access.importing.reading.records import plain_records  # noqa: PLC0415

    pairs = [record[:2] for record in plain_records(text.removeprefix("\ufeff"), ",") if len(record) > 1]
    tell(rows=list(range(1, len(pairs) + 1)), cells=pairs)
    tell(done={}, notices=notices)


def _workbook(_job: dict[str, Any], data: bytes, tell: Tell) -> None:
    import fastexcel  # noqa: PLC0415 - only once the limits hold
    import polars as pl  # noqa: PLC0415

    from data_access.importing.reading.records import CHUNK  # noqa: PLC0415
    from data_access.importing.reading.workbook_marks import Marks, counts_from_1904, sheet_marks  # noqa: PLC0415

    marks, reader = sheet_marks(data), fastexcel.read_excel(data)
    sheets = []
    for place, name in enumerate(reader.sheet_names):
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        frame = pl.DataFrame(sheet) if sheet.width else pl.DataFrame()
        for start in range(0, frame.height, CHUNK):
            cells = frame.slice(start, CHUNK).rows()
            tell(sheet=place, rows=list(range(start + 1, start + 1 + len(cells))), cells=cells)
        own = marks.get(name, Marks())
        is_visible = sheet.visible == "visible"
        sheets.append({"name": name, "is_visible": is_visible, "width": frame.width, **vars(own)})
    tell(done={"sheets": sheets, "is_from_1904": counts_from_1904(data)}, notices=[])


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    _limit()
    _main()
