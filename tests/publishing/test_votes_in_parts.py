"""Votes that are too many for memory: written in parts, counted part by part, added up to the same cells."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from data_access.progress import silent
from data_access.publishing import resolve, vote_reading, vote_rows
from data_access.publishing.ground import prepare
from data_access.publishing.material import facts_of, gather
from data_access.publishing.tallying import work_out
from data_access.vault import reading
from tests.publishing.many_votes import many_votes


def in_order(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(sorted(frame.columns)).sort(sorted(frame.columns))


def test_tallies_of_parts_add_up_to_those_of_the_whole(monkeypatch, tmp_path: Path):
    """Five parts of whole participants: distinct people are counted once, wherever they voted."""
    material = many_votes(6_000)
    assert isinstance(material.votes, pl.DataFrame)
    monkeypatch.setattr(vote_rows, "ROWS_A_PART", 1_200)
    chunks = [material.votes.slice(start, 1_000) for start in range(0, 6_000, 1_000)]
    parted = vote_rows.written(chunks, tmp_path / "votes", 6_000)
    assert len(parted.parts) == 5
    whole, parts = prepare(material), prepare(replace(material, votes=parted))
    work_out(whole)
    work_out(parts)
    assert whole.tallied.keys() == parts.tallied.keys()
    assert [
        name for name in whole.tallied if not in_order(whole.tallied[name]).equals(in_order(parts.tallied[name]))
    ] == []
    assert whole.tallied["by_idea"]["voters"].sum() > 3_000


@pytest.mark.parametrize("positions", [(1, 2, 3, 4), (4, 3, 2, 1)])
def test_votes_of_one_moment_keep_their_rows_order_in_files_too(vault, monkeypatch, tmp_path: Path, positions):
    """The last row of the same millisecond stands, also where rows did not reach the vault in their order."""
    at = int(datetime(2024, 3, 2, tzinfo=UTC).timestamp() * 1000)
    vault.idea("A")
    for position, value in zip(positions, (1, 0, -1, 1), strict=True):
        vault.vote("p0", "A", value, 2, at_ms=at, position=position)
    monkeypatch.setattr(vote_reading, "ROWS_A_PART", 1)
    monkeypatch.setattr(vote_rows, "ROWS_A_PART", 2)
    with reading.snapshot(vault.engine) as connection:
        facts = facts_of(reading.conversations(connection).row(0, named=True))
        read = gather(connection, facts, now=datetime(2030, 1, 1, tzinfo=UTC), progress=silent, scratch=tmp_path / "s")
    assert len(read.rows.folders) == 2
    ground = prepare(read)
    last = dict(zip(positions, (1, 0, -1, 1), strict=True))[4]
    assert ground.counted.select("value").collect().to_series().to_list() == [last]


def test_resolving_never_loops_over_votes():
    """`resolve` is handed posts and events; no vote reaches it, so its cost is that of the moderation log."""
    tree = ast.parse(Path(resolve.__file__).read_text())
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    arguments = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    assert {"votes", "vote_fates"} & (names | arguments) == set()
    loops = []
    for path in sorted(Path(resolve.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.For | ast.comprehension):
                loops += [
                    path.name
                    for word in (".votes", "iter_rows(ground.fated", ".fated", ".counted")
                    if ast.unparse(node.iter).endswith(word)
                ]
    assert loops == []
