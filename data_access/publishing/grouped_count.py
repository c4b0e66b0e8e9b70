"""Who took part in which slice, by region, board, staff group and type: what protection works on."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from data_access.publishing.calendar import FIRST_DAY
from data_access.publishing.days import people_by_day
from data_access.publishing.ground import Ground
from data_access.publishing.slices import element_labels, element_members, theme_labels, theme_members
from data_access.reference.lattice import EVERYONE, Lattice
from data_access.vocabulary import NOT_STATED

_MONDAY = date(1970, 1, 5)  # weeks count from the first Monday there was


def can_be_grouped(ground: Ground) -> bool:
    """Say whether participants carry a region or a staff group at all; a Polis export's do not."""
    people = ground.material.participants
    return bool(people.select((pl.col("region").is_not_null() | pl.col("staff_group").is_not_null()).any()).item())


def places(ground: Ground, lattice: Lattice) -> pl.DataFrame:
    """Give everybody who took part with one label a partition: participant and the partitions."""
    names = [partition.name for partition in lattice.partitions]
    declared = ground.material.participants.select("participant", *names)
    everyone = ground.presence.select("participant").unique().collect()
    joined = everyone.join(declared, on="participant", how="left").sort("participant")
    return joined.with_columns(pl.col(names).replace("", None).fill_null(NOT_STATED))


def memberships(ground: Ground, lattice: Lattice, through: date) -> pl.DataFrame:
    """Give who is in which slice: participant, family, slice; each once.

    Weeks count people whose contribution still stands, so that no week holds anybody that everybody does not;
    only weeks that are over by `through` are there. Ideas only with enough voters.
    """
    presence = ground.presence.collect()
    everyone = presence.select("participant").unique().with_columns(family=pl.lit(EVERYONE), slice=pl.lit(""))
    elements = _slices(ground, element_members(ground), element_labels(), "element")
    themes = _slices(ground, theme_members(ground), theme_labels(ground), "theme")
    days = people_by_day(ground).collect().with_columns(_no_earlier(ground.facts.opens_on))
    weeks = days.with_columns(slice=week_of("day")).join(everyone, on="participant", how="semi")
    over = weeks.filter(pl.col("slice") + timedelta(days=6) <= through)
    parts = [
        everyone,
        presence.join(elements, on="root").select("participant", family=pl.lit("element"), slice="name"),
        presence.join(themes, on="root").select("participant", family=pl.lit("theme"), slice="name"),
        over.select("participant", family=pl.lit("week"), slice=pl.col("slice").dt.to_string("iso")),
        voters_of_ideas(ground, lattice.family("idea").smallest_voters),
    ]
    return pl.concat([part.unique() for part in parts]).sort("family", "slice", "participant")


def voters_of_ideas(ground: Ground, smallest: int) -> pl.DataFrame:
    """Give who voted on each idea with enough voters: participant, family, slice (the source's id of the idea)."""
    votes = ground.counted.select("participant", "root").unique().collect()
    enough = votes.group_by("root").len().filter(pl.col("len") >= smallest)
    named = votes.join(enough, on="root", how="semi").join(ground.live.rename({"idea": "root"}), on="root")
    return named.select("participant", family=pl.lit("idea"), slice="id")


def counted(members: pl.DataFrame, places_: pl.DataFrame) -> pl.DataFrame:
    """Count distinct participants of every slice at the finest division: family, slice, partitions, participants."""
    names = [name for name in places_.columns if name != "participant"]
    return (
        members.join(places_, on="participant")
        .group_by("family", "slice", *names)
        .agg(participants=pl.col("participant").n_unique().cast(pl.Int64))
        .sort("family", "slice", *names)
    )


def votes_cast(ground: Ground, places_: pl.DataFrame) -> pl.DataFrame:
    """Give every vote that counts in every slice it falls in: family, slice, partitions, participant, value."""
    votes = ground.counted.collect()
    elements = _slices(ground, element_members(ground), element_labels(), "element")
    themes = _slices(ground, theme_members(ground), theme_labels(ground), "theme")
    ideas = ground.live.select(root="idea", name="id")
    parts = [votes.select("participant", "value", family=pl.lit(EVERYONE), slice=pl.lit(""))]
    for family, slices in (("element", elements), ("theme", themes), ("idea", ideas)):
        parts.append(votes.join(slices, on="root").select("participant", "value", family=pl.lit(family), slice="name"))
    return pl.concat(parts).join(places_, on="participant")


def week_of(day: str) -> pl.Expr:
    """Give the Monday of a column of days counted since 1970."""
    since_monday = pl.col(day) - (_MONDAY - FIRST_DAY).days
    return (since_monday - since_monday % 7 + (_MONDAY - FIRST_DAY).days).cast(pl.Int32).cast(pl.Date)


def _no_earlier(opens_on: date | None) -> pl.Expr:
    """Count what came before the first day with the first week: a handful of early testers is no week."""
    day = pl.col("day")
    return day if opens_on is None else pl.max_horizontal(day, pl.lit((opens_on - FIRST_DAY).days)).alias("day")


def _slices(ground: Ground, members: pl.DataFrame, labels: pl.DataFrame, name: str) -> pl.DataFrame:
    """Give the slices each idea that stands is in, 'Not yet coded' for those in none: root, name."""
    coded = members.select("idea").unique()
    rest = ground.live.join(coded, on="idea", how="anti").select("idea", label=pl.lit(labels["label"].max(), pl.Int64))
    named = pl.concat([members, rest]).join(labels, on="label")
    return named.select(root="idea", name=pl.col(name))
