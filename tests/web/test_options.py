"""Streamlit's options: ours are safe, and nothing else starts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from streamlit.web.server.app_discovery import discover_asgi_app

import dashboard
from dashboard.cli.serve import dashboard_environment
from dashboard.web.options import FILE, NEEDED, check_options, file_options
from data_access.problems import BadConfiguration
from data_access.settings import Settings


def test_our_own_file_is_safe() -> None:
    options = file_options()
    check_options(options.get)
    assert options["server.address"] == "127.0.0.1"
    assert options["server.port"] == 8501
    assert options["server.maxUploadSize"] == 25
    assert options["client.toolbarMode"] == "minimal"


def test_there_are_exactly_ten_chart_colours_or_plotly_uses_its_own() -> None:
    colours = tomllib.loads(FILE.read_text())["theme"]["chartCategoricalColors"]
    assert (len(colours), len(set(colours))) == (10, 10)


@pytest.mark.parametrize("name", NEEDED)
def test_the_app_does_not_start_with_an_option_that_is_not_safe(name: str) -> None:
    options = {**file_options(), name: "something else"}
    with pytest.raises(BadConfiguration, match=name):
        check_options(options.get)


def test_the_app_does_not_start_without_our_file(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="is missing"):
        file_options(tmp_path / "config.toml")


def test_streamlit_run_finds_the_guarded_app_and_not_the_bare_script() -> None:
    found = discover_asgi_app(Path(dashboard.__file__).parent / "app.py")
    assert (found.is_asgi_app, found.app_name) == (True, "app")


def test_the_dashboard_is_not_told_where_the_vault_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKFORWARD_VAULT_URL", "postgresql://jobs@localhost/vault")
    monkeypatch.setenv("LOOKFORWARD_HOME", "/somewhere")
    given = dashboard_environment()
    assert "LOOKFORWARD_VAULT_URL" not in given
    assert given["LOOKFORWARD_HOME"] == "/somewhere"


def test_host_names_are_joined_by_commas(settings: Settings) -> None:
    assert settings.host_names == ()
    assert settings.model_copy(update={"hosts": "a.example, b.example,"}).host_names == ("a.example", "b.example")
