"""Finding wording in files of any kind we write: text, CSV, XLSX, ODS, PPTX, ZIP, Parquet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from html import unescape
from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import PolarsError

# Pictures and glyphs: nobody can tell from their bytes what they say.
OPAQUE: Final = frozenset({".pdf", ".png", ".jpg", ".jpeg"})
# Headlines and slides cut long wordings short, so their beginning is looked for as well.
_BEGINNING: Final = 40
# Shorter ones are said by too many people to be anybody's.
SHORTEST: Final = 12
_DEEPEST: Final = 4


def holds_any(file: Path, wordings: Collection[str]) -> bool:
    """Whether a file says any of these wordings, however it is packed. Spaces, mark-up and case do not matter."""
    wanted = {_plain(one)[:_BEGINNING] for one in wordings if len(one) >= SHORTEST}
    return bool(wanted) and any(one in text for text in _texts(file.read_bytes(), _DEEPEST) for one in wanted)


def _texts(content: bytes, depth: int) -> Iterator[str]:
    if content[:4] == b"PK\x03\x04" and depth:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                for name in packed.namelist():
                    yield from _texts(packed.read(name), depth - 1)
        except (zipfile.BadZipFile, RuntimeError):
            return
    elif content[:4] == b"PAR1":
        try:
            frame = pl.read_parquet(io.BytesIO(content))
        except PolarsError:
            return
        yield from (_plain(text) for column in frame.select(pl.col(pl.String)) for text in column.drop_nulls().unique())
    else:
        yield _plain(content.decode("utf-8", errors="ignore"))


def _plain(text: str) -> str:
    """Give letters and digits only, in lower case, without mark-up: wrapped, split and escaped text is equal then."""
    return re.sub(r"[\W_]+", "", unescape(re.sub(r"<[^<>]*>", "", text))).casefold()
