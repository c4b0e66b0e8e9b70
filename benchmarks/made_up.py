"""Votes as large conversations have them, written as template files: a few ideas draw most votes, days come in bursts.

The same size and seed give the same files. Nothing in them is anybody's: participants are numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from data_access.reference.places import icbs
from data_access.vocabulary import ELEMENTS

FIRST_DAY: Final = datetime(2024, 1, 8, tzinfo=UTC)
DAYS: Final = 75
DAY: Final = 86_400
VOTES_A_PARTICIPANT: Final = 12
VOTES_AN_IDEA: Final = 800
# Shares of all votes that idea 1, 2, 3 … draw fall as 1 / rank^0.9: the first of 1,250 draws about 5 %.
ZIPF: Final = 0.9
BURSTS: Final = (2, 3, 17, 38, 60)
SHARE_IN_BURSTS: Final = 0.5
SHARE_OF_PASSES: Final = 0.08
SHARE_REMOVED: Final = 0.01
SHARE_MERGED: Final = 0.02
AT_ONCE: Final = 2_000_000
STAFF_GROUPS: Final = 12
THEMES: Final = 24
WORDS: Final = (
    "time", "space", "roster", "pay", "training", "manager", "team", "rest", "voice", "flexible", "career", "support",
    "safe", "equal", "digital", "growth", "kind", "open", "trust", "learn", "reward", "listen", "plan", "local",
    "shared", "simple", "faster", "clear", "fair", "nights", "weekend", "parking", "childcare", "mentor", "board",
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How large a conversation is. Ideas follow the votes unless they are given."""

    votes: int
    ideas: int

    @property
    def participants(self) -> int:
        """People who vote, about twelve times each."""
        return max(self.votes // VOTES_A_PARTICIPANT, 30)


def size_of(votes: int, ideas: int | None = None) -> Size:
    """Give the usual size for a number of votes: one idea for 800 of them, at least 40."""
    return Size(votes, ideas or max(votes // VOTES_AN_IDEA, 40))


def write_conversation(folder: Path, size: Size, seed: int = 1) -> None:
    """Write every file of a conversation of this size into a folder; votes in pieces, so that memory stays small."""
    chance = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, "conversation", ["title", "opens_on", "closes_on", "timezone", "is_demo"], [_about()])
    _people(size, chance).write_csv(folder / "participants.csv")
    posted = np.sort(chance.integers(0, 20 * DAY, size.ideas))
    _ideas(size, posted, chance).write_csv(folder / "ideas.csv")
    _write(folder, "moderation_log", list(_LOG), _moderation(size))
    names = [{"frame_version": "1", "theme": f"t{at}", "name": f"Theme {at}"} for at in range(THEMES)]
    _write(folder, "themes", ["frame_version", "theme", "name"], names)
    codes = pl.DataFrame({"item": _idea_ids(np.arange(size.ideas)), "at": chance.integers(0, THEMES, size.ideas)})
    codes.select(
        pl.lit("1").alias("frame_version"),
        pl.lit("idea").alias("item_kind"),
        "item",
        pl.format("t{}", "at").alias("theme"),
        pl.lit("c1").alias("coder"),
    ).write_csv(folder / "codes.csv")
    with (folder / "votes.csv").open("wb") as file:
        for at, part in enumerate(votes(size, posted, chance)):
            part.write_csv(file, include_header=at == 0)


def votes(size: Size, posted: np.ndarray, chance: np.random.Generator) -> Iterator[pl.DataFrame]:
    """Give the votes in pieces: participant, idea, cast_at, vote; none before its idea was posted."""
    draw = 1 / np.arange(1, size.ideas + 1) ** ZIPF
    share = np.cumsum(chance.permutation(draw) / draw.sum())
    appetite = chance.lognormal(0, 1, size.participants)
    active = np.cumsum(appetite / appetite.sum())
    taste = 1 / (1 + np.exp(-chance.normal(0.7, 1, size.ideas)))
    for first in range(0, size.votes, AT_ONCE):
        count = min(AT_ONCE, size.votes - first)
        idea = np.minimum(np.searchsorted(share, chance.random(count)), size.ideas - 1)
        person = np.minimum(np.searchsorted(active, chance.random(count)), size.participants - 1)
        at = np.maximum(_seconds(count, chance), posted[idea] + 60)
        said = np.where(chance.random(count) < taste[idea], 2, 0)
        said = np.where(chance.random(count) < SHARE_OF_PASSES, 1, said)
        yield _as_rows(person, idea, at, said)


def _seconds(count: int, chance: np.random.Generator) -> np.ndarray:
    """Give moments: half of them on the days when a reminder went out, the rest evenly; mostly in working hours."""
    day = chance.integers(0, DAYS, count)
    burst = np.asarray(BURSTS)[chance.integers(0, len(BURSTS), count)]
    day = np.where(chance.random(count) < SHARE_IN_BURSTS, burst, day)
    seconds: np.ndarray = day * DAY + np.clip(chance.normal(13, 3, count), 0, 23.99) * 3600
    return seconds.astype(np.int64)


def _as_rows(person: np.ndarray, idea: np.ndarray, at: np.ndarray, said: np.ndarray) -> pl.DataFrame:
    words = pl.Series(["disagree", "pass", "agree"])
    moments = pl.Series(at + int(FIRST_DAY.timestamp())) * 1000
    return pl.DataFrame(
        {
            "participant": _person_ids(person),
            "idea": _idea_ids(idea),
            "cast_at": moments.cast(pl.Datetime("ms")).dt.strftime("%Y-%m-%dT%H:%M:%S"),
            "vote": words.gather(said),
        }
    )


def _person_ids(numbers: np.ndarray) -> pl.Series:
    return pl.select(pl.format("u{}", pl.lit(pl.Series(numbers)))).to_series()


def _idea_ids(numbers: np.ndarray) -> pl.Series:
    return pl.select(pl.format("i{}", pl.lit(pl.Series(numbers)))).to_series()


def _about() -> dict[str, str]:
    return {
        "title": "Made-up votes for measuring",
        "opens_on": f"{FIRST_DAY:%Y-%m-%d}",
        "closes_on": f"{FIRST_DAY + timedelta(days=DAYS + 21):%Y-%m-%d}",
        "timezone": "Europe/London",
        "is_demo": "yes",
    }


def _people(size: Size, chance: np.random.Generator) -> pl.DataFrame:
    boards = icbs(FIRST_DAY.date()).select("icb", "region")
    board = boards[chance.integers(0, boards.height, size.participants)]
    trust = pl.Series(chance.integers(0, 5, size.participants))
    return pl.DataFrame({"participant": _person_ids(np.arange(size.participants))}).with_columns(
        board["region"],
        board["icb"],
        pl.format("Trust {} {}", board["icb"], trust).alias("organisation"),
        pl.format("Group {}", pl.Series(chance.integers(1, STAFF_GROUPS + 1, size.participants))).alias("staff_group"),
    )


def _ideas(size: Size, posted: np.ndarray, chance: np.random.Generator) -> pl.DataFrame:
    words = np.asarray(WORDS)[chance.integers(0, len(WORDS), (size.ideas, 8))]
    elements = np.asarray([str(one) for one in ELEMENTS])[chance.integers(0, len(ELEMENTS), size.ideas)]
    moments = (pl.Series(posted + int(FIRST_DAY.timestamp())) * 1000).cast(pl.Datetime("ms"))
    return pl.DataFrame(
        {
            "idea": _idea_ids(np.arange(size.ideas)),
            "author": _person_ids(chance.integers(0, size.participants, size.ideas)),
            "posted_at": moments.dt.strftime("%Y-%m-%dT%H:%M:%S"),
            "title": [" ".join(row[:3]).capitalize() for row in words],
            "text": [f"We need {' '.join(row)}." for row in words],
            "elements": elements,
        }
    )


_LOG: Final = ("sequence", "happened_at", "kind", "post_kind", "target", "sources", "reason")


def _moderation(size: Size) -> Iterator[dict[str, str]]:
    """Give a log: some ideas are removed, some go into their neighbour, all after half the time."""
    when = FIRST_DAY + timedelta(days=DAYS // 2)
    removed, merged = max(int(size.ideas * SHARE_REMOVED), 1), max(int(size.ideas * SHARE_MERGED), 1)
    for at in range(removed):
        moment = f"{when + timedelta(minutes=at):%Y-%m-%dT%H:%M:%S}"
        yield dict(zip(_LOG, (str(at + 1), moment, "remove", "idea", f"i{at}", "", "off topic"), strict=True))
    for at in range(merged):
        sequence, source = removed + at + 1, removed + 2 * at
        moment = f"{when + timedelta(minutes=sequence):%Y-%m-%dT%H:%M:%S}"
        target, sources = f"i{source + 1}", f"i{source}"
        yield dict(zip(_LOG, (str(sequence), moment, "merge", "idea", target, sources, ""), strict=True))


def _write(folder: Path, name: str, columns: list[str], rows: Iterator[dict[str, str]] | list[dict[str, str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
