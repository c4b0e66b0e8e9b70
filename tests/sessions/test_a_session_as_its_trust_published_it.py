"""The text of a trust's own page, entered through the template, comes out point by point and in its order."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from dashboard.filters import Selection
from dashboard.results import answer

PAGE = Path(__file__).parents[1] / "data" / "sessions" / "learning" / "page.txt"
TALK = Selection("talk")


class OnlyRelease:
    """A release as metrics see it."""

    def __init__(self, release):
        self.release, self.number, self.published_at = release, release.number, release.published_at

    def table(self, name, conversation=None):
        return self.release.table(name, conversation)

    def plan(self, name):
        raise LookupError(name)


def published() -> dict[str, list[str]]:
    """What the page lists: four key themes, 10 + 12 + 8 + 6 points under four questions, four actions."""
    bullets = [line.strip()[1:].strip() for line in PAGE.read_text().splitlines() if line.strip().startswith("•")]
    assert len(bullets) == 4 + 36 + 4
    return {"themes": bullets[:4], "points": bullets[4:40], "actions": bullets[40:]}


def words(release, kind: str) -> list[str]:
    texts = release.table("texts", "talk").filter(pl.col("kind") == kind).sort("id")
    assert not texts["is_held_back"].any()
    return texts["text"].to_list()


def test_every_point_comes_out_once_in_the_order_of_the_page(learning):
    release = learning()
    result = answer("session_points", source=OnlyRelease(release), selection=TALK)
    assert result.table["wording"].to_list() == published()["points"]
    assert result.headline == "36 feedback points of 1 session are here."


def test_key_themes_and_actions_stand_as_the_page_lists_them(learning):
    release = learning()
    assert words(release, "key theme") == published()["themes"]
    assert words(release, "action agreed") == published()["actions"]
    assert len(words(release, "introduction")) == 1


def test_points_are_counted_by_question_and_add_up_to_the_page(learning):
    release = learning()
    counts = dict(release.table("feedback_by_question", "talk").select("question", "points").rows())
    assert counts == {"Question 1": 10, "Question 2": 12, "Question 3": 8, "Question 4": 6}
    (session,) = release.table("sessions", "talk").rows(named=True)
    assert (session["points"], session["points_afterwards"], session["points_about"]) == (10 + 12 + 8 + 6, 0, 0)
    totals = dict(release.table("totals", "talk").select("measure", "count").rows())
    assert (totals["sessions"], totals["feedback_points"]) == (1, 36)


def test_the_trusts_own_name_of_the_element_is_understood_and_hosts_go_by_role(learning):
    (session,) = learning().table("sessions", "talk").rows(named=True)
    assert session["element"] == "We are always learning"
    assert session["title"] == "Learning & Development"
    assert session["host_roles"] == "Associate Director of Nursing|Associate Director of Allied Health Professionals"
    assert str(session["held_on"]) == "2022-05-19"
    assert session["recording_link"] == "https://example.org/learning/recording"


def test_nobody_named_on_the_page_and_no_address_reaches_the_release(learning):
    release = learning()
    everything = " ".join(str(release.table(name).to_dicts()) for name in ("sessions", "session_points", "texts"))
    for name in ("Katrina", "Mason", "Kennedy", "@"):
        assert name not in everything


def test_the_seven_sessions_stand_side_by_side_at_nought_too(learning):
    result = answer("session_elements", source=OnlyRelease(learning()), selection=TALK)
    assert result.table.height == 7
    held = result.table.filter(pl.col("sessions") > 0).row(0, named=True)
    assert (held["element"], held["questions"], held["points"], held["dates"]) == (
        "We are always learning",
        4,
        36,
        "19 May 2022",
    )
    assert result.headline.startswith("1 of 7 elements had a session; none was held on ")
