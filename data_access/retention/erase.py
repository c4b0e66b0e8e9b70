"""Erasing people on request: vault, releases, copies, uploads, backups, and the databases' own leftovers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from data_access.desk.engine import open_desk
from data_access.desk.retention import Certificate, forget_decisions
from data_access.problems import NothingThere
from data_access.progress import Progress
from data_access.releases.redacting import Redacted, redact
from data_access.retention.certify import certified, tell_desk
from data_access.retention.people import people_of
from data_access.retention.proof import pseudonyms_left
from data_access.retention.register import ErasedBefore, remember_erasure
from data_access.retention.sweep import drop_copies, empty_rooms
from data_access.settings import Settings
from data_access.vault.compact import compact, files
from data_access.vault.engine import open_vault, plain_words, writing
from data_access.vault.erasure import Erased, Person, erase
from data_access.vault.retention import number_of, state_of, states

REASON = "erased on request"
Found = tuple[Erased, Redacted, Sequence[Person]]
"""What an erasure took from a conversation and from releases, and the people it was about."""


def erase_people(
    settings: Settings,
    ids: Sequence[str],
    *,
    conversation: str | None,
    with_text: bool,
    by: str,
    now: datetime,
    progress: Progress,
) -> list[Certificate]:
    """Erase people from one conversation, or from all that are not purged; give a certificate of each.

    Somebody nobody knows changes nothing: where no id of the list is known to a conversation and none was erased
    from it before, its certificate says 0 and is not kept. Can be run again after an interruption.
    Raises `NothingThere` for an unknown or purged conversation.
    """
    engine = open_vault(settings.vault_url)
    try:
        with plain_words(engine):
            keys = _conversations(engine, conversation)
            found = {}
            for done, key in enumerate(keys):
                progress("erase people", done, len(keys))
                with engine.connect() as connection:
                    people = people_of(connection, ids, keys_folder=settings.keys_folder, conversation=key)
                found[key] = _erased(settings, engine, key, people, with_text=with_text, is_first=True, now=now)
            progress("erase people", len(keys), len(keys))
            return _finished(settings, engine, found, listed=len(ids), by=by, now=now, progress=progress)
    finally:
        engine.dispose()


def erase_again(
    settings: Settings, before: ErasedBefore, *, by: str, now: datetime, progress: Progress
) -> list[Certificate]:
    """Erase people again from a vault that a backup brought back; give a certificate if it still had any of them.

    Copies are looked through for their wording as at first. `before.people` must be known.
    """
    assert before.people is not None
    engine = open_vault(settings.vault_url)
    try:
        with plain_words(engine):
            key, people = before.conversation, before.people
            taken = _erased(settings, engine, key, people, with_text=before.with_text, is_first=False, now=now)
            erased, redacted, _ = taken
            if not (erased.people or redacted.count or (before.with_text and erased.wordings)):
                return []
            made = _finished(settings, engine, {key: taken}, listed=len(people), by=by, now=now, progress=progress)
        return [one for one in made if one.number]
    finally:
        engine.dispose()


def _conversations(engine: Engine, wanted: str | None) -> list[str]:
    with engine.connect() as connection:
        if wanted is None:
            return [state.conversation for state in states(connection) if state.purged_at is None]
        if state_of(connection, wanted).purged_at is not None:
            raise NothingThere(f"The conversation '{wanted}' was purged: nobody's rows are left in it.")
        return [wanted]


def _erased(
    settings: Settings,
    engine: Engine,
    key: str,
    people: Sequence[Person],
    *,
    with_text: bool,
    is_first: bool,
    now: datetime,
) -> Found:
    """Erase people from one conversation; the first time it is remembered, before it is done, for restored backups."""
    with writing(engine, lock=f"lookforward import {key}") as connection:
        erased = erase(connection, number_of(connection, key), people, with_text=with_text, now=now)
        if is_first and (erased.people or erased.posts):
            remember_erasure(settings.keys_folder, key, people, with_text=with_text, now=now)
    posts = [(key, kind, post) for kind, post in erased.posts]
    redacted = redact(settings.releases_folder, posts, reason=REASON, keys_folder=settings.keys_folder, now=now)
    return erased, redacted, people


def _finished(
    settings: Settings,
    engine: Engine,
    found: dict[str, Found],
    *,
    listed: int,
    by: str,
    now: datetime,
    progress: Progress,
) -> list[Certificate]:
    """Sweep, rewrite the database's files, look for what was erased, and certify; nothing where nobody was known."""
    blank = [
        Certificate("erasure", key, now, by, _counts(erased, redacted, listed))
        for key, (erased, redacted, _) in found.items()
    ]
    if not any(erased.people or erased.posts for erased, _, _ in found.values()):
        return blank
    progress("rewrite files", 0, 1)
    wordings = frozenset(word for erased, redacted, _ in found.values() for word in redacted.wordings | erased.wordings)
    swept = {"files of snapshots and exports": drop_copies(settings.home, wordings, now), **empty_rooms(settings, now)}
    undone = compact(engine)
    progress("rewrite files", 1, 1)
    pseudonyms = {
        one for _, _, people in found.values() for person in people for one in (person.pseudonym, person.booking)
    }
    proof = {"deleted elsewhere": swept, "not done": list(undone), **_searched(engine, pseudonyms)}
    with open_desk(settings.desk_url).begin() as desk:
        tell_desk(engine, desk)
        return [_kept(desk, settings, one, found[one.conversation][0], proof) for one in blank]


def _searched(engine: Engine, pseudonyms: set[str]) -> dict[str, Any]:
    there = files(engine)
    if not there:
        return {"searched": "a database server's files are its keeper's to search"}
    return {"pseudonyms looked for": len(pseudonyms), "pseudonyms found": pseudonyms_left(there, pseudonyms)}


def _kept(
    desk: Connection, settings: Settings, made: Certificate, erased: Erased, proof: dict[str, Any]
) -> Certificate:
    if not (erased.people or erased.posts):
        return made
    forgotten = forget_decisions(desk, made.conversation, erased.posts)
    facts = {**made.facts, "decisions about their wording": forgotten, **proof}
    return certified(desk, settings.home, replace(made, facts=facts))


def _counts(erased: Erased, redacted: Redacted, listed: int) -> dict[str, Any]:
    return {
        "people listed": listed,
        "people found": erased.people,
        "votes deleted": erased.votes,
        "comments deleted": erased.comments,
        "ideas left without author": erased.ideas,
        "rows of attributes deleted": erased.attributes,
        "reports deleted": erased.reports,
        "bookings deleted": erased.bookings,
        "wordings blanked by release": {str(number): count for number, count in sorted(redacted.texts.items())},
    }
