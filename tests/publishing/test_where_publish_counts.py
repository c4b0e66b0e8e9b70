"""What `publish` counts with: said plainly where a cluster is asked for and cannot be used; no votes left behind."""

from __future__ import annotations

import builtins
import contextlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.cli._counting import EngineName, counting
from data_access.problems import BadConfiguration
from data_access.publishing.counting import Counting
from data_access.publishing.engines import PolarsEngine
from data_access.publishing.spark_engine import spark_engine
from data_access.retention.sweep import empty_rooms
from data_access.settings import Settings

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def test_this_computer_counts_unless_a_cluster_is_asked_for(settings: Settings):
    with counting(settings, EngineName.POLARS, "", None) as found:
        assert isinstance(found.engine, PolarsEngine)
        assert found.folder == settings.home / "scratch"


def test_a_cluster_without_an_address_is_refused(settings: Settings):
    with pytest.raises(BadConfiguration, match="--master"), counting(settings, EngineName.SPARK, "", None):
        pass


def test_an_address_without_its_engine_is_refused_and_not_passed_over(settings: Settings):
    """Whoever names a cluster means to use it."""
    with (
        pytest.raises(BadConfiguration, match="--engine spark"),
        counting(settings, EngineName.POLARS, "spark://a:1", None),
    ):
        pass


def test_without_pyspark_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch):
    found = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("pyspark"):
            raise ImportError(name)
        return found(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BadConfiguration, match="lookforward\\[spark\\]"), spark_engine("spark://a:1"):
        pass


def test_votes_are_gone_when_counting_is_over_and_when_it_failed(tmp_path: Path):
    counting_ = Counting(folder=tmp_path / "scratch")
    with counting_.scratch() as place:
        (place / "votes").mkdir()
        assert place.stat().st_mode & 0o077 == 0
    with contextlib.suppress(KeyError), counting_.scratch() as place:
        (place / "votes").mkdir()
        raise KeyError("what failed")
    assert list((tmp_path / "scratch").iterdir()) == []


def test_what_a_killed_publish_left_goes_with_a_later_one_and_what_is_at_work_stays(tmp_path: Path):
    folder = tmp_path / "scratch"
    (folder / "votes-left" / "part-0000").mkdir(parents=True)
    with Counting(folder=folder).scratch() as at_work, Counting(folder=folder).scratch() as beside:
        assert sorted(folder.iterdir()) == sorted([at_work, beside])
    assert list(folder.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from data_access.publishing.counting import Counting
with Counting(folder=Path(sys.argv[1])).scratch() as place:
    (place / "votes.parquet").write_bytes(b"votes")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_votes_of_a_killed_publish_are_swept_by_the_next_erasure_or_purge(settings: Settings):
    """Votes are promised to be gone within thirty days, and not when somebody happens to publish again."""
    subprocess.run([sys.executable, "-c", KILLED, str(settings.scratch_folder)], check=False)
    assert len(list(settings.scratch_folder.rglob("votes.parquet"))) == 1
    with Counting(folder=settings.scratch_folder.parent / "other").scratch():
        assert empty_rooms(settings, NOW)["votes a publish left"] == 1
    assert list(settings.scratch_folder.iterdir()) == []


def test_a_sweep_leaves_a_publish_at_work_alone(settings: Settings):
    with Counting(folder=settings.scratch_folder).scratch() as at_work:
        assert empty_rooms(settings, NOW)["votes a publish left"] == 0
        assert at_work.is_dir()
