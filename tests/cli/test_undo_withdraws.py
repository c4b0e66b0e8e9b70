"""Undoing an import takes the releases that rest on it off the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.cli import app, gather
from data_access.releases.store import current_number
from data_access.settings import Settings

NAMES = ("london.youth.policing", "15-per-hour-seattle")


@pytest.fixture
def run():
    gather()
    runner = CliRunner()

    def command(*words: str) -> str:
        answer = runner.invoke(app, list(words), catch_exceptions=False)
        assert answer.exit_code == 0, answer.output
        return answer.output

    return command


def test_undoing_the_newest_import_brings_the_release_before_it_back(run, settings: Settings, polis_data: Path):
    for name in NAMES:
        run("import", "polis", str(polis_data / name))
        run("publish")
    assert current_number(settings.releases_folder) == 2
    assert "Releases withdrawn because they rest on it: 2" in run("undo", "2")
    assert current_number(settings.releases_folder) == 1
    assert "15-per-hour" not in run("cells", "conversations")
