"""What deploy/ ships names real commands and variables, and keeps the dashboard away from the vault."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url
from typer.testing import CliRunner

import dashboard.cli as command_line
from data_access.settings import Settings
from tests.deploy.test_behind_nginx import free_port, stop, wait_for
from tests.prove.postgres_server import server, server_programs
from tests.vault.test_roles_on_postgresql import run_file

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
PROGRAM = "/opt/lookforward/.venv/bin/lookforward"
WITHHELD = {"LOOKFORWARD_VAULT_URL", "LOOKFORWARD_KEYS"}


@pytest.fixture(scope="module")
def services() -> Mapping[str, Any]:
    composed: Mapping[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    return composed


def run(*words: str) -> str:
    if not command_line.app.registered_commands:
        command_line.gather()
    done = CliRunner().invoke(command_line.app, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def shipped_commands() -> list[list[str]]:
    """Every command of the units, the containers and their crontab."""
    units = [match[1].split() for unit in UNITS for match in re.finditer(rf"{PROGRAM} (.+)", unit.read_text())]
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"].values()
    containers = [one["command"] for one in composed if "command" in one]
    timed = [match[1].split() for match in re.finditer(r"--rm jobs (.+)", (DEPLOY / "compose.crontab").read_text())]
    return [*units, *containers, *timed]


def test_every_shipped_command_and_option_is_one_of_ours():
    commands = shipped_commands()
    assert len(commands) == 5 + 4 + 3
    for command in commands:
        run(*[word.replace("%i", "8501") for word in command], "--help")


def test_every_unit_is_one_systemd_understands(tmp_path: Path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not on this computer")
    for unit in UNITS:
        # The program's place is another here; a template is checked as an instance of it.
        text = unit.read_text().replace(PROGRAM, sys.executable)
        (tmp_path / unit.name.replace("@", "@8501")).write_text(text)
    checked = [path for path in tmp_path.iterdir() if path.suffix == ".service"]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *checked], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stderr.splitlines() if "lookforward" in line] == []


def test_every_timer_has_its_service():
    timers = [unit for unit in UNITS if unit.suffix == ".timer"]
    assert [unit.stem for unit in timers] == ["lookforward-backup", "lookforward-publish", "lookforward-purge"]
    assert all(unit.with_suffix(".service") in UNITS for unit in timers)


def variables(file: Path) -> dict[str, str]:
    lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_only_jobs_are_told_where_the_vault_and_the_keys_are(services: Mapping[str, Any]):
    assert set(variables(DEPLOY / "dashboard.env")) & WITHHELD == set()
    assert set(variables(DEPLOY / "jobs.env")) >= WITHHELD
    for name in ("dashboard-1", "dashboard-2", "proxy"):
        assert set(services[name].get("environment", {})) & WITHHELD == set()
        assert not any("keys" in volume for volume in services[name]["volumes"])
        assert "jobs" not in str(services[name])
    unit = (DEPLOY / "systemd" / "lookforward-dashboard@.service").read_text()
    hidden = re.search(r"^InaccessiblePaths=(.+)$", unit, flags=re.MULTILINE)
    assert hidden is not None
    keys, jobs = variables(DEPLOY / "jobs.env")["LOOKFORWARD_KEYS"], "/etc/lookforward/jobs.env"
    assert {keys, jobs} <= {path.lstrip("-") for path in hidden[1].split()}


def test_every_variable_is_one_the_program_reads(services: Mapping[str, Any]):
    known = {line.split("=")[0] for line in (ROOT / ".env.example").read_text().splitlines() if "=" in line}
    told = [set(variables(DEPLOY / f"{name}.env")) for name in ("dashboard", "jobs")]
    told += [set(services[name]["environment"]) for name in ("dashboard-1", "worker")]
    for names in told:
        assert {name for name in names if name.startswith("LOOKFORWARD_")} <= known
    used = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    assert used == set(variables(DEPLOY / "compose.env.example"))


def test_containers_wait_for_what_they_need(services: Mapping[str, Any]):
    for name, service in services.items():
        needed = {*service.get("depends_on", {}), *re.findall(r"service:(\w+)", service.get("network_mode", ""))}
        assert needed <= set(services), name
    assert services["dashboard-1"]["network_mode"] == "service:proxy"
    conf = (DEPLOY / "nginx" / "lookforward.conf").read_text()
    ports = [services[name]["command"][-1] for name in ("dashboard-1", "dashboard-2")]
    assert re.findall(r"^    server 127\.0\.0\.1:(\d+);", conf, flags=re.MULTILINE) == ports


@pytest.fixture
def house(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A server prepared by the shipped file and the jobs' environment; gives the dashboard's."""
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with server(programs) as keeper:
        run_file(keeper)
        place = f"127.0.0.1:{make_url(keeper).port}"
        own = {"LOOKFORWARD_HOME": str(settings.home), "LOOKFORWARD_KEYS": str(tmp_path / "keys")}

        def told(name: str) -> dict[str, str]:
            shipped = variables(DEPLOY / f"{name}.env")
            found = {key: re.sub(r":CHANGE@localhost", f"@{place}", value) for key, value in shipped.items()}
            return found | {key: value for key, value in own.items() if key in shipped}

        for name, value in told("jobs").items():
            monkeypatch.setenv(name, value)
        yield told("dashboard")


@pytest.mark.postgres
def test_the_house_runs_as_deployed_without_containers(house: dict[str, str], tmp_path: Path, polis_data: Path):
    """Migrate, import, publish, back up, purge, restore as the jobs; then the dashboard with its own account alone."""
    assert "schema" in run("migrate")
    run("import", "polis", str(polis_data / "scoop-hivemind.ubi"))
    assert "Release 1" in run("publish")
    assert "No conversation's thirty days" in run("purge", "--due")
    run("backup", str(tmp_path / "backups"))
    backup = next((tmp_path / "backups").iterdir())
    assert "Brought back: vault, desk" in run("restore", str(backup), "--yes")
    port = free_port()
    outside = {name: value for name, value in os.environ.items() if not name.startswith("LOOKFORWARD_")}
    command = [sys.executable, "-P", "-m", "dashboard", "--address", "127.0.0.1", "--port", str(port)]
    log = (tmp_path / "dashboard.log").open("w")
    process = subprocess.Popen(command, env=outside | house, stdout=log, stderr=log, cwd=tmp_path)
    try:
        address = f"http://127.0.0.1:{port}/lookforward/healthz"
        wait_for(address)
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
    finally:
        stop(process)
        log.close()
