"""The truths that the demonstration plants, recovered from its release: what we know goes in comes out."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard.filters import Selection
from dashboard.metrics._intervals import newcombe, wilson
from dashboard.results import answer
from dashboard.sources import ReleaseAndPlan
from data_access.demo.facts import DemoFacts, Tally
from data_access.desk.engine import connect_desk
from data_access.releases.store import Release, open_release
from data_access.vocabulary import ELEMENTS


@pytest.fixture(scope="module")
def release(demo_home: Path) -> Release:
    return open_release(demo_home / "releases")


def tally(release: Release, idea: str, table: str = "votes_by_idea") -> Tally:
    (row,) = release.table(table).filter(pl.col("idea") == idea).rows(named=True)
    return Tally(row["agree"], row["pass"], row["disagree"])


def agreement(release: Release) -> pl.DataFrame:
    """Share of agreement among those for or against, with its interval, one row an element."""
    table = release.table("votes_by_element").filter(pl.col("element").is_in(ELEMENTS))
    agree, sided = pl.col("agree"), pl.col("agree") + pl.col("disagree")
    bounds = wilson(agree, sided)
    return table.select("element", agree=agree, sided=sided, share=agree / sided, low=bounds.low, high=bounds.high)


def lower_end(votes: Tally) -> float:
    frame = pl.DataFrame({"agree": [votes.agree], "sided": [votes.agree + votes.disagree]})
    return frame.select(low=wilson(pl.col("agree"), pl.col("sided")).low)["low"][0]


def test_the_release_says_it_is_made_up(release: Release, demo_facts: DemoFacts):
    (row,) = release.table("conversations").rows(named=True)
    assert (row["conversation"], row["title"], row["is_demo"]) == (demo_facts.conversation, demo_facts.title, True)
    assert (row["opens_on"], row["closes_on"], row["threshold"]) == (
        demo_facts.opens_on,
        demo_facts.closes_on,
        demo_facts.threshold,
    )


def test_a_the_idea_the_regions_divide_on_is_split_down_the_middle_and_first_of_all(release, demo_facts):
    """288 + 52 + 60 agree and 52 + 288 + 60 disagree: 400 each."""
    divided = demo_facts.divided
    assert tally(release, divided.idea) == divided.england == Tally(400, 28, 400)
    sided = pl.col("agree") + pl.col("disagree")
    smaller = pl.min_horizontal("agree", "disagree")
    ranked = release.table("votes_by_idea").filter(sided > 0).with_columns(surely=wilson(smaller, sided).low)
    assert ranked.sort("surely", descending=True)["idea"][0] == divided.idea


def test_a_the_bands_by_region_tell_north_from_south(release: Release, demo_facts: DemoFacts):
    """288 of 350 votes agree in the north (82%), 52 of 350 in the south (15%): bands on either side of the middle."""
    divided = demo_facts.divided
    bands = release.table("region_by_idea").filter(pl.col("idea") == divided.idea).select("region", "agree_band")
    shown = {region: band for region, band in bands.rows() if band is not None}
    low = {region: int(band.split("–")[0]) for region, band in shown.items()}
    high = {region: int(band.removesuffix("%").split("–")[1]) for region, band in shown.items()}
    north = [region for region in divided.north_regions if region in shown]
    south = [region for region in divided.south_regions if region in shown]
    assert (len(north), len(south)) == (3, 3)
    assert min(low[region] for region in north) >= 60
    assert max(high[region] for region in south) <= 40


@pytest.mark.parametrize("side", ["north", "south"])
def test_a_the_page_puts_each_side_of_the_divided_idea_beside_england(side: str, settings, release, demo_facts):
    """Chosen together the three regions of a side span their bands; England is split down the middle."""
    divided, desk = demo_facts.divided, connect_desk(settings.desk_url)  # the plan is not asked
    regions = divided.north_regions if side == "north" else divided.south_regions
    asked = Selection(demo_facts.conversation, regions=regions)
    table = answer("divided_ideas", source=ReleaseAndPlan(release, desk, date(2026, 11, 20)), selection=asked).table
    row = table.filter(pl.col("idea") == divided.idea).row(0, named=True)
    low, high = (int(end) for end in row["agree_band"].removesuffix("%").split("–"))
    assert (low >= 60) if side == "north" else (high <= 40)
    assert row["england_of_all"] == pytest.approx(400 / 828)


def test_a_north_and_south_are_of_opposite_minds(demo_home, demo_facts):
    """Counted from the files: a release cuts nothing by region yet."""
    votes = latest_votes(demo_home / "demo")
    with (demo_home / "demo" / "participants.csv").open(encoding="utf-8", newline="") as file:
        region = {row["participant"]: row["region"] for row in csv.DictReader(file)}
    divided = demo_facts.divided
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (participant, idea), vote in votes.items():
        if idea == divided.idea:
            side = "north" if region[participant] in divided.north_regions else "other"
            found["south" if region[participant] in divided.south_regions else side][vote] += 1
    assert found["north"] == {"agree": 288, "pass": 10, "disagree": 52}
    assert found["south"] == {"agree": 52, "pass": 10, "disagree": 288}
    assert (divided.north, divided.south) == (Tally(288, 10, 52), Tally(52, 10, 288))


def latest_votes(folder: Path) -> dict[tuple[str, str], str]:
    with (folder / "votes.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["cast_at"])
    return {(row["participant"], row["idea"]): row["vote"] for row in rows}


def test_b_a_merge_changes_a_rank_because_voters_are_not_added_up(release, demo_facts):
    """75 + 115 and 104 + 40 agree, 334 of 430 votes; 75 + 104 + 40 of 310 people once each counts once."""
    merged = demo_facts.merged
    assert tally(release, merged.target, "lineage") == merged.target_alone == Tally(190, 0, 10)
    assert tally(release, merged.source, "lineage") == merged.source_alone == Tally(144, 0, 86)
    assert tally(release, merged.target) == merged.together == Tally(219, 0, 91)
    assert tally(release, merged.rival) == merged.rival_votes == Tally(222, 12, 66)
    added_up = Tally(190 + 144, 0, 10 + 86)
    assert lower_end(added_up) > lower_end(merged.rival_votes) > lower_end(merged.together)
    assert added_up.agree > merged.rival_votes.agree > merged.together.agree
    assert release.table("votes_by_idea").filter(pl.col("idea") == merged.source).is_empty()
    (row,) = release.table("lineage").filter(pl.col("idea") == merged.source).rows(named=True)
    assert row["stands_as"] == merged.target


def test_c_a_difference_that_is_none_is_not_called_one(release, demo_facts):
    one, other = (agreement(release).filter(pl.col("element") == name) for name in demo_facts.equal_elements)
    both = pl.DataFrame({"a": one["agree"], "n": one["sided"], "b": other["agree"], "m": other["sided"]})
    bounds = newcombe(pl.col("a"), pl.col("n"), pl.col("b"), pl.col("m"))
    (found,) = both.select(low=bounds.low, high=bounds.high).rows()
    assert found[0] < 0 < found[1]


def test_d_one_element_is_clearly_the_most_agreed_with(release, demo_facts):
    ranked = agreement(release).sort("share", descending=True)
    assert ranked["element"][0] == demo_facts.top_element == "We work flexibly"
    assert ranked["low"][0] > ranked["high"][1:].max()


def test_e_minds_that_changed_count_as_they_are_now(release, demo_facts):
    """62 + 120 agree and 148 - 120 disagree."""
    flipped = demo_facts.flipped
    assert flipped.first == Tally(62, 10, 148)
    assert tally(release, flipped.idea) == flipped.final == Tally(182, 10, 28)


def test_f_a_word_used_by_too_few_people_is_not_among_the_words(release, demo_facts):
    words = set(release.table("words")["word"])
    assert demo_facts.shown_word in words
    assert demo_facts.rare_word not in words


def test_posts_with_personal_details_are_held_back_and_awkward_ones_are_not(release, demo_facts):
    texts = release.table("texts").filter(pl.col("kind") == "idea")
    held = texts.filter("is_held_back")
    assert sorted(held["id"]) == sorted(demo_facts.held_back)
    assert set(held["text"]) == set(held["title"]) == {""}
    shown = "\n".join(texts["text"])
    for awkward in ("🎉", '=HYPERLINK("http://example.com"', '"Nobody calls me', "\n- a named contact", "<script>"):
        assert awkward in shown


def test_days_with_too_few_people_are_hidden_and_the_launch_is_not(release, demo_facts):
    days = release.table("activity_by_day")
    hidden = set(days.filter("is_hidden")["day"])
    assert set(demo_facts.hidden_days) < hidden
    assert demo_facts.opens_on not in hidden
    assert len(hidden) == 4  # each of the two keeps company with one larger day
    shown = days.filter(~pl.col("is_hidden") & (pl.col("participants") > 0))
    assert shown["participants"].min() >= demo_facts.threshold


def test_votes_cast_after_the_close_are_withheld_and_slips_of_the_hand_are_rejected(release):
    ledger = release.table("moderation")
    late = ledger.filter((pl.col("subject") == "votes") & pl.col("reason").str.contains("close"))
    rejected = ledger.filter((pl.col("subject") == "events") & (pl.col("outcome") == "rejected"))
    assert late["count"].to_list() == [24]
    assert rejected["count"].sum() == 2


def test_every_vote_and_comment_of_the_files_is_accounted_for(release, demo_facts):
    sums = dict(release.table("moderation").group_by("subject").agg(pl.col("count").sum()).rows())
    assert sums["votes"] == demo_facts.rows["votes"]
    assert sums["comments"] == demo_facts.rows["comments"]
    assert sums["events"] == demo_facts.rows["moderation_log"]
    assert sums["ideas"] == demo_facts.rows["ideas"]
