"""From bytes to text without losing a letter."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from data_access.importing.reading.text_table import whole_file
from data_access.problems import Fault

# Share of NUL bytes at every second place that tells UTF-16 without a mark from text with a stray NUL.
# Western text has nearly all; Chinese text has its digits, delimiters and line ends.
UTF16_NULS: Final = 0.1
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_KINDS: Final = (
    (b"pk\x03\x04", "a workbook or another ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted workbook"),
    (b"%pdf", "a PDF"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)


@dataclass(frozen=True)
class Decoded:
    """Text, the encoding it was in, and what the reader ought to know of it."""

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


def decode(file: str, data: bytes) -> Decoded | Fault:
    """Decode a text file, or say why it cannot be read as text.

    Tried in order: a byte-order mark, UTF-16 without one, UTF-8, Windows-1252 with a notice. A file of
    UTF-8 letters with some damaged ones is refused: Windows-1252 would turn all of them into others.
    """
    if not data:
        return whole_file(file, "empty", "a header and rows", "export the file again", "F17")
    if other := _of_another_kind(data):
        return whole_file(file, other, "text in columns", "open it and save it as CSV (UTF-8)", "F35")
    encoding = _marked(data) or _unmarked_utf16(data) or "utf-8"
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8" or _is_damaged_utf8(data):
            return whole_file(
                file, f"damaged {encoding} text", "text without damaged letters", "export the file again", "F10"
            )
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return whole_file(file, "bytes that are no text", "UTF-8 text", "save it as CSV (UTF-8)", "F11")
    return Decoded(text, "cp1252", (f"{file} is not UTF-8; it was read as Windows-1252. Check accented letters.",))


def _of_another_kind(data: bytes) -> str:
    """Name what a file is by its first bytes, whatever it is called; '' for what may be text."""
    head = data[:512].lstrip().lower()
    return next((kind for mark, kind in _OTHER_KINDS if head.startswith(mark)), "")


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:4096]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) / half > UTF16_NULS and not sample[::2].count(0):
        return "utf-16-le"
    if sample[::2].count(0) / half > UTF16_NULS and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    good = sum(ord(letter) > 127 for letter in text) - bad
    return good > bad
