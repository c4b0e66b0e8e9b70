"""Searching released wording: whole words with simple plurals, quoted phrases, AND, OR, NOT and brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

_PART: Final = re.compile(r'"[^"]*"|“[^”]*”|[()]|[^\s()"“”]+')
_WORD: Final = re.compile(r"[\w'’]+")
HELP: Final = (
    "Whole words, plurals included. All of several words are wanted: pay AND team is the same as pay team. OR takes "
    'either, NOT leaves out, brackets group: (pay OR reward) NOT parking. Quotes keep words together: "flexible hours".'
)
LONGEST: Final = 200


@dataclass(frozen=True)
class Phrase:
    """Words that must stand next to each other; one word usually."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Joined:
    """All parts, any part, or (one part) not."""

    how: Literal["and", "or", "not"]
    parts: tuple[Wanted, ...]


Wanted = Phrase | Joined


def wanted(words: str) -> Wanted | None:
    """Read what somebody typed; None where it asks for nothing.

    NOT binds closest, then AND (also where nothing stands between), then OR. Operators are capital letters, so
    that 'and' can be looked for. Nothing typed is a fault: a quote or bracket without its partner is left out, and
    an operator without a word to go with it is a word. `spelled` says how it was read.
    """
    cut = words[:LONGEST]
    parts = [part for part in _PART.findall(cut) if part in "()" or _WORD.search(part)]
    parts = _paired(parts)
    return _either(parts)[0] if parts else None


def spelled(asked: Wanted) -> str:
    """Write a search as it was read: 'pay AND (team OR “quiet room”) AND NOT parking'."""
    if isinstance(asked, Phrase):
        return asked.words[0] if len(asked.words) == 1 else f"“{' '.join(asked.words)}”"
    told = [spelled(part) for part in asked.parts]
    if asked.how == "not":
        is_whole = isinstance(asked.parts[0], Joined) and asked.parts[0].how != "not"
        return f"NOT ({told[0]})" if is_whole else f"NOT {told[0]}"
    grouped = [
        f"({text})" if isinstance(part, Joined) and part.how == "or" and asked.how == "and" else text
        for part, text in zip(asked.parts, told, strict=True)
    ]
    return f" {asked.how.upper()} ".join(grouped)


def pattern(*words: str) -> str:
    """Give the regular expression of words in a row, each with its simple plural or singular.

    'idea' finds 'ideas', 'policies' finds 'policy', 'class' finds 'classes'; 'age' does not find 'manager'.
    """
    each = [rf"(?:{'|'.join(re.escape(form) for form in forms(word))})" for word in words]
    return r"(?i)\b" + r"[^\w]+".join(each) + r"\b"


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
    """Tell whether the columns together hold what is asked for; true where nothing is."""
    asked = wanted(words)
    if asked is None:
        return pl.lit(value=True)
    text = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in columns], separator=" ")
    return _expression(asked, text)


def _expression(asked: Wanted, text: pl.Expr) -> pl.Expr:
    if isinstance(asked, Phrase):
        return text.str.contains(pattern(*asked.words))
    parts = [_expression(part, text) for part in asked.parts]
    if asked.how == "not":
        return ~parts[0]
    return pl.all_horizontal(parts) if asked.how == "and" else pl.any_horizontal(parts)


def _paired(parts: list[str]) -> list[str]:
    """Leave out brackets without a partner, and those with nothing between them."""
    open_at: list[int] = []
    dropped: set[int] = set()
    for at, part in enumerate(parts):
        if part == "(":
            open_at.append(at)
        elif part == ")" and not open_at:
            dropped.add(at)
        elif part == ")":
            start = open_at.pop()
            is_empty = all(between in dropped for between in range(start + 1, at))
            dropped |= {start, at} if is_empty else set()
    return [part for at, part in enumerate(parts) if at not in dropped | set(open_at)]


def _either(parts: list[str]) -> tuple[Wanted, list[str]]:
    found, rest = _all(parts)
    either = [found]
    while rest and rest[0] == "OR" and _goes_on(rest[1:]):
        found, rest = _all(rest[1:])
        either.append(found)
    return (either[0] if len(either) == 1 else Joined("or", tuple(either))), rest


def _all(parts: list[str]) -> tuple[Wanted, list[str]]:
    found, rest = _one(parts)
    every = [found]
    while _goes_on(rest) and not (rest[0] == "OR" and _goes_on(rest[1:])):
        found, rest = _one(rest[1:] if rest[0] == "AND" and _goes_on(rest[1:]) else rest)
        every.append(found)
    return (every[0] if len(every) == 1 else Joined("and", tuple(every))), rest


def _one(parts: list[str]) -> tuple[Wanted, list[str]]:
    first, rest = parts[0], parts[1:]
    if first == "NOT" and _goes_on(rest):
        found, rest = _one(rest)
        return Joined("not", (found,)), rest
    if first == "(":
        found, rest = _either(rest)
        return found, rest[1:]
    return Phrase(tuple(word.casefold() for word in _WORD.findall(first))), rest


def _goes_on(parts: list[str]) -> bool:
    """Whether there is something to look for before the bracket closes."""
    return bool(parts) and parts[0] != ")"
