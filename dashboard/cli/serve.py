"""`lookforward serve`: the dashboard without the way to the vault, and a worker with it, as two processes."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from dashboard.cli._console import errors
from dashboard.cli._processes import Kept, run_together, started
from data_access.settings import PREFIX, load_settings

# The dashboard cannot leak what it cannot read: it is not even told where the vault and its keys are.
WITHHELD = (f"{PREFIX}VAULT_URL", f"{PREFIX}KEYS")


def add_to(app: typer.Typer) -> None:
    """Offer the command."""
    app.command()(serve)


def serve(
    port: Annotated[int, typer.Option(help="Port to answer on.", min=1, max=65535)] = 8501,
    address: Annotated[str, typer.Option(help="Address to answer on; keep it behind a proxy with TLS.")] = "127.0.0.1",
    has_worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Start the worker too; without it the Data page only waits.")
    ] = True,
) -> None:
    """Serve the dashboard and its worker until stopped. Never makes data; the first page says how."""
    load_settings()
    errors.print(f"LookForward answers at http://{_spelled(address)}:{port} (stop with Ctrl+C)", highlight=False)
    # -P keeps the current folder off the search path: a folder 'pages' lying there is not ours.
    command = [sys.executable, "-P", "-m", "dashboard", "--address", address, "--port", str(port)]
    dashboard = started(command, dashboard_environment())
    worker = Kept([sys.executable, "-P", "-c", _WORKER], os.environ) if has_worker else None
    raise typer.Exit(run_together(dashboard, worker, lambda text: errors.print(text, highlight=False)))


_WORKER = "import sys; sys.argv = ['lookforward', 'worker']; from dashboard.cli import main; main()"


def dashboard_environment() -> dict[str, str]:
    """Give the environment of the dashboard: this one without what it must not know."""
    return {name: value for name, value in os.environ.items() if name not in WITHHELD}


def _spelled(address: str) -> str:
    return f"[{address}]" if ":" in address else address
