"""Who took part over time, how unevenly, and the workforce they are held against."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import Table

_ACTIVE: Final = "participants who did something that week"
_WEEK: Final = "the Monday it begins with; only weeks that are over"

PARTICIPATION_TABLES: Final[tuple[Table, ...]] = (
    Table(
        "participants_by_week",
        "Distinct participants of each closed week, Monday to Sunday.",
        {"conversation": pl.String, "week": pl.Date, "participants": pl.Int64, "is_hidden": pl.Boolean},
        key=("conversation", "week"),
        measures=("participants",),
        unit=_ACTIVE,
        notes={
            "week": f"{_WEEK}; every week from the first to the last with activity, quiet weeks at 0",
            "participants": "whose contributions still stand; people come in several weeks, so weeks do not add up",
        },
    ),
    Table(
        "joiners_by_week",
        "Participants of each closed week who came for the first time, and those who came again.",
        {
            "conversation": pl.String,
            "week": pl.Date,
            "new": pl.Int64,
            "returning": pl.Int64,
            "joined": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "week"),
        measures=("new", "returning", "joined"),
        unit=_ACTIVE,
        notes={
            "week": _WEEK,
            "joined": "everybody who had come by the end of that week. Where a week is hidden a neighbour is hidden "
            "with it, so that the difference of two weeks that are shown never gives a small number away",
        },
    ),
    Table(
        "retention",
        "Of those who first came in a week, how many came in each later one.",
        {
            "conversation": pl.String,
            "first_week": pl.Date,
            "weeks_later": pl.Int64,
            "participants_then": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "first_week", "weeks_later"),
        measures=("participants_then",),
        unit=_ACTIVE,
        notes={
            "weeks_later": "0 is the first week itself, so its row gives the size of the group",
            "participants_then": "of the group, who came in that week; hidden too where fewer than k of it did not",
        },
    ),
    Table(
        "concentration",
        "How large a share of the votes the most active tenth of voters cast.",
        {
            "conversation": pl.String,
            "voters": pl.Int64,
            "top_voters": pl.Int64,
            "top_share_per_cent": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation",),
        measures=("voters", "top_voters", "top_share_per_cent"),
        unit="participants with a vote that counts",
        notes={
            "top_voters": "a tenth of the voters, rounded up",
            "top_share_per_cent": "a whole per cent, and only where the tenth has k voters or more and no single one "
            "of them weighs so much that the others' votes would give theirs away",
        },
    ),
    Table(
        "workforce",
        "The workforce that participants are held against, as the customer loaded it; dated, with its source.",
        {
            "conversation": pl.String,
            "as_at": pl.Date,
            "region": pl.String,
            "icb": pl.String,
            "staff_group": pl.String,
            "headcount": pl.Int64,
            "of_all": pl.Int64,
            "source": pl.String,
        },
        key=("conversation", "as_at", "region", "icb", "staff_group"),
        notes={
            "region": "empty in a row about all of England and in rows by staff group",
            "icb": "code of the board; empty in rows that are not by board",
            "headcount": "as loaded; nothing is estimated, and what was not loaded is not there",
            "of_all": "sum of the headcounts loaded for that date and that kind of division",
        },
    ),
    Table(
        "staff_group_list",
        "The one list of staff groups a conversation declares, and how its labels fit.",
        {
            "conversation": pl.String,
            "scheme": pl.String,
            "labels": pl.Int64,
            "labels_not_listed": pl.Int64,
        },
        key=("conversation",),
        notes={
            "scheme": "empty where none was declared or the one declared is unknown",
            "labels": "different staff groups in use among participants",
            "labels_not_listed": "of them, those that are not in the list; they are kept as they are",
        },
    ),
)
