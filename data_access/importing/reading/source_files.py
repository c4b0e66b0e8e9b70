"""The files of an import as bytes, with the names they are shown by and their hashes."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from data_access.problems import ImportRefused

LONGEST_NAME: Final = 120
# What the child process can hold as bytes and as text beside a piece of its rows, in 2 GiB: ten million votes.
MOST_BYTES: Final = 500_000_000
IGNORED_PREFIXES: Final = (".", "~$")


@dataclass(frozen=True)
class SourceFile:
    """One file as it came. `name` is for messages only and is never used as a path."""

    name: str
    data: bytes = field(repr=False)
    sha256: str

    @property
    def suffix(self) -> str:
        """Ending of the name, in lower case, with its dot."""
        return Path(self.name).suffix.casefold()

    @property
    def stem(self) -> str:
        """Name without its ending."""
        return Path(self.name).stem


def source_files(paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """Read the files named, and those directly inside the folders named, in the order of their names.

    Hidden files and the lock files of office programs are left out. Raises `ImportRefused` naming every
    path that does not exist or cannot be read.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise ImportRefused(f"There is no file or folder {', '.join(shown(str(path)) for path in missing)}.")
    found = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    wanted = [file for file in found if file.is_file() and not file.name.startswith(IGNORED_PREFIXES)]
    if not wanted:
        raise ImportRefused("There are no files to import in the folder given.")
    return tuple(_read(file) for file in wanted)


def shown(name: str) -> str:
    """Give a file's name as a message may show it: no control characters, no more than 120 letters."""
    printable = "".join(
        letter if unicodedata.category(letter)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for letter in name
    )
    return printable if len(printable) <= LONGEST_NAME else printable[: LONGEST_NAME - 1] + "…"


def _read(path: Path) -> SourceFile:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ImportRefused(
                f"{shown(path.name)} is larger than {MOST_BYTES // 1_000_000:,} MB.", remedy="Export it in parts."
            )
        data = path.read_bytes()
    except OSError as error:
        raise ImportRefused(f"{shown(path.name)} cannot be read: {error.strerror}.") from None
    return SourceFile(shown(path.name), data, hashlib.sha256(data).hexdigest())
