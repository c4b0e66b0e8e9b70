"""The inbox: files somebody sent through the Data page, until they are imported, thrown away or a day old.

They are copied in pieces and never looked into here: the process that receives them is the dashboard's, and
reading is for the worker, in a child process with limits. A file keeps as much of its name as is harmless.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

from data_access.problems import ImportRefused
from data_access.tray.places import INBOX, make, place

MOST_FILES: Final = 40
# Less than the reader takes: what comes by the browser is small. All of a delivery together may hold two such files.
MOST_BYTES: Final = 200_000_000
MOST_BYTES_TOGETHER: Final = 2 * MOST_BYTES
LONGEST_NAME: Final = 80
_PIECE: Final = 1 << 20
# Names that open a device on Windows, whatever they end in.
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def receive(home: Path, token: str, files: Iterable[tuple[str, IO[bytes]]]) -> list[Path]:
    """Copy files into the delivery of that token and give where they lie, in their order.

    files: names as the browser gave them, and their bytes. Raises `ImportRefused` for none, too many or too
    large ones, and keeps nothing then.
    """
    folder = place(home, INBOX, token)
    given = list(files)
    try:
        return _received(folder, given)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def delivered(home: Path, token: str) -> list[Path]:
    """Give the files of a delivery by name; raises `ImportRefused` where they are gone."""
    folder = place(home, INBOX, token)
    found = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    if not found:
        raise ImportRefused("These files are not there any more.", remedy="Send them again.")
    return found


def safe_name(name: str) -> str:
    """Give a name that is one harmless part of a path: letters, digits and ._- without a dot in front.

    '../../etc/passwd' becomes 'passwd', 'con.csv' 'file-con.csv', '' 'file'.
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r"[^\w.\-]+", "-", last).strip("-").lstrip(".")
    stem, dot, suffix = kept.rpartition(".")
    ending = f"{dot}{suffix[:10]}" if stem else ""
    body = (stem or kept)[: LONGEST_NAME - len(ending)]
    whole = f"{body}{ending}" or "file"
    return f"file-{whole}" if _DEVICES.fullmatch(whole) else whole


def _received(folder: Path, given: list[tuple[str, IO[bytes]]]) -> list[Path]:
    if not 0 < len(given) <= MOST_FILES:
        raise ImportRefused(f"Between 1 and {MOST_FILES} files come at once; these are {len(given):,}.")
    make(folder)
    places: list[Path] = []
    left = MOST_BYTES_TOGETHER
    for name, source in given:
        target = _free(folder, safe_name(name))
        left -= _copied(source, target, min(MOST_BYTES, left))
        places.append(target)
    return places


def _free(folder: Path, name: str) -> Path:
    """Give a path for a name: two files of one name are two files."""
    path = folder / name
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{number}-{name}"
    return path


def _copied(source: IO[bytes], target: Path, most: int) -> int:
    size = 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        while piece := source.read(_PIECE):
            size += len(piece)
            if size > most:
                raise ImportRefused(
                    f"{target.name} is larger than a file may be ({most // 1_000_000:,} MB).",
                    remedy="Export it in parts, or use 'lookforward import' on the computer that has the vault.",
                )
            opened.write(piece)
    return size
