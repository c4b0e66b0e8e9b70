"""complete: two people end a conversation; its final release is cut and the clock of thirty days starts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Connection, Engine

from dashboard.cli._account import signed_in
from dashboard.cli._console import JsonFlag, print_json, progress_bars
from dashboard.permissions import Right
from data_access.desk import proposals
from data_access.desk.engine import open_desk
from data_access.desk.proposals import Proposed
from data_access.desk.retention import COMPLETING, completing_summary
from data_access.problems import NothingThere
from data_access.retention.certify import as_data
from data_access.retention.complete import check_can_complete, complete_conversation
from data_access.settings import Settings, load_settings


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("complete")(complete_command)


def complete_command(
    conversation: Annotated[str, typer.Argument(metavar="CONVERSATION", help="Key of the conversation.")],
    *,
    account: Annotated[str, typer.Option("--account", help="Who you are on the dashboard; asks for the password.")],
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Confirm what another account asked for; without it, ask.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """End a conversation: one account asks, a second confirms; then its rows are deleted within 30 days (purge)."""
    settings = load_settings()
    desk = open_desk(settings.desk_url)
    if confirm:
        _confirm(settings, desk, conversation, account, as_json=as_json)
    else:
        _ask(settings, desk, conversation, account, as_json=as_json)


def _ask(settings: Settings, desk: Engine, key: str, account: str, *, as_json: bool) -> None:
    user = signed_in(desk, account, (Right.PROPOSE_DATA, Right.APPROVE_DATA))
    state = check_can_complete(settings, key)
    with desk.begin() as connection:
        made = proposals.propose(
            connection,
            kind=COMPLETING,
            subject={"conversation": key},
            summary=completing_summary(state.title, key),
            asked_by=user.name,
            now=datetime.now(UTC),
        )
    if as_json:
        print_json({"proposal": made.id, "conversation": key, "asked_by": made.asked_by, "is_completed": False})
    else:
        print(f"Asked. Somebody else confirms it with: lookforward complete {key} --confirm --account NAME")


def _confirm(settings: Settings, desk: Engine, key: str, account: str, *, as_json: bool) -> None:
    user = signed_in(desk, account, (Right.APPROVE_DATA,))
    check_can_complete(settings, key)
    now = datetime.now(UTC)
    with desk.begin() as connection:
        agreed = _agreed(connection, key, user.name, now)
    with progress_bars() as progress:
        made = complete_conversation(
            settings,
            key,
            asked_by=agreed.asked_by,
            confirmed_by=agreed.decided_by or user.name,
            now=now,
            progress=progress,
        )
    if as_json:
        print_json(as_data(made))
    else:
        facts = made.facts
        print(
            f"'{key}' is completed. Final release: {facts['final release']}; grouped tables "
            f"{facts['grouped tables']}. "
            f"Its rows must be deleted by {facts['rows must be deleted by']}: lookforward purge {key}"
        )


def _agreed(connection: Connection, key: str, name: str, now: datetime) -> Proposed:
    """Decide on what waits; what two people agreed on before and was interrupted is taken up again."""
    mine = [one for one in proposals.open_ones(connection, COMPLETING) if one.subject.get("conversation") == key]
    if mine:
        return proposals.decide(connection, mine[0].id, is_approved=True, decided_by=name, now=now)
    before = proposals.decided_ones(connection, COMPLETING)
    agreed = [one for one in before if one.is_approved and one.subject.get("conversation") == key]
    if not agreed:
        raise NothingThere(f"Nobody asked to complete '{key}' yet: lookforward complete {key} --account NAME")
    return agreed[0]
