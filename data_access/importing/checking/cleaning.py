"""Characters that nobody typed on purpose, taken out before anything is read."""

from __future__ import annotations

from typing import Final

import polars as pl

# NUL and control characters, and the marks that make text run backwards on screen. Line ends, tabs, emoji
# and the joiners inside emoji and Indic letters stay.
_UNWANTED: Final = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F\u{202A}-\u{202E}\u{2066}-\u{2069}]"


# Letters that nothing is done to: where a column has no others, and no space at an end, it is clean.
_TO_CLEAN: Final = r"[^\x20-\x7E]|^ | $"


def cleaned(text: pl.Series) -> pl.Series:
    """Give text without control characters and direction overrides, in composed form (NFC).

    Line ends become LF; space around the text goes.
    """
    if not text.str.contains(_TO_CLEAN).any():
        return text
    plain = text.str.replace_all(r"\r\n?", "\n").str.replace_all(_UNWANTED, "")
    return plain.str.normalize("NFC").str.strip_chars()


def unwanted(text: pl.Series) -> int:
    """Count the cells that hold characters `cleaned` takes out."""
    return int(text.str.contains(_UNWANTED).sum())
