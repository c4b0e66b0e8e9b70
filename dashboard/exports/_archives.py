"""Zip archives that depend on what they hold and on nothing else: names sorted, dates fixed, no trace of a machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

# The first day zip files know.
DATE: Final = (1980, 1, 1, 0, 0, 0)
FIRST: Final = "mimetype"  # OpenDocument wants it first and not packed
READABLE: Final = 0o644 << 16
PACKED: Final = (".xlsx", ".ods", ".pptx", ".png", ".zip")  # packing them again costs time and saves nothing


def archive(files: Mapping[str, bytes]) -> bytes:
    """Pack files by their names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in sorted(files, key=lambda name: (name != FIRST, name)):
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_STORED if name == FIRST or name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            entry.external_attr = READABLE
            entry.create_system = 3
            made.writestr(entry, files[name])
    return buffer.getvalue()


def settled(packed: bytes, change: Callable[[str, bytes], bytes] = lambda _name, content: content) -> bytes:
    """Pack an archive anew with sorted names and fixed dates; `change` may give a member other content."""
    with zipfile.ZipFile(io.BytesIO(packed)) as old:
        return archive({name: change(name, old.read(name)) for name in old.namelist()})
