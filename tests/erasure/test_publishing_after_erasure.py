"""After an erasure: wording goes everywhere, figures wait until enough people are gone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from data_access.disclosure.text_decisions import TextDecisions, wording_hash
from data_access.progress import silent
from data_access.publishing.publish import publish
from data_access.releases.manifest import Manifest
from data_access.releases.store import open_release, verify_release
from tests.erasure.conftest import KEY, NOON, Talk

PEOPLE = [f"p{number}" for number in range(1, 13)]
DAY = timedelta(days=1)


@pytest.fixture
def crowd(talk: Talk) -> Talk:
    """Twelve more people who all agree with i1; k is 10."""
    votes = "participant,idea,vote,cast_at\n" + "".join(f"{one},i1,agree,2022-02-03T09:00\n" for one in PEOPLE)
    talk.bring(talk.files("crowd", votes=votes))
    return talk


def released(talk: Talk, at: datetime, decisions: Mapping[str, TextDecisions] | None = None) -> Manifest:
    return publish(
        engine=talk.engine,
        releases_folder=talk.home / "releases",
        now=at,
        progress=silent,
        decisions=decisions,
        keys_folder=talk.home / "keys",
    )


def agreed(talk: Talk, release: int, idea: str = "i1") -> int:
    rows = open_release(talk.home / "releases", release).table("votes_by_idea").filter(pl.col("idea") == idea)
    return int(rows["agree"].item())


def wordings(talk: Talk, release: int) -> dict[str, str]:
    rows = open_release(talk.home / "releases", release).table("texts")
    return dict(rows.select("id", "text").rows())


def test_figures_wait_while_fewer_than_k_people_were_erased(crowd: Talk):
    """bob and twelve others agreed; three of them are erased, one more agrees: the release stays at thirteen."""
    assert agreed(crowd, released(crowd, NOON).number) == 13
    crowd.erase(PEOPLE[:3])
    more = "participant,idea,vote,cast_at\nzoe,i1,agree,2022-02-04T09:00\n"
    crowd.bring(crowd.files("more", votes=more))
    waiting = released(crowd, NOON + DAY)
    assert (agreed(crowd, waiting.number), waiting.carried) == (13, {KEY: 1})


def test_a_release_that_waited_is_not_taken_for_a_new_count(crowd: Talk):
    """Nine erasures in two lots, each before a release: the second release must not count afresh either."""
    released(crowd, NOON)
    crowd.erase(PEOPLE[:5])
    crowd.bring(crowd.files("more", votes="participant,idea,vote,cast_at\nzoe,i1,agree,2022-02-04T09:00\n"))
    released(crowd, NOON + DAY)
    crowd.erase(PEOPLE[5:9])
    later = released(crowd, NOON + 2 * DAY)
    assert (agreed(crowd, later.number), later.carried) == (13, {KEY: 1})


def test_figures_are_counted_anew_once_k_people_were_erased(crowd: Talk):
    released(crowd, NOON)
    crowd.erase(PEOPLE[:10])
    fresh = released(crowd, NOON + DAY)
    assert (agreed(crowd, fresh.number), fresh.carried) == (3, {})


def test_the_ledger_counts_what_was_erased_once_there_are_k_people(crowd: Talk):
    released(crowd, NOON)
    crowd.erase([*PEOPLE[:10], "ann"])
    rows = open_release(crowd.home / "releases", released(crowd, NOON + DAY).number).table("moderation")
    erased = rows.filter(pl.col("outcome") == "erased").select("subject", "reason", "count").rows()
    assert erased == [("comments", "on request", 1), ("votes", "on request", 11)]


def test_the_ledger_says_nothing_of_fewer_than_k_erased_people(crowd: Talk):
    crowd.erase(PEOPLE[:3])
    rows = open_release(crowd.home / "releases", released(crowd, NOON).number).table("moderation")
    assert rows.filter(pl.col("outcome") == "erased").is_empty()


def test_no_later_release_words_what_was_withdrawn(crowd: Talk):
    """Without --with-text the vault keeps the idea's words, and no release shows them."""
    crowd.erase(["ann"])
    said = wordings(crowd, released(crowd, NOON).number)
    assert said == {"i1": "", "i2": "Somewhere to rest", "c2": "So do I"}


def moderated(talk: Talk, event: str) -> None:
    place = talk.home.parent / "moderated"
    place.mkdir()
    header = "sequence,happened_at,kind,post_kind,target,sources,parts,inherits,title,text,reason\n"
    (place / "moderation_log.csv").write_text(header + event)
    talk.bring(place)


def test_wording_that_a_moderator_removes_goes_from_earlier_releases(talk: Talk):
    released(talk, NOON)
    moderated(talk, "1,2022-02-10T09:00,remove,idea,i2,,,,,,off topic\n")
    released(talk, NOON + DAY)
    assert wordings(talk, 1) == {"i1": "More time on wards", "i2": "", "c1": "", "c2": "So do I"}
    assert verify_release(talk.home / "releases", 1) == []


def test_the_old_wording_of_what_a_moderator_reworded_goes_and_the_new_one_stays(talk: Talk):
    released(talk, NOON)
    moderated(talk, "1,2022-02-10T09:00,retitle,idea,i2,,,,Rest,A room to rest,\n")
    for day in (1, 2):
        released(talk, NOON + day * DAY)
    assert (wordings(talk, 1)["i2"], wordings(talk, 2)["i2"]) == ("", "A room to rest")


def test_merging_takes_no_wording_from_earlier_releases(talk: Talk):
    released(talk, NOON)
    moderated(talk, "1,2022-02-10T09:00,merge,idea,i1,i2,,,,,\n")
    released(talk, NOON + DAY)
    assert wordings(talk, 1)["i2"] == "Somewhere to rest"


FLAGGED = "idea,author,posted_at,title,text\ni1,ann,2022-02-01T09:00,Wards,Ring 07700 900123 for more\n"


def test_flagged_wording_waits_until_somebody_releases_that_very_wording(talk: Talk):
    talk.bring(talk.files("second", ideas=FLAGGED))
    assert wordings(talk, released(talk, NOON).number)["i1"] == ""
    other = {KEY: TextDecisions(released=frozenset({wording_hash("Wards", "Ring 07700 900124 for more")}))}
    assert wordings(talk, released(talk, NOON, other).number)["i1"] == ""
    this = {KEY: TextDecisions(released=frozenset({wording_hash("Wards", "Ring 07700 900123 for more")}))}
    assert wordings(talk, released(talk, NOON, this).number)["i1"] == "Ring 07700 900123 for more"


def test_wording_that_is_kept_back_goes_from_earlier_releases_too(talk: Talk):
    released(talk, NOON)
    kept = {KEY: TextDecisions(kept_back=frozenset({wording_hash("Rest", "Somewhere to rest")}))}
    second = released(talk, NOON + DAY, kept)
    assert (wordings(talk, 1)["i2"], wordings(talk, second.number)["i2"]) == ("", "")


def test_kept_back_wins_over_released():
    wording = wording_hash("", "Ring 07700 900123")
    both = TextDecisions(released=frozenset({wording}), kept_back=frozenset({wording}))
    assert both.holds_back("", "Ring 07700 900123", is_flagged=True)


def test_releases_are_numbered_in_the_folder_of_the_home(crowd: Talk, tmp_path: Path):
    """The fixtures of this file write where they say: guards the tests above against reading another folder."""
    released(crowd, datetime(2022, 3, 1, 12, tzinfo=UTC))
    assert (tmp_path / "home" / "releases" / "0001" / "texts.parquet").is_file()
