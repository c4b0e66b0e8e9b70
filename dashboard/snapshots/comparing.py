"""Say in words what changed between two snapshots: what they cover, numbers, ranks, statuses, what came and went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dashboard.snapshots.figures import Figure
from dashboard.specs import Column
from dashboard.wording import HIDDEN, cell, counted, day, verb

NUMBERS: Final = ("count", "share", "number", "ratio")
MOST_MOVES: Final = 5  # of one figure, told singly; the rest are counted
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
RANKED: Final = 3  # places up or down that are worth a sentence
# What both manifests say of themselves, in the order it is told.
FACTS: Final = (
    ("conversation", "The conversation"),
    ("release", "The release"),
    ("data_to", "The last day of data"),
    ("threshold", "The threshold"),
    ("filters", "The filters"),
    ("plan_as_at", "The day of the plan"),
    ("method", "The method"),
    ("code_version", "The version of the software"),
)


@dataclass(frozen=True)
class Change:
    """One sentence about one thing; `figure` is the title of the figure it is about, '' for all."""

    figure: str
    said: str


def compare(
    before: Mapping[str, Any], after: Mapping[str, Any], old: Sequence[Figure], new: Sequence[Figure]
) -> list[Change]:
    """Compare two snapshots by their manifests and figures; nothing where they say the same."""
    found = [
        Change("", f"{what} was {_said(before.get(name))}, now {_said(after.get(name))}.")
        for name, what in FACTS
        if before.get(name) != after.get(name)
    ]
    earlier, later = ({figure.key: figure for figure in figures} for figures in (old, new))
    for key in [*earlier, *(key for key in later if key not in earlier)]:
        if key not in later:
            found.append(Change(earlier[key].title, "is only in the earlier snapshot."))
        elif key not in earlier:
            found.append(Change(later[key].title, "is only in the later snapshot."))
        else:
            found += _figures(earlier[key], later[key])
    return found


def _figures(before: Figure, after: Figure) -> list[Change]:
    title = after.title
    if before.columns != after.columns:
        return [Change(title, "has other columns now and cannot be compared row by row.")]
    found = (
        [Change(title, f"‘{before.headline}’ became ‘{after.headline}’")] if before.headline != after.headline else []
    )
    old, new = (_named(figure) for figure in (before, after))
    gone, come = [name for name in old if name not in new], [name for name in new if name not in old]
    found += [Change(title, said) for said in (_listed(gone, "no longer there"), _listed(come, "new")) if said]
    moved = [said for name in new if name in old for said in _cells(name, before, old[name], new[name])]
    found += [Change(title, said) for said in moved[:MOST_MOVES]]
    if len(moved) > MOST_MOVES:
        rest = len(moved) - MOST_MOVES
        found.append(
            Change(title, f"{counted(rest, 'more number')} {verb(rest, 'differs', 'differ')}; the data books have all.")
        )
    return found + [Change(title, said) for said in _ranks(list(old), list(new))]


def _cells(name: str, figure: Figure, old: Sequence[Any], new: Sequence[Any]) -> list[str]:
    found = []
    for at, (was, now) in enumerate(zip(old, new, strict=True)):
        if was == now or at == figure.category:
            continue
        kind = figure.kinds[at]
        if kind == "status":
            found.append(f"{name}: {was} became {now}.")
        elif kind in NUMBERS:
            found.append(f"{name}, {figure.columns[at].lower()}: {_number(was, kind)} became {_number(now, kind)}.")
    return found


def _ranks(old: list[str], new: list[str]) -> list[str]:
    """Tell the rows that moved by three places and more among the rows both have, the farthest first."""
    both = [name for name in new if name in set(old)]
    places = {name: at for at, name in enumerate(name for name in old if name in set(new))}
    moves = [(places[name] - at, name, at) for at, name in enumerate(both)]
    far = sorted((move for move in moves if abs(move[0]) >= RANKED), key=lambda move: (-abs(move[0]), move[2]))
    return [
        f"{name} moved {verb(1 if by > 0 else 2, 'up', 'down')} from place {places[name] + 1} to {at + 1}."
        for by, name, at in far[:MOST_MOVES]
    ]


def _listed(names: list[str], what: str) -> str:
    if not names:
        return ""
    shown = ", ".join(f"‘{name}’" for name in names[:MOST_MOVES])
    rest = f" and {len(names) - MOST_MOVES} more" if len(names) > MOST_MOVES else ""
    return f"{shown}{rest}: {what}."


def _named(figure: Figure) -> dict[str, Sequence[Any]]:
    """Give rows by their category, with their other words where one category has several rows."""
    often = Counter(row[figure.category] for row in figure.rows)
    words = [at for at, kind in enumerate(figure.kinds) if kind == "text" and at != figure.category]
    found: dict[str, Sequence[Any]] = {}
    for row in figure.rows:
        own, others = str(row[figure.category]), [str(row[at]) for at in words if row[at]]
        found[f"{own} ({', '.join(others)})" if often[row[figure.category]] > 1 and others else own] = row
    return found


def _number(value: Any, kind: str) -> str:
    if value == HIDDEN or value is None:
        return HIDDEN if value == HIDDEN else "[x]"
    return cell(value, Column("value", "", kind=kind))  # type: ignore[arg-type]  # one of NUMBERS


def _said(value: Any) -> str:
    """Write a fact: a day in words, what is missing as not said."""
    if isinstance(value, str) and DAY.fullmatch(value):
        return day(date.fromisoformat(value))
    return "not said" if value in (None, "") else str(value)
