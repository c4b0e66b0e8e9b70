"""`lookforward demo`: an installation with a made-up but realistic programme."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli._console import JsonFlag, print_json, progress_bars
from dashboard.cli._demo_home import DemoMade, make_demo
from data_access.demo.write import USUAL_SEED
from data_access.settings import load_settings


def add_to(app: typer.Typer) -> None:
    """Offer the command."""
    app.command("demo")(demo_command)


def demo_command(
    *,
    folder: Annotated[
        Path | None, typer.Option(help="Where the made-up files go; 'demo' in the home folder if left out.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another number makes up another programme.", min=0)] = USUAL_SEED,
    add: Annotated[bool, typer.Option("--add", help="Add it beside other conversations, without accounts.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Make up a programme, import it, publish it and add accounts to look at it with."""
    settings = load_settings()
    with progress_bars() as progress:
        made = make_demo(
            settings,
            folder=folder or settings.home / "demo",
            seed=seed,
            is_added=add,
            now=datetime.now(UTC),
            progress=progress,
        )
    if as_json:
        print_json(_as_dict(made))
    else:
        print("\n".join(_lines(made)))


def _lines(made: DemoMade) -> list[str]:
    rows = made.facts.rows
    counts = ", ".join(
        f"{rows[table]:,} {table}" for table in ("participants", "ideas", "comments", "votes", "sessions", "bookings")
    )
    done = "was imported before as" if made.was_already_imported else "is import"
    return [
        f"A made-up programme, not real data (seed {made.facts.seed}): {counts}, {rows['plan_actions']} actions.",
        f"  Files    {made.folder}",
        f"  Vault    '{made.facts.conversation}' {done} {made.import_number}",
        f"  Plan     {_plan_line(made)}",
        f"  Release  {made.release}",
        *_account_lines(made),
        "",
        "Next: lookforward serve, then open http://127.0.0.1:8501",
    ]


def _plan_line(made: DemoMade) -> str:
    if made.is_plan_kept:
        return "a register was here already and stays as it is"
    return made.plan


def _account_lines(made: DemoMade) -> list[str]:
    lines = []
    if made.accounts:
        lines += ["", "Accounts for the demonstration only. Disable them before real data come in:"]
        lines += [_account_line(*entry) for entry in _account_cells(made)]
    if made.accounts_kept:
        lines += ["", f"Accounts that were here already keep their passwords: {', '.join(made.accounts_kept)}."]
    if not made.accounts and not made.accounts_kept:
        lines += ["", "No accounts were made: other conversations are here and demonstration passwords are known."]
    return lines


def _account_line(name: str, password: str, sees: str) -> str:
    return f"  {name:<14} {password:<26} {sees}".rstrip()


def _account_cells(made: DemoMade) -> list[tuple[str, str, str]]:
    return [("name", "password", "regions")] + [
        (account.name, account.password, ", ".join(account.regions)) for account in made.accounts
    ]


def _as_dict(made: DemoMade) -> dict[str, object]:
    return {
        "is_made_up": True,
        "seed": made.facts.seed,
        "conversation": made.facts.conversation,
        "folder": made.folder,
        "rows": dict(made.facts.rows),
        "import": made.import_number,
        "was_already_imported": made.was_already_imported,
        "plan": made.plan,
        "is_plan_kept": made.is_plan_kept,
        "release": made.release,
        "accounts": [
            {
                "name": account.name,
                "password": account.password,
                "role": account.role.value,
                "regions": list(account.regions),
            }
            for account in made.accounts
        ],
        "accounts_kept": list(made.accounts_kept),
    }
