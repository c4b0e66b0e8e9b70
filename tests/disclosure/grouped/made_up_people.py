"""Made-up participants with a fixed seed: regions, boards, staff groups, types and what they took part in."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from data_access.reference import places
from data_access.reference.workforce import staff_groups

# participants → seed: the three sets whose figures docs/privacy.md records
SETS = {400: 1, 1500: 2, 5000: 3}
NAMES = ("region", "icb", "staff_group", "participant_type")


def made_up_people(participants: int, seed: int, *, themes: int = 24, weeks: int = 5, ideas: int = 12) -> pl.DataFrame:
    """Give family, slice, the partitions and distinct participants, as counting does for a conversation."""
    return _counted(_made_up(participants, seed, themes=themes, weeks=weeks, ideas=ideas))


def two_cuts(
    participants: int, seed: int, *, themes: int = 24, ideas: int = 12, elements: int = 8
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the same people counted twice: after three weeks, when six in ten had come, and after five, when all had."""
    members = _made_up(participants, seed, themes=themes, weeks=5, ideas=ideas, elements=elements)
    early, late = pl.col("person") < participants * 6 // 10, pl.col("person") >= participants * 6 // 10
    is_late_week = (pl.col("family") == "week") & pl.col("slice").is_in(["week 03", "week 04"])
    is_early_week = (pl.col("family") == "week") & ~is_late_week
    everyone = members.filter(pl.col("family") == "everyone")
    someday = [
        everyone.filter(who)
        .join(members.filter(week), on="person", how="anti")
        .with_columns(family=pl.lit("week"), slice=pl.lit(name))
        for who, week, name in ((early, is_early_week, "week 00"), (late, is_late_week, "week 04"))
    ]
    after = pl.concat([members.filter(early | ~is_early_week), *someday])
    before = after.filter(early & ~is_late_week)
    return _counted(_enough_voters(before)), _counted(after)


def _enough_voters(members: pl.DataFrame) -> pl.DataFrame:
    voters = members.filter(pl.col("family") == "idea").group_by("slice").len().filter(pl.col("len") >= 150)["slice"]
    return members.filter((pl.col("family") != "idea") | pl.col("slice").is_in(voters.to_list()))


def _counted(members: pl.DataFrame) -> pl.DataFrame:
    return (
        members.group_by("family", "slice", *NAMES)
        .agg(pl.col("person").n_unique().cast(pl.Int64).alias("participants"))
        .sort("family", "slice", *NAMES)
    )


def _made_up(participants: int, seed: int, *, themes: int, weeks: int, ideas: int, elements: int = 8) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    boards = places.icbs(date(2024, 1, 1)).sort("icb")
    groups = staff_groups("NHS Workforce Statistics")["staff_group"].to_list()[:12]
    weight = boards["workforce_weight"].fill_null(20000).to_numpy().astype(float)
    board = random.choice(boards.height, participants, p=weight / weight.sum())
    zipf = 1 / np.arange(1, len(groups) + 1) ** 0.7
    people = pl.DataFrame(
        {
            "person": np.arange(participants),
            "region": boards["region"].to_numpy()[board],
            "icb": boards["icb"].to_numpy()[board],
            "staff_group": np.array(groups)[random.choice(len(groups), participants, p=zipf / zipf.sum())],
            "participant_type": np.where(random.random(participants) < 0.6, "HR/OD profession", "Customer"),
            "activity": random.beta(1.5, 2.0, participants),
        }
    )
    taking = [
        _taking_part(random, people, "element", elements, 0.35),
        _taking_part(random, people, "theme", themes, 0.15),
    ]
    taking += [_taking_part(random, people, "week", weeks, 0.2)]
    everyone = pl.DataFrame({"person": people["person"], "family": "everyone", "slice": ""})
    joined = pl.concat([everyone, *taking]).join(people, on="person")
    if ideas and participants >= 600:
        joined = pl.concat([joined, _voters(random, people, ideas).join(people, on="person")])
    return joined


def _taking_part(
    random: np.random.Generator, people: pl.DataFrame, family: str, slices: int, base: float
) -> pl.DataFrame:
    """Everybody is in at least one slice; the busy are in more; slices differ in pull."""
    pull = base * (0.5 + random.random(slices))
    chance = np.clip(pull[None, :] + 0.8 * people["activity"].to_numpy()[:, None] * random.random(slices), 0, 0.98)
    taken = random.random(chance.shape) < chance
    taken[np.arange(people.height), random.integers(0, slices, people.height)] = True
    person, number = np.nonzero(taken)
    return pl.DataFrame(
        {"person": people["person"].to_numpy()[person], "family": family, "slice": [f"{family} {n:02}" for n in number]}
    )


def _voters(random: np.random.Generator, people: pl.DataFrame, ideas: int) -> pl.DataFrame:
    parts = [
        pl.DataFrame(
            {
                "person": np.sort(random.choice(people.height, min(people.height, 150 + 40 * n), replace=False)),
                "family": "idea",
                "slice": f"idea {n:02}",
            }
        )
        for n in range(ideas)
    ]
    return pl.concat(parts)
