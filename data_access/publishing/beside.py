"""What stands beside the votes when they are counted: ideas, slices, weeks, authors. Small, so plain Polars."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.publishing.calendar import FIRST_DAY, WEEK_DAYS, monday_of, mondays_between
from data_access.publishing.ground import Ground
from data_access.publishing.slices import element_members, theme_labels, theme_members, with_rest
from data_access.publishing.standing_posts import comments_that_stood, ideas_that_stood
from data_access.publishing.tallies_by_week import BITS
from data_access.vocabulary import ELEMENTS, NOT_CODED

ALL_IDEAS: Final = "All ideas"
# Elements by number, 'Not yet coded' and everything last: the order of every table by element.
PLACES: Final = (*ELEMENTS, NOT_CODED, ALL_IDEAS)
NONE: Final = -1
EVERYTHING, ELEMENT, THEME, THEME_ELEMENT, THEME_PAIR = range(5)
_KEY: Final = ("family", "label", "other")


def carrying(ground: Ground) -> pl.DataFrame:
    """Give which idea carried which, when: idea, since_day, until_day, carrier."""
    stood = ground.standings.filter(pl.col("root").is_not_null())
    return stood.select("idea", "since_day", "until_day", carrier="root")


def calendar(ground: Ground) -> pl.DataFrame:
    """Give the Monday of every day on which anything happened: day, week, both as days since 1970."""
    days = [frame.select("day").drop_nulls() for frame in (ground.comments, ground.ideas)]
    found = [day for frame in days for day in (frame["day"].min(), frame["day"].max()) if isinstance(day, int)]
    ends = [*found, *(ground.rows.days or ())]
    first, last = (min(ends), max(ends)) if ends else (0, -1)
    every = pl.select(day=pl.int_range(first, last + 1, dtype=pl.Int32))
    return every.with_columns(week=monday_of("day", ground.facts.opens_on))


def closed_mondays(ground: Ground) -> list[int]:
    """Give the Mondays (days since 1970) of the weeks with or after the first vote that were over by the last day."""
    last = ground.material.data_to
    if ground.rows.days is None or last is None:
        return []
    first = pl.select(day=pl.lit(ground.rows.days[0], pl.Int32)).select(monday_of("day", ground.facts.opens_on)).item()
    return mondays_between(first, (last - FIRST_DAY).days)


def closes(ground: Ground) -> pl.DataFrame:
    """Give the closed weeks: close, a Monday."""
    return pl.DataFrame({"close": closed_mondays(ground)}, schema={"close": pl.Int32})


def words_of_weeks(ground: Ground) -> tuple[str, ...]:
    """Name the columns that hold the closed weeks as bits."""
    return tuple(f"bits_{word}" for word in range(max(1, -(-len(closed_mondays(ground)) // BITS))))


def bits(ground: Ground) -> pl.DataFrame:
    """Give each closed week's bit: week and the columns of `words_of_weeks`."""
    mondays, words = closed_mondays(ground), words_of_weeks(ground)
    columns = {
        name: [2 ** (place % BITS) if place // BITS == word else 0 for place in range(len(mondays))]
        for word, name in enumerate(words)
    }
    return pl.DataFrame({"week": mondays, **columns}, schema={"week": pl.Int32, **dict.fromkeys(words, pl.Int64)})


def steady(ground: Ground) -> pl.DataFrame:
    """Give the ideas that stood for themselves from first to last and carried no other: idea, root."""
    own = ground.standings.group_by("idea").agg(pl.len(), pl.col("root").first())
    carried = ground.standings.filter(pl.col("root") != pl.col("idea"))["root"].unique()
    alone = own.filter(
        (pl.col("len") == 1) & (pl.col("root") == pl.col("idea")) & ~pl.col("idea").is_in(carried.implode())
    )
    return alone.select("idea", "root").sort("idea")


def moved_stood(ground: Ground) -> pl.DataFrame:
    """Give which idea carried each idea that is not steady at the close of each week: idea, close, root."""
    others = carrying(ground).join(steady(ground), on="idea", how="anti")
    closing = pl.col("close") + (WEEK_DAYS - 1)
    placed = others.join(closes(ground), how="cross").filter(
        (pl.col("since_day") <= closing) & (closing < pl.col("until_day"))
    )
    return placed.select("idea", "close", root="carrier")


def elements_posted_under(ground: Ground) -> pl.DataFrame:
    """Give the elements an idea was posted under, 'Not yet coded' for none: root, element."""
    split = ground.now.select(root="idea").join(
        ground.ideas.select(root="idea", element=pl.col("elements").str.split("|")), on="root", how="left"
    )
    named = split.explode("element").with_columns(pl.col("element").str.strip_chars())
    known = pl.when(pl.col("element").is_in(ELEMENTS)).then("element").otherwise(pl.lit(NOT_CODED))
    return named.with_columns(element=known).unique().sort("root", "element")


def posted_under(ground: Ground) -> pl.DataFrame:
    """Give the elements each idea was posted under, and everything: root, element (its place in PLACES)."""
    named = elements_posted_under(ground)
    every = pl.concat([named, named.select("root", element=pl.lit(ALL_IDEAS)).unique()])
    places = {name: place for place, name in enumerate(PLACES)}
    return every.with_columns(pl.col("element").replace_strict(places, return_dtype=pl.Int64))


def sliced(ground: Ground) -> pl.DataFrame:
    """Give every slice each idea that stands is in: root, slice (a number), family, label, other.

    Families: everything; element and theme, by the labels of `slices`; theme with element, and two themes, by both.
    """
    if "sliced" not in ground.tallied:
        ground.tallied["sliced"] = _sliced(ground)
    return ground.tallied["sliced"]


def _sliced(ground: Ground) -> pl.DataFrame:
    elements = with_rest(ground, element_members(ground), len(ELEMENTS))
    members = theme_members(ground)
    themes = with_rest(ground, members, theme_labels(ground).height - 1)
    crossed = themes.join(elements.rename({"label": "other"}), on="idea")
    pairs = members.join(members.rename({"label": "other"}), on="idea").filter(pl.col("label") < pl.col("other"))
    families = {
        EVERYTHING: ground.live.select("idea", label=pl.lit(NONE, pl.Int64)),
        ELEMENT: elements,
        THEME: themes,
        THEME_ELEMENT: crossed,
        THEME_PAIR: pairs,
    }
    whole = pl.concat(
        frame.select(
            root="idea",
            family=pl.lit(family, pl.Int64),
            label="label",
            other="other" if "other" in frame.columns else pl.lit(NONE, pl.Int64),
        )
        for family, frame in families.items()
    )
    numbers = whole.select(_KEY).unique().sort(_KEY).with_row_index("slice").cast({"slice": pl.Int64})
    return whole.join(numbers, on=_KEY)


def theme_slices(ground: Ground) -> pl.DataFrame:
    """Give the themes of each idea that stands, 'Not yet coded' for none: root, label."""
    return sliced(ground).filter(pl.col("family") == THEME).select("root", "label")


def said(ground: Ground) -> pl.DataFrame:
    """Give who posted or commented under which idea that stands, and in which week: participant, root, week.

    The week is null where it has no day. Nobody without an id is there.
    """
    posted = [frame.select(participant="author", root="root", day="day") for frame in _by_authors(ground)]
    known = pl.concat(posted).filter(pl.col("participant").is_not_null())
    week = pl.when(pl.col("day").is_not_null()).then(monday_of("day", ground.facts.opens_on))
    return known.select("participant", "root", week=week)


def _by_authors(ground: Ground) -> list[pl.DataFrame]:
    return [ground.standing_comments.collect(), ground.carried_ideas.collect()]


def said_by_day(ground: Ground) -> pl.DataFrame:
    """Give who posted or commented on each day, as it stood at its close: day, participant; each once."""
    frames = (comments_that_stood(ground), ideas_that_stood(ground))
    return pl.concat([frame.select("day", "participant") for frame in frames]).drop_nulls().unique().collect()


def wrote(ground: Ground) -> pl.DataFrame:
    """Give who wrote the ideas that stand, for themselves or merged: participant, root; each once."""
    return ground.carried_ideas.select(participant="author", root="root").drop_nulls().unique().collect()
