"""A conversation of any number of votes, moderated all along: for what only shows in large numbers."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from data_access.coding.frame import CODES, THEMES
from data_access.publishing.material import Facts, Material
from data_access.vocabulary import ELEMENTS, ModerationMode
from tests.publishing.worlds import no_rows

DAY_MS = 86_400_000
FIRST_DAY = 18_666  # Monday 8 February 2021
WEEKS = 9
REASONS = ("duplicate", "off topic")


def many_votes(count: int, *, seed: int = 11, events: int = 36) -> Material:
    """Give `count` votes of count/12 people on count/800 ideas, with merges, splits, removals and restorations.

    Some people vote again on the same idea, some days after the last day, some on ideas nobody supplied.
    """
    chance = np.random.default_rng(seed)
    people, ideas, days = max(count // 12, 20), max(count // 800, 60), WEEKS * 7
    names = [f"I{number}" for number in range(1, ideas + 1)]
    unknown = pl.DataFrame({"idea": [ideas + 1], "id": ["never supplied"]})
    day = np.sort(FIRST_DAY + (days + 2) * chance.beta(1.2, 2, count)).astype(np.int32)
    votes = pl.DataFrame(
        {
            "participant": (people * chance.random(count) ** 1.5).astype(np.int64) + 1,
            "idea": 1 + ((ideas + 1) * chance.random(count) ** 2).astype(np.int64),
            "order": np.arange(count),
            "day": day,
            "value": chance.choice([1, 1, 1, 0, -1], count).astype(np.int8),
            "is_late": day > FIRST_DAY + days,
        }
    )
    closes_on = date(1970, 1, 1) + timedelta(days=FIRST_DAY + days)
    mode = ModerationMode.PERMISSIVE
    facts = Facts(1, "many", "Many", "template", None, closes_on, "UTC", 10, mode, True, False)
    return Material(
        facts=facts,
        votes=votes,
        ideas=_ideas(names, chance, people),
        idea_numbers=pl.concat([pl.DataFrame({"idea": range(1, ideas + 1), "id": names}), unknown]),
        comments=_comments(count // 50, ideas, people, chance),
        events=_events(events, ideas, chance),
        participants=no_rows("participant", "region", "staff_group", "registered_at_ms", "signed_in_at_ms"),
        themes=pl.DataFrame(_themes(), schema=THEMES),
        codes=pl.DataFrame([_code(name, place) for place, name in enumerate(names) if place % 5], schema=CODES),
        sessions=no_rows("session"),
        feedback=no_rows("id", "session", "question", "text"),
        opinion_groups=pl.DataFrame({"participant": range(1, people, 3)}).with_columns(
            opinion_group=(pl.col("participant") % 4).cast(pl.String)
        ),
    )


def _ideas(names: list[str], chance: np.random.Generator, people: int) -> pl.DataFrame:
    count = len(names)
    return pl.DataFrame(
        {
            "idea": range(1, count + 1),
            "id": names,
            "author": chance.integers(1, people, count),
            "posted_at_ms": [FIRST_DAY * DAY_MS] * count,
            "day": (FIRST_DAY + chance.integers(0, 30, count)).astype(np.int32),
            "title": [""] * count,
            "text": ["words"] * count,
            "elements": [ELEMENTS[place % 7] if place % 9 else "" for place in range(count)],
            "is_seed": [False] * count,
            "moderated": [None] * count,
        },
        schema_overrides={"moderated": pl.Int64},
    )


def _comments(count: int, ideas: int, people: int, chance: np.random.Generator) -> pl.DataFrame:
    day = chance.integers(FIRST_DAY, FIRST_DAY + WEEKS * 7, count).astype(np.int32)
    return pl.DataFrame(
        {
            "id": [f"c{number}" for number in range(count)],
            "idea": chance.integers(1, ideas, count),
            "author": chance.integers(1, people, count),
            "posted_at_ms": day.astype(np.int64) * DAY_MS,
            "day": day,
            "is_late": [False] * count,
            "text": ["a comment"] * count,
        }
    )


def _events(count: int, ideas: int, chance: np.random.Generator) -> pl.DataFrame:
    kinds = ("merge", "merge", "remove", "split", "restore", "retitle")
    rows = []
    for number in range(count):
        kind, day = kinds[number % len(kinds)], FIRST_DAY + 2 + number * WEEKS * 7 // count
        target, source = (f"I{one}" for one in chance.integers(1, ideas // 3, 2))
        rows.append(
            {
                "sequence": number,
                "happened_at_ms": day * DAY_MS + number,
                "day": day,
                "kind": kind,
                "post_kind": "idea",
                "target": target,
                "sources": source if kind == "merge" else "",
                "parts": f"S{number}a|S{number}b" if kind == "split" else "",
                "inherits": f"S{number}a" if kind == "split" and number % 2 else "",
                "title": "",
                "text": "",
                "reason": REASONS[number % 2] if kind == "remove" else "",
            }
        )
    return pl.DataFrame(rows)


def _themes() -> list[dict[str, object]]:
    usual = {"frame_version": 1, "parent": "", "definition": ""}
    return [{**usual, "code": f"t{n}", "name": f"Theme {n}", "element": ELEMENTS[n % 7]} for n in range(12)]


def _code(idea: str, place: int) -> dict[str, object]:
    made: dict[str, object] = {"item_kind": "idea", "item_source_id": idea, "theme_code": f"t{place % 12}"}
    return {**made, "frame_version": 1, "coder": "a", "is_withdrawn": False}
