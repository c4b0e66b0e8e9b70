"""`lookforward doctor`: what is configured, reachable and out of date."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import version

import typer

from dashboard.cli._console import JsonFlag, print_json
from data_access.health import Finding, findings
from data_access.settings import load_settings

NAMED = ("lookforward", "streamlit", "polars", "sqlalchemy", "plotly")


def add_to(app: typer.Typer) -> None:
    """Offer the command."""
    app.command()(doctor)


def doctor(as_json: JsonFlag = False) -> None:
    """Look at the installation without changing it. Exit code 1 if anything needs attention."""
    found = findings(load_settings(), datetime.now(UTC))
    is_well = all(finding.is_fine for finding in found)
    if as_json:
        print_json({"is_well": is_well, "versions": _versions(), "findings": [vars(finding) for finding in found]})
    else:
        print("\n".join([*(_line(finding) for finding in found), _line(_version_finding())]))
    raise typer.Exit(0 if is_well else 1)


def _line(finding: Finding) -> str:
    word = "ok" if finding.is_fine else "attention"
    remedy = "" if finding.is_fine or not finding.remedy else f"\n{'':<23}→ {finding.remedy}"
    return f"{word:<10} {finding.subject:<11} {finding.says}{remedy}"


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: version(name) for name in NAMED}}


def _version_finding() -> Finding:
    return Finding("versions", True, ", ".join(f"{name} {number}" for name, number in _versions().items()))
