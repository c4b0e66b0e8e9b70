"""The last look before a release is written: a plain check that knows nothing of how protection works.

Every table is named here, either with its columns that count people or with the reason why it holds none
that need protection. A table nobody thought of is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from data_access.frames import GROUPED_TABLES

# table → columns in which 1 to k-1 must not appear
PEOPLE: Final[Mapping[str, tuple[str, ...]]] = {
    "votes_by_element": ("participants", "voters"),
    "votes_by_theme": ("participants", "voters"),
    "activity_by_day": ("participants",),
    "participants_by_week": ("participants",),
    "joiners_by_week": ("new", "returning", "joined"),
    "retention": ("participants_then",),
    "concentration": ("voters", "top_voters"),
    "words": ("used_by_at_least",),
    "themes_by_element": ("participants",),
    "theme_pairs": ("participants",),
    "themes_by_week": ("participants",),
    "session_attendance": ("attended",),
    "programme_figures": ("count",),
    "programme_roles": ("attended",),
    "programme_confidence": ("answered", "confident"),
    "words_by_element": ("used_by_at_least",),
    "idea_exposure": ("could_vote",),
    "own_votes": ("authors",),
    "votes_by_opinion_group": ("voters",),
    **{table.name: table.measures for table in GROUPED_TABLES},
}
PEOPLE_MEASURES: Final = frozenset({"registered", "signed_in", "voters", "commenters", "contributors", "participants"})
THINGS: Final = frozenset({"ideas", "comments", "votes", "sessions", "feedback_points"})
EXEMPT: Final[Mapping[str, str]] = {
    "conversations": "facts of the conversation; rows of files, not people",
    "votes_by_idea": "every participant saw the votes on an idea",
    "lineage": "every participant saw the votes on an idea",
    "idea_origins": "which ideas, and weeks that enough people took part in; not who",
    "supplied_votes_by_idea": "the source showed its totals to everybody",
    "votes_by_idea_week": "every participant saw the votes on an idea as they stood at each close",
    "votes_by_element_week": "votes, whose sums over ideas every participant saw; voters are not given",
    "votes_by_period": "votes, hidden where fewer than k participants cast them; voters are not given",
    "vote_clustering": "a ratio of variances over k participants or more, rounded up",
    "survey_scores": "published elsewhere; nobody's record",
    "workforce": "the customer's own statistics of employment; nobody's record here",
    "staff_group_list": "labels, not people",
    "idea_elements": "which ideas, not who",
    "idea_themes": "which ideas, not who",
    "coding_frame": "posts, not people",
    "theme_paths": "posts, not people",
    "item_themes": "which posts, not who",
    "coded_by_source": "posts, not people",
    "suggested_codes": "posts, not people",
    "coder_decisions": "posts; coders are no participants and are not named",
    "coder_overlaps": "posts; coders are no participants and are not named",
    "moderation": "events, ideas, votes and comments, not people",
    "sessions": "notes have no participants",
    "session_points": "notes have no participants",
    "programmes": "programmes and places, not people",
    "cohorts": "dates and places, not people",
    "cohort_figures": "bands as wide as the threshold, never counts",
    "feedback_by_question": "notes have no participants",
    "texts": "wording, checked for personal details",
}
FORBIDDEN_IN_TEXT: Final = frozenset(
    {"author", "participant", "region", "icb", "organisation", "staff_group", "posted_at", "day"}
)


def faults(tables: Mapping[str, pl.DataFrame], thresholds: Mapping[str, int]) -> list[str]:
    """Give every place where a release would show what it must not, without the number itself.

    In:   the tables by name, each with `conversation`; the threshold of each conversation.
    """
    found: list[str] = []
    for name, frame in sorted(tables.items()):
        if name == "totals":
            found += _total_faults(frame, thresholds)
        elif name == "booking_notes":
            found += _note_faults(frame, thresholds)
        elif name in PEOPLE:
            for column in PEOPLE[name]:
                found += _column_faults(name, column, frame, thresholds)
        elif name not in EXEMPT:
            found.append(f"{name}: nobody said whether this table counts people")
    found += [f"texts: carries {column}" for column in sorted(FORBIDDEN_IN_TEXT & set(tables["texts"].columns))]
    held = tables["texts"].filter(pl.col("is_held_back") & ((pl.col("title") != "") | (pl.col("text") != "")))
    return found + ([f"texts: {held.height} held back and yet worded"] if held.height else [])


def _note_faults(frame: pl.DataFrame, thresholds: Mapping[str, int]) -> list[str]:
    """Cohorts are no people; every other fault of bookings is."""
    return _column_faults(
        "booking_notes", "count", frame.filter(~pl.col("fault").str.starts_with("cohorts")), thresholds
    )


def _column_faults(name: str, column: str, frame: pl.DataFrame, thresholds: Mapping[str, int]) -> list[str]:
    found = []
    for conversation, count in zip(frame["conversation"], frame[column], strict=True):
        if count is not None and 1 <= count < thresholds[conversation]:
            found.append(f"{name}: {column} of a row of {conversation} is under {thresholds[conversation]}")
    return found


def _total_faults(frame: pl.DataFrame, thresholds: Mapping[str, int]) -> list[str]:
    found = []
    for conversation, measure, count in frame.select("conversation", "measure", "count").rows():
        if measure not in PEOPLE_MEASURES | THINGS:
            found.append(f"totals: nobody said whether {measure} counts people")
        elif measure in PEOPLE_MEASURES and count is not None and 1 <= count < thresholds[conversation]:
            found.append(f"totals: {measure} of {conversation} is under {thresholds[conversation]}")
    return found
