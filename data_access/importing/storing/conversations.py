"""The conversation an import belongs to: found by its key or made, its settings brought up to date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast

from sqlalchemy import Connection, Table, func, insert, select, update

from data_access.importing.bundle import Bundle
from data_access.importing.pseudonyms import ConversationKey
from data_access.problems import BadConfiguration
from data_access.vault.schema import Conversation, Participant
from data_access.vocabulary import ModerationMode

LONGEST_KEY: Final = 80
LONGEST_TITLE: Final = 300
_TABLE: Final = cast("Table", Conversation.__table__)
# What a template's `conversation` table may set; the key and the source are not its to choose.
_SETTINGS: Final = (
    "title",
    "opens_on",
    "closes_on",
    "timezone",
    "threshold",
    "moderation_mode",
    "staff_group_scheme",
    "is_demo",
)
Settings = dict[str, Any]


def conversation_settings(connection: Connection, key: str) -> Settings | None:
    """Give the row of a conversation by name, None where there is none of that key."""
    row = connection.execute(select(_TABLE).where(_TABLE.c.key == key)).mappings().one_or_none()
    return None if row is None else dict(row)


def wanted_settings(before: Settings | None, key: str, source: str, bundle: Bundle, *, is_strict: bool) -> Settings:
    """Give a conversation's settings after an import: what the files say, else what was, else the usual.

    Strict moderation, once on, is only turned off by a template that says so: an import that forgot to
    ask for it must not show posts nobody has looked at.
    """
    wanted: Settings = dict(before) if before else {"key": key, "title": _title_from(key), "source": source}
    if bundle.title:
        wanted["title"] = bundle.title[:LONGEST_TITLE]
    if bundle.has_pass is not None:
        wanted["has_pass"] = bundle.has_pass
    if "conversation" in bundle.tables:
        for row in bundle.tables["conversation"].frame.head(1).iter_rows(named=True):
            wanted |= {name: row[name] for name in _SETTINGS if row[name] is not None}
    if is_strict:
        wanted["moderation_mode"] = str(ModerationMode.STRICT)
    return wanted


def keep_conversation(connection: Connection, before: Settings | None, wanted: Settings) -> int:
    """Add or bring up to date a conversation and give its number."""
    if before is None:
        return int(connection.execute(insert(_TABLE).values(**wanted).returning(_TABLE.c.id)).scalar_one())
    if wanted != before:
        restore_conversation(connection, wanted)
    return int(before["id"])


def restore_conversation(connection: Connection, settings: Settings) -> None:
    """Set a conversation's settings to those given."""
    connection.execute(update(_TABLE).where(_TABLE.c.id == settings["id"]).values(**settings))


def check_key(connection: Connection, conversation: int, key: ConversationKey) -> None:
    """Refuse to go on with a fresh key where the vault holds pseudonyms made with a lost one.

    Raises `BadConfiguration`: everybody would count twice, once under each key.
    """
    people = connection.scalar(
        select(func.count()).select_from(Participant).where(Participant.conversation_id == conversation)
    )
    if key.is_new and people:
        raise BadConfiguration(
            f"The key of this conversation is missing: expected {key.file}. "
            "Restore it from where it was kept; without it the same people would be counted twice."
        )


def as_json(settings: Settings) -> dict[str, object]:
    """Give settings as the proof keeps them: days in ISO form."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in settings.items()}


def from_json(settings: Mapping[str, Any]) -> Settings:
    """Read settings back from a proof."""
    dates = {name: date.fromisoformat(settings[name]) for name in ("opens_on", "closes_on") if settings.get(name)}
    return dict(settings) | dates


def _title_from(key: str) -> str:
    return key.replace("-", " ").capitalize()
