"""What a worker does unasked: throw away what has expired, and keep the page's list of imports fresh."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from data_access.desk.engine import connect_desk
from data_access.desk.retention import sound_alarms
from data_access.importing.history import ImportSummary, list_imports
from data_access.retention.certify import tell_desk
from data_access.settings import Settings
from data_access.tray.places import sweep
from data_access.tray.reviews import ImportLine, keep_imports
from data_access.vault.engine import has_vault, open_vault

COMMITTED = "committed"


def do_chores(settings: Settings, now: datetime) -> None:
    """Delete expired deliveries and reviews; write the list of imports where there is a vault."""
    sweep(settings.home, now)
    if has_vault(settings.vault_url):
        engine = open_vault(settings.vault_url)
        try:
            show_imports(settings, engine)
            tell_days(settings, engine, now)
        finally:
            engine.dispose()


def tell_days(settings: Settings, engine: Engine, now: datetime) -> None:
    """Write onto the desk how long each conversation's records are kept, and sound the alarm for overdue ones."""
    desk = connect_desk(settings.desk_url)
    try:
        with desk.begin() as connection:
            tell_desk(engine, connection)
            sound_alarms(connection, now)
    finally:
        desk.dispose()


def show_imports(settings: Settings, engine: Engine) -> None:
    """Write the list of imports into the tray, where the dashboard reads it."""
    found = list_imports(engine)
    newest: dict[str, int] = {}
    for one in found:
        if one.state == COMMITTED:
            newest.setdefault(one.conversation, one.number)
    keep_imports(settings.home, tuple(_line(one, newest.get(one.conversation) == one.number) for one in found))


def _line(one: ImportSummary, can_undo: bool) -> ImportLine:
    return ImportLine(**vars(one), can_undo=can_undo)
