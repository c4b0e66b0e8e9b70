"""How far coders who read the same posts agree: what was counted, and the measures worked out from it.

Only posts that two coders coded in the same version of the frame say anything. A post is one decision a theme
(given or not) and one comparison of two sets of themes. Accepted suggestions are left out: whoever accepts one has
read it first, which is no independent reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Final

import polars as pl

from data_access.coding.frame import ACCEPTED

Z_95: Final = 1.959963984540054  # 97.5 % point of the standard normal distribution
BENCHMARK: Final = 0.75  # of the mean F1; used by the UK Government's consultation analysis tool
SMALLEST_SAMPLE: Final = 30  # posts, below which no interval is given

DECISIONS: Final = pl.Schema(
    {
        "frame_version": pl.Int64,
        "theme": pl.String,
        "both": pl.Int64,
        "only_first": pl.Int64,
        "only_second": pl.Int64,
        "neither": pl.Int64,
    }
)
OVERLAPS: Final = pl.Schema(
    {
        "frame_version": pl.Int64,
        "given_first": pl.Int64,
        "given_second": pl.Int64,
        "shared": pl.Int64,
        "items": pl.Int64,
    }
)
_Item = tuple[int, str, str]


@dataclass(frozen=True)
class Estimate:
    """A measure with its 95 % interval; null ends where it cannot be given."""

    value: float | None
    low: float | None = None
    high: float | None = None


NOT_KNOWN: Final = Estimate(None)


def compared(codes: pl.DataFrame, themes: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Count how two coders decided on the posts both coded, pairs of coders taken together.

    In:   codes as CODES of `coding.frame`, themes as its THEMES.
    Out:  DECISIONS: one row a version and theme, all themes of versions with such posts, by version and theme;
          OVERLAPS: one row a version and way in which two sets of themes met, with the number of posts.
    """
    given: dict[_Item, dict[str, set[str]]] = {}
    for version, kind, item, theme, coder in codes.select(
        "frame_version", "item_kind", "item_source_id", "theme_code", "coder"
    ).rows():
        if coder != ACCEPTED:
            given.setdefault((version, kind, item), {}).setdefault(coder, set()).add(theme)
    pairs = [
        (version, coders[first], coders[second])
        for (version, _, _), coders in given.items()
        for first, second in combinations(sorted(coders), 2)
    ]
    sets = pl.DataFrame(
        [(version, len(first), len(second), len(first & second)) for version, first, second in pairs],
        pl.Schema(dict.fromkeys(("frame_version", "given_first", "given_second", "shared"), pl.Int64)),
        orient="row",
    )
    overlaps = sets.group_by(sets.columns).agg(items=pl.len().cast(pl.Int64)).sort(sets.columns)
    return _decisions(pairs, themes), overlaps.select(list(OVERLAPS))


def kappa(both: int, only_first: int, only_second: int, neither: int) -> Estimate:
    """Give Cohen's kappa of a table of two by two, with the interval of Fleiss, Cohen and Everitt.

    J. Cohen, Educ. Psychol. Meas. 20 (1960) 37-46; J. L. Fleiss, J. Cohen, B. S. Everitt, Psychol. Bull. 72 (1969)
    323-327, formula 13. Not known without decisions, or where both coders always say the same one thing.
    """
    n = both + only_first + only_second + neither
    if n == 0:
        return NOT_KNOWN
    cells = ((both / n, only_first / n), (only_second / n, neither / n))
    rows = (cells[0][0] + cells[0][1], cells[1][0] + cells[1][1])
    columns = (cells[0][0] + cells[1][0], cells[0][1] + cells[1][1])
    agreed = cells[0][0] + cells[1][1]
    by_chance = rows[0] * columns[0] + rows[1] * columns[1]
    if by_chance >= 1:
        return NOT_KNOWN
    value = (agreed - by_chance) / (1 - by_chance)
    own = sum(cells[i][i] * ((1 - by_chance) - (rows[i] + columns[i]) * (1 - agreed)) ** 2 for i in (0, 1))
    others = sum(cells[i][j] * (rows[j] + columns[i]) ** 2 for i, j in ((0, 1), (1, 0)))
    spread = own + (1 - agreed) ** 2 * others - (agreed * by_chance - 2 * by_chance + agreed) ** 2
    reach = Z_95 * sqrt(max(spread, 0.0) / n) / (1 - by_chance) ** 2
    return Estimate(value, max(value - reach, -1.0), min(value + reach, 1.0))


def mean_f1(overlaps: pl.DataFrame) -> Estimate:
    """Give the mean F1 of the sets two coders gave each post: twice what they share over all they gave.

    The interval is the mean ± 1.96 s / √n within 0 and 1, from SMALLEST_SAMPLE posts on.
    """
    items = int(overlaps["items"].sum())
    if items == 0:
        return NOT_KNOWN
    scores = (2 * overlaps["shared"] / (overlaps["given_first"] + overlaps["given_second"])).to_list()
    weights = overlaps["items"].to_list()
    mean = sum(score * weight for score, weight in zip(scores, weights, strict=True)) / items
    if items < SMALLEST_SAMPLE:
        return Estimate(mean)
    squares = sum(weight * (score - mean) ** 2 for score, weight in zip(scores, weights, strict=True))
    reach = Z_95 * sqrt(squares / (items - 1) / items)
    return Estimate(mean, max(mean - reach, 0.0), min(mean + reach, 1.0))


def _decisions(pairs: list[tuple[int, set[str], set[str]]], themes: pl.DataFrame) -> pl.DataFrame:
    versions = {version for version, _, _ in pairs}
    known = set(themes.select("frame_version", "code").rows()) | {
        (version, theme) for version, first, second in pairs for theme in first | second
    }
    rows = []
    for version, theme in sorted(key for key in known if key[0] in versions):
        said = [(theme in first, theme in second) for at, first, second in pairs if at == version]
        counts = [said.count(answer) for answer in ((True, True), (True, False), (False, True), (False, False))]
        rows.append((version, theme, *counts))
    return pl.DataFrame(rows, DECISIONS, orient="row")
