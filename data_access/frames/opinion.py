"""What opinion is worked out from: votes by closed week, who could have voted, opinion groups, surveys."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.frames.table import BALANCE, MEASURED, Table

OPINION_TABLES: Final[tuple[Table, ...]] = (
    Table(
        "votes_by_idea_week",
        "Votes on each idea as they stood at the close of each week, everything cast until then taken together.",
        {
            "conversation": pl.String,
            "idea": pl.String,
            "week": pl.Date,
            "agree": pl.Int64,
            "pass": pl.Int64,
            "disagree": pl.Int64,
        },
        key=("conversation", "idea", "week"),
        notes={
            "idea": "an idea that stood at that close; merged ideas together from the week they were merged",
            "week": "the Monday it begins with; weeks that are over and in which its votes changed; others are as "
            "the one before",
            "agree": "every participant saw these totals on the platform, so they are exact",
        },
    ),
    Table(
        "votes_by_element_week",
        "Votes cast in each closed week on the ideas of each element, with the value that stood at its end.",
        {
            "conversation": pl.String,
            "element": pl.String,
            "week": pl.Date,
            "agree": pl.Int64,
            "pass": pl.Int64,
            "disagree": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "element", "week"),
        measures=("agree", "pass", "disagree"),
        unit="participants who voted on an idea of the element that week",
        notes={
            "element": "in official order, 'Not yet coded' last; elements of the idea as it stood at that close",
            "week": "the Monday it begins with; only weeks that are over",
            "agree": "a participant's vote on an idea counts once a week; one changed later counts in both weeks",
        },
    ),
    Table(
        "idea_exposure",
        "How many could have voted on each idea: participants still voting in or after the week it was posted.",
        {
            "conversation": pl.String,
            "idea": pl.String,
            "posted_week": pl.Date,
            "could_vote": pl.Int64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "idea"),
        measures=("could_vote",),
        unit="participants who voted on anything in or after that week",
        notes={
            "posted_week": "the Monday of the week its earliest part was posted; ideas without a date are absent",
            "could_vote": "weeks are taken together until each step has k participants or more",
        },
    ),
    Table(
        "own_votes",
        "Votes that authors cast on ideas of their own, in one row.",
        {
            "conversation": pl.String,
            "authors": pl.Int64,
            "votes": pl.Int64,
            "agree_band": pl.String,
            "is_hidden": pl.Boolean,
        },
        key=("conversation",),
        measures=("authors", "votes"),
        unit="authors who voted on an idea of their own",
        notes={"agree_band": "where the share of agree among these votes lies, per cent; empty where hidden"},
    ),
    Table(
        "vote_clustering",
        "How much less a vote is worth than an independent answer, because one person casts many.",
        {
            "conversation": pl.String,
            "slice": pl.String,
            "design_effect": pl.Float64,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "slice"),
        measures=("design_effect",),
        unit="participants who agreed or disagreed there",
        notes={
            "slice": "an element, 'Not yet coded', or 'All ideas'",
            "design_effect": "variance of the agree share with whole participants drawn, over that with votes drawn; "
            "at least 1, rounded up to a tenth",
        },
    ),
    Table(
        "votes_by_opinion_group",
        "Votes on each idea by the opinion groups the source supplied; all groups of an idea or none.",
        {
            "conversation": pl.String,
            "idea": pl.String,
            "opinion_group": pl.String,
            **BALANCE,
            "is_hidden": pl.Boolean,
        },
        key=("conversation", "idea", "opinion_group"),
        measures=MEASURED,
        unit="participants of the group who voted on the idea",
        notes={
            "opinion_group": "as the source names it; groups smaller than the threshold are always hidden",
            "is_hidden": "true for the whole idea where any group, or those in no group, are 1 to k-1 voters",
        },
    ),
    Table(
        "words_by_element",
        "Words that at least a threshold of participants used in ideas and comments on an element.",
        {"conversation": pl.String, "element": pl.String, "word": pl.String, "used_by_at_least": pl.Int64},
        key=("conversation", "element", "word"),
        notes={"used_by_at_least": "lower bound of a step (k, 2k, 5k, 10k, 20k participants), never the count itself"},
    ),
    Table(
        "survey_scores",
        "Scores of the NHS Staff Survey by element, as published elsewhere and loaded beside the conversation.",
        {
            "conversation": pl.String,
            "element": pl.String,
            "year": pl.Int64,
            "source": pl.String,
            "score": pl.Float64,
            "responses": pl.Int64,
        },
        key=("conversation", "element", "year", "source"),
        notes={"score": "out of 10, higher is better", "responses": "staff who answered; empty if not loaded"},
    ),
)
