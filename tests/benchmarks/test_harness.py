"""The measurements run, at a size that says nothing about speed; nothing here asserts a time."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from benchmarks import homes, measuring, s3_pages, write_performance
from benchmarks.made_up import Size, size_of, write_conversation
from benchmarks.measuring import Record
from benchmarks.resolved import resolved_of
from data_access.releases.store import open_release

VOTES = 2_000
IDEAS = 40


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for installations and one for records, instead of the project's own."""
    folder = tmp_path_factory.mktemp("bench")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(homes, "PLACE", folder / "homes")
        patch.setattr(measuring, "RESULTS", folder / "results")
        patch.setattr(write_performance, "RESULTS", folder / "results")
        patch.setattr(write_performance, "CHARTS", folder / "charts")
        patch.setattr(write_performance, "NOTES", folder / "results" / "notes.md")
        yield folder


def test_a_size_and_a_seed_always_give_the_same_files(tmp_path: Path):
    for name in ("once", "again"):
        write_conversation(tmp_path / name, size_of(VOTES))
    written = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("once", "again")]
    assert written[0] == written[1]
    votes = pl.read_csv(tmp_path / "once" / "votes.csv")
    assert (votes.height, votes["idea"].n_unique() <= IDEAS) == (VOTES, True)
    drawn = votes["idea"].value_counts(sort=True)["count"]
    assert drawn[0] > 5 * drawn[-1]  # a few ideas draw most votes


def test_the_release_and_the_peers_table_hold_the_same_votes(place: Path):
    """Moderation is resolved twice, by us and for the peers: else S4 would compare answers to different questions."""
    size = Size(VOTES, IDEAS)
    release = open_release(homes.home_of(size) / "releases")
    ours = release.table("votes_by_idea").filter(pl.col("voters") > 0)
    said = {name: (pl.col("value") == value).sum() for name, value in (("agree", 1), ("disagree", -1))}
    votes = pl.read_parquet(resolved_of(size))
    theirs = votes.group_by("idea").agg(voters=pl.col("participant").n_unique(), **said)
    expected = {f"i{idea}": (voters, agree, disagree) for idea, voters, agree, disagree in theirs.rows()}
    assert {row[0]: row[1:] for row in ours.select("idea", "voters", "agree", "disagree").rows()} == expected
    assert len(expected) > 30


def test_a_figure_is_kept_and_told_with_its_runs_and_target(place: Path):
    record = s3_pages.measure(Size(VOTES, IDEAS), times=2)
    file = record.keep()
    kept = json.loads(file.read_text())
    assert (kept["figure"], kept["votes"], kept["ideas"]) == ("S3", VOTES, IDEAS)
    assert {line["name"].split()[0] for line in kept["lines"]} == {"page", "any"}
    assert all(len(line["runs"]) == 2 for line in kept["lines"] if line["name"].startswith("page"))


def test_the_document_tells_medians_spread_and_what_was_missed(place: Path):
    for votes, seconds in ((1_000, 2.0), (10_000, 8.0)):
        record = Record("S2", "Publishing", votes, 40)
        record.add("publish", "s", [seconds, seconds + 1, seconds + 3], target="≤ 5", is_met=seconds + 1 <= 5)
        record.keep()
    text = write_performance.document([one for one in write_performance.records() if one["figure"] == "S2"])
    assert "| publish | 3 s | 2 to 5 | 3 | ≤ 5 | met |" in text
    assert "| publish | 9 s | 8 to 11 | 3 | ≤ 5 | **missed** |" in text
    assert "| publish | 3 | 9 |" in text
    assert "| in step with the votes | 3 | 30 |" in text
    assert (place / "charts" / "publish.svg").read_text().startswith("<?xml")
