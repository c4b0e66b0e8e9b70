"""`lookforward serve`: the dashboard on this computer, without the way to the vault."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer

from dashboard.cli._console import errors
from data_access.settings import PREFIX, load_settings

# The dashboard cannot leak what it cannot read: it is not even told where the vault is.
WITHHELD = (f"{PREFIX}VAULT_URL",)


def add_to(app: typer.Typer) -> None:
    """Offer the command."""
    app.command()(serve)


def serve(
    port: Annotated[int, typer.Option(help="Port to answer on.", min=1, max=65535)] = 8501,
    address: Annotated[str, typer.Option(help="Address to answer on; keep it behind a proxy with TLS.")] = "127.0.0.1",
) -> None:
    """Serve the dashboard until it is stopped. Never makes data; the first page says how."""
    load_settings()
    errors.print(f"LookForward answers at http://{_spelled(address)}:{port} (stop with Ctrl+C)", highlight=False)
    # -P keeps the current folder off the search path: a folder 'pages' lying there is not ours.
    command = [sys.executable, "-P", "-m", "dashboard", "--address", address, "--port", str(port)]
    if os.name == "posix":
        sys.stderr.flush()
        os.execve(sys.executable, command, dashboard_environment())  # noqa: S606 - our own interpreter and module
    raise typer.Exit(subprocess.call(command, env=dashboard_environment()))  # noqa: S603 - as above


def dashboard_environment() -> dict[str, str]:
    """Give the environment of the dashboard: this one without what it must not know."""
    return {name: value for name, value in os.environ.items() if name not in WITHHELD}


def _spelled(address: str) -> str:
    return f"[{address}]" if ":" in address else address
