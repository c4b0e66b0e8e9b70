"""Saying what a value looks like without giving it away: messages may be read by anybody."""

from __future__ import annotations

import re
from typing import Final

_SHORT_NUMBER: Final = re.compile(r"[+-]?\d{1,4}(\.\d{1,4})?")
_NUMBER: Final = re.compile(r"[+-]?[\d.,]*\d[\d.,]*")
_DATE_LIKE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*", re.DOTALL)


def shape(text: str, *, is_secret: bool = False) -> str:
    """Describe a cell: 'empty', 'number -3', 'number of 13 characters', 'text of 12 characters'.

    A number is quoted only where it is short and the column holds no ids (`is_secret`).
    """
    bare = text.strip()
    if not bare:
        return "empty"
    if is_secret:
        return f"text of {len(bare):,} characters"
    if _SHORT_NUMBER.fullmatch(bare):
        return f"number {bare}"
    if _NUMBER.fullmatch(bare):
        return f"number of {len(bare):,} characters"
    if _DATE_LIKE.fullmatch(bare):
        return f"something like a date, {len(bare):,} characters"
    return f"text of {len(bare):,} characters"
