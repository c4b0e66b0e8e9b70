"""Searching released wording: whole words in any order and case, with simple plurals."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl


def terms(words: str) -> tuple[str, ...]:
    """Split what somebody typed into words, in lower case, each once."""
    return tuple(dict.fromkeys(re.findall(r"[\w'’]+", words.casefold())))


def pattern(term: str) -> str:
    """Give the regular expression of one word with its simple plural or singular.

    'idea' finds 'ideas', 'policies' finds 'policy', 'class' finds 'classes'; 'age' does not find 'manager'.
    """
    return rf"(?i)\b(?:{'|'.join(re.escape(form) for form in forms(term))})\b"


def forms(term: str) -> tuple[str, ...]:
    """Give a word with its simple plurals and singulars, longest first."""
    found = {term, term + "s", term + "es"}
    if term.endswith("y"):
        found.add(term[:-1] + "ies")
    if term.endswith("ies") and len(term) > 4:
        found.add(term[:-3] + "y")
    if term.endswith("es") and len(term) > 4:
        found.add(term[:-2])
    if term.endswith("s") and not term.endswith("ss") and len(term) > 3:
        found.add(term[:-1])
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


def holds(words: str, columns: Sequence[str]) -> pl.Expr:
    """Tell whether the columns together hold every word; true where nothing is asked for."""
    text = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in columns], separator=" ")
    wanted = [text.str.contains(pattern(term)) for term in terms(words)]
    return pl.all_horizontal(wanted) if wanted else pl.lit(value=True)
