"""Write the made-up programme as files of the template, the same bytes for the same seed."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from data_access.demo import (
    coding,
    ideas,
    live,
    moderating,
    people,
    plan,
    planted,
    special,
    surveys,
    talk,
    votes,
    workforce,
)
from data_access.demo.chance import QUIET_DAY, stream
from data_access.demo.facts import ChangedMind, DemoFacts, DividedIdea, Merged
from data_access.demo.shapes import (
    CLOSES_ON,
    CONVERSATION,
    OPENS_ON,
    SCHEME,
    THRESHOLD,
    TITLE,
    DemoIdea,
    Person,
    Row,
)
from data_access.demo.stock import stock_file
from data_access.importing.template_tables import TEMPLATE, TemplateTable
from data_access.progress import Progress, silent

STEP: Final = "Making up the demonstration"
USUAL_SEED: Final = 2021
_STAGES: Final = 5


@dataclass(frozen=True)
class _Board:
    """Every idea, and those that are there for a reason."""

    everything: list[DemoIdea]
    planted: Mapping[str, DemoIdea]
    unusual: Mapping[str, list[DemoIdea]]
    moderated: moderating.Moderated


@dataclass(frozen=True)
class _Truths:
    divided: DividedIdea
    merged: Merged
    flipped: ChangedMind


def write_demo(folder: Path, *, seed: int = USUAL_SEED, progress: Progress = silent) -> DemoFacts:
    """Write one CSV file for each table of the template into `folder`, which is made if need be.

    The same seed gives the same bytes; nothing depends on the clock. Files of the same names are replaced.
    Returns what a release of these files must show.
    """
    progress(STEP, 0, _STAGES)
    crowd = people.participants(stream(seed, "people"), votes.ORDINARY)
    board = _board(seed, crowd)
    progress(STEP, 1, _STAGES)
    plot = planted.Plot(stream(seed, "planted"), crowd)
    truths = _Truths(
        plot.divided(board.planted["divided"]),
        plot.merged(*(board.planted[name] for name in ("merge_target", "merge_source", "rival"))),
        plot.flipped(board.planted["flipped"]),
    )
    rng = stream(seed, "votes")
    cast = votes.cast(rng, votes.ballots(rng, crowd, board.everything), board.everything, plot.votes)
    progress(STEP, 2, _STAGES)
    tables = _tables(seed, crowd, board) | {"votes": votes.vote_rows(cast)}
    progress(STEP, 3, _STAGES)
    _write(folder, tables)
    progress(STEP, _STAGES, _STAGES)
    return _facts(seed, tables, board, truths)


def _board(seed: int, crowd: list[Person]) -> _Board:
    composed = ideas.composed_ideas(stream(seed, "ideas"), crowd)
    planted_ideas = special.planted_ideas(crowd, len(composed) + 1)
    unusual = special.unusual_ideas(stream(seed, "unusual"), crowd, len(composed) + len(planted_ideas) + 1)
    others = [*planted_ideas.values(), *(idea for kind in unusual.values() for idea in kind)]
    first_part = len(composed) + len(others) + 1
    moderated = moderating.moderate(stream(seed, "moderation"), composed, unusual, planted_ideas, first_part)
    return _Board([*composed, *others, *moderated.parts], planted_ideas, unusual, moderated)


def _tables(seed: int, crowd: list[Person], board: _Board) -> dict[str, list[Row]]:
    """Give the rows of every table but the votes."""
    comments = talk.comment_rows(stream(seed, "comments"), crowd, board.everything)
    spared = talk.planted_word_comments(comments)
    moderating.moderate_comments(stream(seed, "removals"), board.moderated.log, comments, spared)
    standing = [idea for idea in board.everything if idea.id not in board.moderated.touched]
    return {
        "conversation": [_conversation()],
        "participants": people.participant_rows(crowd),
        "ideas": ideas.idea_rows(board.everything),
        "comments": comments,
        "idea_totals": [],  # totals are for sources that supply no votes
        "reports": talk.report_rows(stream(seed, "reports"), crowd, board.everything, comments),
        "moderation_log": moderating.log_rows(board.moderated.log),
        "themes": coding.theme_rows(),
        "theme_map": coding.map_rows(),
        "codes": coding.code_rows(stream(seed, "codes"), board.everything, comments),
        "sessions": live.session_rows(),
        "feedback": live.feedback_rows(),
        "programmes": live.programme_rows(),
        "cohorts": live.cohort_rows(),
        "interests": live.interest_rows(stream(seed, "interests")),
        "bookings": live.booking_rows(stream(seed, "bookings")),
        "survey_scores": surveys.score_rows(stream(seed, "surveys")),
        "workforce": workforce.workforce_rows(),
        "plan_actions": plan.action_rows(),
        "plan_commitments": plan.commitment_rows(),
        "milestones": plan.milestone_rows(),
        "updates": plan.update_rows(stream(seed, "updates")),
        "evidence": plan.evidence_rows(standing),
    }


def _conversation() -> Row:
    return {
        "title": TITLE,
        "opens_on": OPENS_ON.isoformat(),
        "closes_on": CLOSES_ON.isoformat(),
        "timezone": "Europe/London",
        "threshold": str(THRESHOLD),
        "moderation_mode": "permissive",
        "staff_group_scheme": SCHEME,
        "is_demo": "yes",
    }


def _write(folder: Path, tables: Mapping[str, list[Row]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for table in TEMPLATE:
        _write_table(folder / f"{table.name}.csv", table, tables[table.name])


def _write_table(path: Path, table: TemplateTable, rows: list[Row]) -> None:
    """Write one file with the template's columns in their order; a column a row lacks is empty."""
    names = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _facts(seed: int, tables: Mapping[str, list[Row]], board: _Board, truths: _Truths) -> DemoFacts:
    words = stock_file("planted")["words"]
    return DemoFacts(
        title=TITLE,
        conversation=CONVERSATION,
        seed=seed,
        opens_on=OPENS_ON,
        closes_on=CLOSES_ON,
        threshold=THRESHOLD,
        rows={table.name: len(tables[table.name]) for table in TEMPLATE},
        divided=truths.divided,
        merged=truths.merged,
        flipped=truths.flipped,
        equal_elements=votes.EQUAL,
        top_element=votes.TOP,
        rare_word=words["rare"],
        shown_word=words["shown"],
        held_back=tuple(idea.id for idea in board.unusual["personal"]),
        hidden_days=(OPENS_ON - timedelta(days=1), OPENS_ON + timedelta(days=QUIET_DAY)),
    )
