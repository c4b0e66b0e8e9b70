"""A made-up coding frame in two versions and what two coders made of the posts."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, Final

from data_access.demo.shapes import DAY, DemoIdea, Row
from data_access.demo.stock import stock_file

CODERS: Final = ("C1", "C2")
NOT_CODED: Final = 0.15
CODED_TWICE: Final = 150
CODED_COMMENTS: Final = 300
_FIRST_VERSION_UNTIL: Final = 10 * DAY
_SLIP: Final = 0.10  # a coder sees a neighbouring theme
_SECOND_THEME: Final = 0.08
_READ_AGAIN: Final = "flexible-requests"


def theme_rows() -> list[Row]:
    """Write both versions of the frame as the template takes them."""
    themes = stock_file("coding")["themes"]
    return [
        {
            "frame_version": str(version),
            "theme": theme["code"],
            "name": theme["name"],
            "element": theme["element"],
            "definition": theme["definition"],
        }
        for version in (1, 2)
        for theme in themes
        if theme.get("since", 1) <= version
    ]


def map_rows() -> list[Row]:
    """Write what became of the themes of version 1 that version 2 divided: what was left keeps the name, or none does.

    Flexible requests took in so much before that its codes have to be read again.
    """
    row = {"from_version": "1", "to_version": "2"}
    divided = sorted({theme["was"] for theme in stock_file("coding")["themes"] if "was" in theme})
    return [
        {**row, "from_theme": code, "to_theme": "" if code == _READ_AGAIN else code, "note": "divided in version 2"}
        for code in divided
    ]


def code_rows(rng: Random, ideas: list[DemoIdea], comments: list[Row]) -> list[Row]:
    """Code the early ideas in version 1, then most ideas and some comments in version 2, a sample by two coders."""
    themes: list[dict[str, Any]] = stock_file("coding")["themes"]
    earlier = {theme["code"]: theme.get("was", theme["code"]) for theme in themes}
    early = [idea for idea in ideas if idea.posted_at < _FIRST_VERSION_UNTIL]
    rows = [_row(1, "idea", idea.id, earlier[idea.theme], CODERS[0]) for idea in early]
    coded = rng.sample(ideas, round(len(ideas) * (1 - NOT_CODED)))
    for place, idea in enumerate(coded):
        coders = CODERS if place < CODED_TWICE else (rng.choice(CODERS),)
        for coder in coders:
            rows += [_row(2, "idea", idea.id, theme, coder) for theme in _seen(rng, idea.theme, themes)]
    about = {idea.id: idea.theme for idea in ideas}
    for row in rng.sample([row for row in comments if not row["reply_to"]], CODED_COMMENTS):
        rows.append(_row(2, "comment", row["comment"], about[row["idea"]], CODERS[1]))
    return sorted(rows, key=lambda row: tuple(row.values()))


def _seen(rng: Random, theme: str, themes: list[dict[str, Any]]) -> Iterator[str]:
    """Give the theme or themes a coder sees, sometimes a neighbour's of the same element."""
    element = next(entry["element"] for entry in themes if entry["code"] == theme)
    neighbours = [entry["code"] for entry in themes if entry["element"] == element and entry["code"] != theme]
    if rng.random() < _SLIP:
        yield rng.choice(neighbours)
        return
    yield theme
    if rng.random() < _SECOND_THEME:
        yield rng.choice(neighbours)


def _row(version: int, kind: str, item: str, theme: str, coder: str) -> Row:
    return {"frame_version": str(version), "item_kind": kind, "item": item, "theme": theme, "coder": coder}
