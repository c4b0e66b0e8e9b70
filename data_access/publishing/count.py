"""Count and protect one conversation: every table of a release, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from data_access.disclosure.crossed import CROSSINGS, protect_crossed
from data_access.disclosure.threshold import PROTECTIONS, protect, protect_totals
from data_access.frames import BY_NAME, GROUPED_TABLES, Table
from data_access.progress import Progress, silent
from data_access.publishing.by_slice import votes_by_element, votes_by_theme
from data_access.publishing.coding import (
    coded_by_source,
    coder_decisions,
    coder_overlaps,
    coding_frame,
    item_themes,
    suggested_codes,
    theme_paths,
)
from data_access.publishing.days import activity_by_day
from data_access.publishing.exposure import idea_exposure
from data_access.publishing.ground import Ground
from data_access.publishing.ideas import lineage, votes_by_idea
from data_access.publishing.ledger import moderation
from data_access.publishing.opinion import own_votes, vote_clustering, votes_by_opinion_group
from data_access.publishing.origins import idea_origins
from data_access.publishing.participation import joiners_by_week, participants_by_week, retention
from data_access.publishing.participation_concentration import concentration
from data_access.publishing.participation_workforce import staff_group_list, workforce
from data_access.publishing.periods import votes_by_period
from data_access.publishing.programmes import programme_tables
from data_access.publishing.sessions import feedback_by_question, session_attendance, session_points, sessions
from data_access.publishing.slices import (
    element_labels,
    element_members,
    member_names,
    theme_labels,
    theme_members,
)
from data_access.publishing.supplied import supplied_votes_by_idea
from data_access.publishing.tallying import work_out
from data_access.publishing.themes import theme_pairs, themes_by_element, themes_by_week
from data_access.publishing.totals import conversation_facts, totals
from data_access.publishing.weeks import votes_by_element_week, votes_by_idea_week
from data_access.publishing.wordings import texts
from data_access.publishing.words import words, words_by_element

COUNTS: Final[Mapping[str, Callable[[Ground], pl.DataFrame]]] = {
    "totals": totals,
    "votes_by_idea": votes_by_idea,
    "idea_elements": lambda ground: member_names(ground, element_members(ground), element_labels(), "element"),
    "idea_themes": lambda ground: member_names(ground, theme_members(ground), theme_labels(ground), "theme"),
    "votes_by_element": votes_by_element,
    "votes_by_theme": votes_by_theme,
    "activity_by_day": activity_by_day,
    "words": words,
    "words_by_element": words_by_element,
    "votes_by_idea_week": votes_by_idea_week,
    "votes_by_element_week": votes_by_element_week,
    "votes_by_period": votes_by_period,
    "participants_by_week": participants_by_week,
    "joiners_by_week": joiners_by_week,
    "retention": retention,
    "concentration": concentration,
    "workforce": workforce,
    "staff_group_list": staff_group_list,
    "idea_exposure": idea_exposure,
    "own_votes": own_votes,
    "vote_clustering": vote_clustering,
    "votes_by_opinion_group": votes_by_opinion_group,
    "survey_scores": lambda ground: ground.material.survey_scores,
    "coding_frame": coding_frame,
    "theme_paths": theme_paths,
    "item_themes": item_themes,
    "coded_by_source": coded_by_source,
    "suggested_codes": suggested_codes,
    "coder_decisions": coder_decisions,
    "coder_overlaps": coder_overlaps,
    "themes_by_element": themes_by_element,
    "theme_pairs": theme_pairs,
    "themes_by_week": themes_by_week,
    "moderation": moderation,
    "lineage": lineage,
    "idea_origins": idea_origins,
    "supplied_votes_by_idea": supplied_votes_by_idea,
    "sessions": sessions,
    "session_attendance": session_attendance,
    "session_points": session_points,
    "feedback_by_question": feedback_by_question,
    "texts": texts,
}


def count(ground: Ground, imports: pl.DataFrame, progress: Progress = silent) -> dict[str, pl.DataFrame]:
    """Count every table of one conversation, unprotected: for `protected` and for tests only."""
    work_out(ground, progress=progress)
    counted = {name: counts(ground) for name, counts in COUNTS.items()}
    return {"conversations": conversation_facts(ground, imports), **counted, **programme_tables(ground)}


def protected(counted: Mapping[str, pl.DataFrame], key: str, threshold: int) -> dict[str, pl.DataFrame]:
    """Hide what must not be shown and give every table the form a release promises; grouped tables stay empty."""
    grouped = {table.name: table.empty() for table in GROUPED_TABLES}
    return grouped | {name: _promised(_protect(name, counted, threshold), BY_NAME[name], key) for name in counted}


def _protect(name: str, counted: Mapping[str, pl.DataFrame], threshold: int) -> pl.DataFrame:
    frame = counted[name]
    if name in CROSSINGS:
        hidden = {
            line: _protect(table, counted, threshold).filter("is_hidden")[column]
            for line, (table, column) in CROSSINGS[name].slices.items()
        }
        return protect_crossed(frame, CROSSINGS[name], threshold, hidden)
    if name == "totals":
        return protect_totals(frame, threshold)
    return protect(frame, PROTECTIONS[name], threshold) if name in PROTECTIONS else frame


def _promised(frame: pl.DataFrame, table: Table, key: str) -> pl.DataFrame:
    named = frame.with_columns(conversation=pl.lit(key))
    return named.select(pl.col(name).cast(kind) for name, kind in table.columns.items())
