"""The words of the People Promise: one file an element, written for this product."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from data_access.reference import people_promise

_KINDS: Final[tuple[Literal["phrases", "weak", "examples"], ...]] = ("phrases", "weak", "examples")


@dataclass(frozen=True)
class Entry:
    """One phrase or made-up sentence of the lexicon, with the element and the sub-score it speaks of.

    A phrase whose last word ends in '*' stands for every ending of that word. Weak phrases are met under every
    element ('team', 'training') and say little by themselves.
    """

    element: str
    sub_score: str
    words: str
    kind: Literal["phrases", "weak", "examples"]


@dataclass(frozen=True)
class Lexicon:
    """What is written about the measures of the People Promise. `definitions` are by official name."""

    definitions: dict[str, str]
    entries: tuple[Entry, ...]

    @property
    def elements(self) -> tuple[str, ...]:
        """The official names, in official order."""
        return tuple(self.definitions)


@cache
def lexicon() -> Lexicon:
    """Read the lexicon: every element and theme of the reference table, in its order.

    Raises `ValueError` (a bug of ours) where a file is missing or names something the table does not.
    """
    official = people_promise()["element"].unique(maintain_order=True).to_list()
    folder = files(__package__)
    found = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            told = tomllib.loads(path.read_text(encoding="utf-8"))
            found[told["element"]] = told
    if set(found) != set(official):
        raise ValueError(f"the lexicon and the reference table differ: {sorted(set(found) ^ set(official))}")
    entries = tuple(
        Entry(element, topic["sub_score"], words, kind)
        for element in official
        for topic in found[element]["topics"]
        for kind in _KINDS
        for words in topic[kind]
    )
    return Lexicon({element: found[element]["definition"] for element in official}, entries)
