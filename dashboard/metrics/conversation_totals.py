"""How much was said and by how many."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.filters import Selection, place
from dashboard.metrics._divided import CHOSEN, Divided
from dashboard.metrics._periods import ALL_IDEAS, votes_of_period
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, in_words

METRIC = Metric(
    key="conversation_totals",
    title="What was said, and by how many",
    question="How much took place?",
    cells=("totals", "votes_by_element", "sessions", "activity_by_day", "votes_by_period"),
    columns=(Column("measure", "Measure"), Column("count", "Count", "count")),
    chart=Chart(kind="none", category="measure", values=("count",)),
    measure="Participants and what they contributed",
    numerator="Participants: people who voted, posted or commented. Ideas that stand, comments and votes that count; "
    "live sessions and the feedback points they left",
    denominator="None: these are counts",
    interval="None: everything is counted, nothing is sampled",
    source="The conversation's ideas, comments and votes after moderation; the register of sessions",
    caveat="An idea may belong to several elements, so the elements' counts must not be added up. "
    "Conversation and sessions stand side by side and are not summed",
    row=("total", "totals"),
    divisions=frozenset(
        {
            "region",
            "icb",
            "staff_group",
            "region_by_staff_group",
            "participant_type",
            "region_by_participant_type",
            "region_by_element",
            "icb_by_element",
            "staff_group_by_element",
            "region_by_element_by_staff_group",
        }
    ),
    takes_period=True,
)

LABELS: Final = {
    "participants": "Participants",
    "ideas": "Ideas",
    "comments": "Comments",
    "votes": "Votes",
    "sessions": "Sessions",
    "feedback_points": "Feedback points",
}


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a total, in the order people, conversation, sessions.

    In:   totals; with an element also votes_by_element and sessions; with a period activity_by_day and
          votes_by_period instead: people are distinct over days and are not added up, sessions are not dated here
    Out:  measure, count (null where hidden or not supplied), is_hidden
    """
    if selection.period is not None:
        found = _of_period(cells, selection)
    else:
        found = _of_everything(cells) if selection.element is None else _of_element(cells, selection.element)
    wanted = pl.DataFrame({"key": list(LABELS), "measure": list(LABELS.values())}).with_row_index("place")
    return (
        wanted.join(found, on="key", how="left")
        .sort("place")
        .select("measure", "count", pl.col("is_hidden").fill_null(value=False))
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say who said how much."""
    counts = dict(zip(table["measure"], table["count"], strict=True))
    said = [
        counted(counts[label], one)
        for label, one in (("Ideas", "idea"), ("Comments", "comment"), ("Votes", "vote"))
        if counts[label] is not None
    ]
    if not any(counts[label] for label in ("Ideas", "Comments", "Votes")):
        return "Nothing that can be shown was said here."
    people = counts["Participants"]
    subject = "Participants" if people is None else counted(people, "participant")
    return f"{subject} contributed {in_words(said)}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of participants; of votes where people are hidden or not counted."""
    for label, one in ((LABELS["participants"], "participant"), (LABELS["votes"], "vote")):
        found = table.filter(pl.col("measure") == label)
        if found.height and found["count"][0] is not None:
            return counted(found["count"][0], one)
    return ""


def _of_everything(cells: Cells) -> pl.DataFrame:
    return cells["totals"].select(pl.col("measure").alias("key"), "count", "is_hidden")


def _of_element(cells: Cells, element: str) -> pl.DataFrame:
    sessions = cells["sessions"].filter(pl.col("element") == element)
    counts = (
        cells["votes_by_element"]
        .filter(pl.col("element") == element)
        .with_columns((pl.col("agree") + pl.col("pass").fill_null(0) + pl.col("disagree")).alias("votes"))
        .unpivot(["participants", "ideas", "comments", "votes"], index="is_hidden", variable_name="key")
        .select("key", pl.col("value").alias("count"), (pl.col("is_hidden") & pl.col("value").is_null()))
    )
    held = pl.DataFrame(
        {
            "key": ["sessions", "feedback_points"],
            "count": [sessions.height, sessions["points"].sum()],
            "is_hidden": [False, False],
        },
        schema=counts.schema,
    )
    return pl.concat([counts, held])


def _of_period(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give ideas and comments posted on the days of the period and the votes cast in it."""
    votes = votes_of_period(cells, selection).filter(pl.col("element") == (selection.element or ALL_IDEAS))
    everything = (pl.col("agree") + pl.col("pass").fill_null(0) + pl.col("disagree")).alias("count")
    counts = [votes.select(pl.lit("votes").alias("key"), everything, "is_hidden")]
    if selection.element is None and selection.period is not None:
        within = pl.col("day").is_between(selection.period.first, selection.period.last)
        days = cells["activity_by_day"].filter(within)
        is_hidden = pl.col("is_hidden").any()
        counts += [
            days.select(
                pl.lit(name).alias("key"),
                pl.when(~is_hidden).then(pl.col(name).sum()).alias("count"),
                is_hidden.alias("is_hidden"),
            )
            for name in ("ideas", "comments")
        ]
    return pl.concat(counts)


PART: Final = replace(
    METRIC,
    takes_period=False,
    columns=(*METRIC.columns, Column("england", "England", "count")),
    measure="Participants there and the votes they cast, beside England",
    caveat=f"{METRIC.caveat}. Ideas, comments and sessions carry no place and are counted for England only",
)


def derive_part(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give participants and votes of a place or group beside England's; votes are hidden where only a band is given."""
    england = derive(cells, replace(selection, regions=(), icbs=(), staff_groups=(), participant_types=())).filter(
        pl.col("measure").is_in([LABELS["participants"], LABELS["votes"]])
    )
    chosen = cells[CHOSEN]
    if selection.element is not None:
        chosen = chosen.filter(pl.col("element") == selection.element)
    votes = pl.col("agree") + pl.col("pass").fill_null(0) + pl.col("disagree")
    part = chosen.select(pl.col("participants").alias(LABELS["participants"]), votes.alias(LABELS["votes"])).unpivot(
        variable_name="measure", value_name="part"
    )
    beside = england.rename({"count": "england"}).join(part, on="measure", how="left", maintain_order="left")
    return beside.select(
        "measure", pl.col("part").alias("count"), "england", pl.col("part").is_null().alias("is_hidden")
    )


def headline_part(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many took part there and how much they voted, beside England."""
    rows = {row["measure"]: row for row in table.iter_rows(named=True)}
    people, votes = rows[LABELS["participants"]], rows[LABELS["votes"]]
    if people["count"] is None:
        return f"{place(selection)}: the number who took part is hidden."
    england = "" if people["england"] is None else f" of {people['england']:,} in England"
    cast = "" if votes["count"] is None else f" and cast {counted(votes['count'], 'vote')}"
    return f"{place(selection)}: {counted(people['count'], 'person', 'people')}{england} took part{cast}."


DIVIDED: Final = Divided(PART, derive_part, headline_part, base)
