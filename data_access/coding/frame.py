"""Versions of a coding frame: what an earlier code stands for now, and which codes of a post count.

A code belongs to the version it was given in and is kept as it was. To count it in the newest version it is
carried forward one version at a time: by the map, where the map names it; otherwise to the theme of the same code;
otherwise it cannot be carried and is listed, never dropped in silence.

Of a post, the codes of the newest version it was coded in count, and a person's before an accepted suggestion.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from itertools import pairwise
from typing import Final

import polars as pl

ACCEPTED: Final = "accepted suggestion"  # the coder of suggestions that a person accepted
PEOPLE: Final = "people"

THEMES: Final = pl.Schema(
    {
        "frame_version": pl.Int64,
        "code": pl.String,
        "name": pl.String,
        "element": pl.String,
        "parent": pl.String,
        "definition": pl.String,
    }
)
CODES: Final = pl.Schema(
    {
        "frame_version": pl.Int64,
        "item_kind": pl.String,
        "item_source_id": pl.String,
        "theme_code": pl.String,
        "coder": pl.String,
    }
)
MAP: Final = pl.Schema(
    {"from_version": pl.Int64, "from_theme": pl.String, "to_version": pl.Int64, "to_theme": pl.String}
)
PATHS: Final = pl.Schema({"from_version": pl.Int64, "from_theme": pl.String, "to_theme": pl.String, "state": pl.String})
_ITEM: Final = ("item_kind", "item_source_id")
_Key = tuple[int, str]


class State(StrEnum):
    """What became of a theme of some version in the newest one."""

    NEWEST = "newest"
    KEPT = "kept"
    MAPPED = "re-mapped"
    LOST = "not mappable"


def newest_version(themes: pl.DataFrame) -> int | None:
    """Give the number of the newest version, None where there is no frame."""
    number = themes["frame_version"].max()
    return number if isinstance(number, int) else None


def paths(themes: pl.DataFrame, theme_map: pl.DataFrame) -> pl.DataFrame:
    """Say what each theme of each version has become in the newest.

    In:   THEMES and MAP; an empty `to_theme` says that no theme covers it any more.
    Out:  PATHS: a row for each theme it has become, and one with an empty `to_theme` where there is none;
          sorted by all columns.
    """
    known = sorted(set(themes.select("frame_version", "code").rows()))
    targets = _targets(known, theme_map)
    newest = newest_version(themes)
    rows = []
    for version, code in known:
        became = targets[version, code]
        state = State.NEWEST if version == newest else _state(code, became)
        rows += [(version, code, to_theme, state.value) for to_theme in sorted(became) or [""]]
    return pl.DataFrame(sorted(rows), PATHS, orient="row")


def standing_codes(codes: pl.DataFrame, became: pl.DataFrame) -> pl.DataFrame:
    """Give the codes that count, in themes of the newest version.

    In:   CODES, and the PATHS of the frame.
    Out:  item_kind, item_source_id, theme (empty where the code cannot be carried, or names no theme), frame_version
          (in which it was given), theme_code (as given), basis ('people' or 'accepted suggestion'); each once,
          sorted.
    """
    based = codes.with_columns(
        basis=pl.when(pl.col("coder") == ACCEPTED).then(pl.lit(ACCEPTED)).otherwise(pl.lit(PEOPLE))
    )
    by_people = based.filter(pl.col("basis") == PEOPLE)
    accepted = based.filter(pl.col("basis") == ACCEPTED).join(by_people, on=_ITEM, how="anti")
    current = pl.concat([by_people, accepted]).filter(
        pl.col("frame_version") == pl.col("frame_version").max().over(_ITEM)
    )
    keys = {"frame_version": "from_version", "theme_code": "from_theme"}
    carried = current.join(
        became.select(*keys.values(), "to_theme"), left_on=list(keys), right_on=list(keys.values()), how="left"
    )
    named = carried.select(
        *_ITEM, pl.col("to_theme").fill_null("").alias("theme"), "frame_version", "theme_code", "basis"
    )
    return named.unique().sort(named.columns)


def _targets(known: list[_Key], theme_map: pl.DataFrame) -> dict[_Key, frozenset[str]]:
    """Work backwards from the newest version: every theme of a version knows what its successors have become."""
    told: dict[_Key, list[_Key]] = defaultdict(list)
    for from_version, from_theme, to_version, to_theme in theme_map.select(list(MAP)).rows():
        told[from_version, from_theme].append((to_version, to_theme or ""))
    versions = sorted({version for version, _ in known})
    following = dict(pairwise(versions))
    targets: dict[_Key, frozenset[str]] = {}
    for version, code in sorted(known, reverse=True):
        if version not in following:
            targets[version, code] = frozenset({code})
            continue
        ahead = [key for key in told[version, code] if key[0] > version]
        successors = ahead or [(following[version], code)]
        targets[version, code] = frozenset().union(*(targets.get(key, frozenset()) for key in successors))
    return targets


def _state(code: str, became: frozenset[str]) -> State:
    if not became:
        return State.LOST
    return State.KEPT if became == {code} else State.MAPPED
