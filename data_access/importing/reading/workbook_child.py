"""Run in a process of its own: reads one workbook as text and writes each sheet as an Arrow file.

It imports nothing of ours, gets nothing of the parent's environment, and dies at its limits instead of
taking an import, or a server, with it.

Called as `workbook_child.py WORKBOOK FOLDER`; writes FOLDER/0.arrow, 1.arrow … and FOLDER/sheets.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

# 2 GiB of address space and 120 seconds of processor: ten times what 20 million cells of a sheet take.
MOST_MEMORY = 2 << 30
MOST_SECONDS = 120


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(workbook: Path, folder: Path) -> None:
    import fastexcel  # noqa: PLC0415 - only once the limits hold
    import polars as pl  # noqa: PLC0415

    reader = fastexcel.read_excel(str(workbook))
    sheets = []
    for place, name in enumerate(reader.sheet_names):
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        frame = pl.DataFrame(sheet) if sheet.width else pl.DataFrame()
        frame.write_ipc(folder / f"{place}.arrow")
        sheets.append({"name": name, "visible": sheet.visible})
    (folder / "sheets.json").write_text(json.dumps(sheets))


if __name__ == "__main__":
    _limit()
    _read(Path(sys.argv[1]), Path(sys.argv[2]))
