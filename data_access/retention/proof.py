"""Looking for what was deleted: pseudonyms in every byte of the vault's files and of the rooms beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

_PSEUDONYM: Final = re.compile(rb"(?=([0-9a-f]{32}))")


def pseudonyms_left(files: Iterable[Path], pseudonyms: Collection[str]) -> int:
    """Count the pseudonyms that are still somewhere in these files, as the database writes them."""
    wanted = {one.encode() for one in pseudonyms}
    left: set[bytes] = set()
    for file in files:
        left |= wanted & set(_PSEUDONYM.findall(file.read_bytes())) if wanted else set()
    return len(left)
