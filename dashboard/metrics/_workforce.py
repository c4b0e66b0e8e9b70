"""Participants held against a workforce that the customer loaded: nothing is estimated, what lacks is said.

Response rate = participants / headcount. Representativeness = participants of a group / participants of all groups
compared - headcount of the group / headcount of the same groups, in percentage points. Its interval is that of
E. B. Wilson for the first share (J. Am. Stat. Assoc. 22 (1927) 209-212) less the second, which is a count and not a
sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.metrics._intervals import wilson
from dashboard.specs import Cells
from dashboard.wording import counted, day, in_words, whole_per_cent
from data_access.reference import icb_name
from data_access.vocabulary import ENGLAND, NOT_STATED

MORE: Final = "more than their share"
FEWER: Final = "fewer than their share"
UNCLEAR: Final = "no clear difference"
UNKNOWN: Final = "cannot be compared"
RATE: Final = "Response rate = participants ÷ workforce"
SHARES: Final = "Share of participants − share of workforce, in percentage points; Wilson interval"


@dataclass(frozen=True)
class Division:
    """What is divided: the grouped table and its column, the words for one and several, and columns that are empty.

    `limit`: how many groups a chart draws, where they are too many for one; the table has all.
    """

    table: str
    column: str
    words: tuple[str, str]
    finer: tuple[str, ...]
    limit: int = 0


REGIONS: Final = Division("region", "region", ("region", "regions"), ("icb", "staff_group"))
BOARDS: Final = Division("icb", "icb", ("ICB", "ICBs"), ("staff_group",), limit=12)
STAFF_GROUPS: Final = Division("staff_group", "staff_group", ("staff group", "staff groups"), ("region", "icb"))


def named(label: str, column: str) -> str:
    """Give a label as people read it: a board by its short name."""
    if column != "icb" or label == NOT_STATED:
        return label
    name = icb_name(label) or label
    return name.removeprefix("NHS ").removesuffix(" Integrated Care Board")


def baseline(cells: Cells, division: Division) -> pl.DataFrame:
    """Give the newest workforce loaded by a division: `group`, workforce, of_all, as_at, source."""
    is_own = pl.col(division.column).is_not_null() & pl.all_horizontal(
        pl.col(name).is_null() for name in division.finer
    )
    rows = cells["workforce"].filter(is_own)
    newest = rows.filter(pl.col("as_at") == pl.col("as_at").max())
    return newest.select("of_all", "as_at", "source", group=division.column, workforce="headcount")


def england(cells: Cells) -> pl.DataFrame:
    """Give the newest workforce loaded for all of England: one row, or none."""
    rows = cells["workforce"].filter(pl.all_horizontal(pl.col("region", "icb", "staff_group").is_null()))
    newest = rows.sort("as_at").tail(1)
    return newest.select("of_all", "as_at", "source", group=pl.lit(ENGLAND), workforce="headcount")


def held_together(cells: Cells, division: Division) -> pl.DataFrame:
    """Put participants and workforce of each group side by side, groups without either too.

    Out:  group, participants (null where hidden or not published), is_hidden, workforce, of_all, as_at, source
    """
    people = cells[division.table].select("participants", "is_hidden", group=division.column)
    both = people.join(baseline(cells, division), on="group", how="full", coalesce=True)
    return both.with_columns(pl.col("is_hidden").fill_null(value=False)).filter(pl.col("group") != NOT_STATED)


def compared(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep the groups that have both participants and a workforce; none where it is one: it is all of itself."""
    both = rows.filter(pl.col("participants").is_not_null() & pl.col("workforce").is_not_null())
    return both if both.height > 1 else both.clear()


def with_rates(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the response rate: participants / workforce; null where either is missing."""
    return rows.with_columns(rate=pl.when(pl.col("workforce") > 0).then(pl.col("participants") / pl.col("workforce")))


def with_differences(rows: pl.DataFrame) -> pl.DataFrame:
    """Add shares among the groups that can be compared, their difference with its interval, and its words.

    Groups that are hidden or lack a workforce are in neither sum, so that both shares are of the same groups.
    """
    known = compared(rows)
    people, heads = (pl.lit(int(known[name].sum()), pl.Int64) for name in ("participants", "workforce"))
    own = pl.when(pl.col("group").is_in(known["group"].to_list()))
    shares = rows.with_columns(
        share=own.then(pl.col("participants") / people), held=own.then(pl.col("workforce") / heads)
    )
    low, high = wilson(pl.col("participants"), people)
    told = shares.with_columns(
        difference=pl.col("share") - pl.col("held"), low=low - pl.col("held"), high=high - pl.col("held")
    )
    return told.with_columns(
        pl.when(pl.col("difference").is_null()).then(pl.lit(None, pl.Float64)).otherwise(pl.col(name)).alias(name)
        for name in ("low", "high")
    ).with_columns(
        verdict=pl.when(pl.col("difference").is_null())
        .then(pl.lit(UNKNOWN))
        .when(pl.col("low") > 0)
        .then(pl.lit(MORE))
        .when(pl.col("high") < 0)
        .then(pl.lit(FEWER))
        .otherwise(pl.lit(UNCLEAR))
    )


def sources(cells: Cells, division: Division) -> str:
    """Say where the newest workforce comes from and how old it is, or that none is loaded."""
    rows = baseline(cells, division)
    if rows.is_empty():
        return (
            f"No workforce by {division.words[0]} is loaded. It comes by the template's table workforce; until then "
            "nothing stands in for it."
        )
    names = in_words(sorted(set(rows["source"])))
    return f"Workforce: {names}, as at {day(rows['as_at'][0])}."


def coverage(rows: pl.DataFrame, division: Division) -> tuple[str, ...]:
    """Say among how many groups shares are worked out, where that is not all of the workforce loaded."""
    known = compared(rows)
    if known.is_empty() or int(known["workforce"].sum()) == known["of_all"][0]:
        return ()
    part = whole_per_cent(int(known["workforce"].sum()) / known["of_all"][0])
    return (f"Shares are among the {counted(known.height, *division.words)} compared, {part} of the workforce loaded.",)


def lacking(rows: pl.DataFrame, division: Division) -> tuple[str, ...]:
    """Name the groups without a workforce, though others have one: nothing is estimated for them."""
    names = sorted(named(group, division.column) for group in rows.filter(pl.col("workforce").is_null())["group"])
    if not names or len(names) == rows.height:
        return ()
    several = counted(len(names), *division.words)
    return (f"No workforce is loaded for {several}: {in_words(names)}.",)


def listed_groups(cells: Cells) -> tuple[str, ...]:
    """Say which list staff groups come from, and how many labels it does not have."""
    found: Mapping[str, object] = next(iter(cells["staff_group_list"].to_dicts()), {})
    if not found:
        return ()
    if not found["scheme"]:
        return ("No known list of staff groups was declared for this conversation; labels are as they were given.",)
    odd = int(str(found["labels_not_listed"]))
    extra = f" {counted(odd, 'label')} in use {'is' if odd == 1 else 'are'} not in it." if odd else ""
    return (f"Staff groups as in the list: {found['scheme']}.{extra}",)
