"""A million moderated votes, counted on this machine and on a standalone cluster: the same cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from data_access.publishing.count import COUNTS
from data_access.publishing.ground import prepare
from data_access.publishing.tallying import work_out
from data_access.publishing.vote_rows import written
from tests.publishing.cluster import missing, spark_cluster
from tests.publishing.many_votes import many_votes

VOTES = 1_000_000
# The tables that votes are in; the others come from ideas, wording and sessions, whatever the engine.
TABLES = (
    "totals",
    "votes_by_idea",
    "votes_by_element",
    "votes_by_theme",
    "activity_by_day",
    "votes_by_idea_week",
    "votes_by_element_week",
    "votes_by_period",
    "participants_by_week",
    "joiners_by_week",
    "retention",
    "concentration",
    "idea_exposure",
    "own_votes",
    "vote_clustering",
    "votes_by_opinion_group",
    "themes_by_element",
    "theme_pairs",
    "themes_by_week",
    "moderation",
    "lineage",
)


@pytest.mark.skipif(bool(missing()), reason=missing() or "everything is there")
def test_a_cluster_and_this_machine_give_equal_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """One master and two workers; merges, splits, removals, late votes and second thoughts included."""
    from data_access.publishing.spark_engine import spark_engine

    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")  # the driver, too, listens on loopback only
    material = many_votes(VOTES)
    assert isinstance(material.votes, pl.DataFrame)
    on_disk = replace(material, votes=written([material.votes], tmp_path / "votes", VOTES))
    here = prepare(on_disk)
    work_out(here)
    settings = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    settings |= {"spark.executor.memory": "1g", "spark.local.dir": str(tmp_path / "spark")}
    with spark_cluster(tmp_path / "cluster") as master, spark_engine(master, settings) as engine:
        there = prepare(on_disk, engine)
        work_out(there)
        assert engine.workers() == 2
    assert set(there.tallied) == set(here.tallied)
    different = [
        name for name, frame in here.tallied.items() if not _in_order(frame).equals(_in_order(there.tallied[name]))
    ]
    assert different == []
    assert [name for name in TABLES if not COUNTS[name](here).equals(COUNTS[name](there))] == []
    moderated = {row["outcome"] for row in COUNTS["moderation"](there).rows(named=True)}
    assert {"merge", "split", "remove", "counted", "superseded", "withheld"} <= moderated


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    named = frame.select(sorted(frame.columns))
    return named.cast({pl.Int32: pl.Int64, pl.Int8: pl.Int64}).sort(named.columns)
