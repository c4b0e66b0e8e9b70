"""Counts of bookings against a slow twin in plain Python, over made-up bookings of every kind."""

from __future__ import annotations

import random
from collections import defaultdict

import polars as pl
import pytest

from data_access.publishing.live_material import Live
from data_access.publishing.programmes import FIGURES, placed, programme_figures, programme_roles
from data_access.vault import reading_live
from data_access.vocabulary import INTEREST, NOT_STATED, BookingStatus

K = 5
REGIONS = ("London", "Midlands", "South West", None, "Unknown code")
ROLES = ("Line manager", "Peer", "Wellbeing champion", None)


def made_up(seed: int) -> Live:
    chance = random.Random(seed)
    bookings = [
        {
            "booking": f"b{at}",
            "cohort": chance.choice(("c1", "c2", "d1", "nowhere")),
            "person": f"p{chance.randrange(120)}",
            "role": chance.choice(ROLES),
            "region": chance.choice(REGIONS),
            "status": chance.choice(list(BookingStatus)).value,
            "confidence_after": None,
        }
        for at in range(400)
    ]
    interests = [
        {"interest": f"i{at}", "programme": chance.choice("TUX"), "person": f"q{at}", "role": None, "region": "London"}
        for at in range(20)
    ]
    cohorts = [
        {"cohort": cohort, "programme": programme} for cohort, programme in (("c1", "T"), ("c2", "T"), ("d1", "U"))
    ]
    return Live(
        programmes=pl.DataFrame(
            [{"programme": key, "kind": "training", "name": key} for key in "TU"], schema=reading_live.PROGRAMMES
        ),
        cohorts=pl.DataFrame(cohorts, schema=reading_live.COHORTS),
        bookings=pl.DataFrame(bookings, schema=reading_live.BOOKINGS),
        interests=pl.DataFrame(interests, schema=reading_live.INTERESTS),
    )


def twin(live: Live) -> tuple[dict[tuple[str, str | None, str], int], dict[tuple[str, str | None, str], set[str]]]:
    """Count bookings and people of each programme, region (None: everybody) and figure, row by row."""
    counts, people = defaultdict(int), defaultdict(set)
    belongs = {row["cohort"]: row["programme"] for row in live.cohorts.iter_rows(named=True)}
    known = set(live.programmes["programme"])
    rows = [(belongs.get(row["cohort"]), row["status"], row) for row in live.bookings.iter_rows(named=True)]
    rows += [(row["programme"], INTEREST, row) for row in live.interests.iter_rows(named=True)]
    for programme, figure, row in rows:
        if programme in known:
            region = row["region"] if row["region"] in ("London", "Midlands", "South West") else NOT_STATED
            for place in (None, region):
                counts[programme, place, figure] += 1
                people[programme, place, figure].add(row["person"])
    return counts, people


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_equals_its_twin_or_is_hidden_for_a_reason(seed):
    live = made_up(seed)
    counts, people = twin(live)
    figures = programme_figures(live, placed(live), K)
    assert figures.height == 2 * len(FIGURES) * 9
    for row in figures.iter_rows(named=True):
        cell = row["programme"], row["region"], row["figure"]
        if not row["is_hidden"]:
            assert row["count"] == counts[cell]
            assert not 1 <= len(people[cell]) < K
        else:
            few = [key for key, who in people.items() if (key[0], key[2]) == (cell[0], cell[2]) and 1 <= len(who) < K]
            assert few, "hidden though nobody near it is few"


@pytest.mark.parametrize("seed", range(3))
def test_roles_add_up_to_those_who_attended(seed):
    live = made_up(seed)
    counts, _ = twin(live)
    roles = programme_roles(live, placed(live), 1)
    for programme in "TU":
        attended = roles.filter(pl.col("programme") == programme)["attended"].sum()
        assert attended == counts[programme, None, "attended"]
