"""Completing a conversation: the final release is cut, the clock of thirty days starts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from data_access.desk.engine import open_desk
from data_access.desk.retention import Certificate
from data_access.desk.text_decisions import decisions
from data_access.disclosure.coarsen import NotProtected
from data_access.disclosure.text_decisions import TextDecisions
from data_access.problems import UserProblem
from data_access.progress import Progress
from data_access.publishing.counting import Counting
from data_access.publishing.publish import publish
from data_access.releases.manifest import Manifest
from data_access.retention.certify import certified, tell_desk
from data_access.retention.sweep import copies_dropped
from data_access.settings import Settings
from data_access.vault.engine import open_vault, writing
from data_access.vault.retention import RetentionState, complete, state_of


def check_can_complete(settings: Settings, key: str) -> RetentionState:
    """Give where a conversation stands; raises `UserProblem` where it was completed already or is not there."""
    engine = open_vault(settings.vault_url)
    try:
        with engine.connect() as connection:
            state = state_of(connection, key)
    finally:
        engine.dispose()
    if state.completed_at is not None:
        raise UserProblem(f"The conversation '{key}' was completed on {state.completed_at:%-d %B %Y} already.")
    return state


def complete_conversation(
    settings: Settings, key: str, *, asked_by: str, confirmed_by: str, now: datetime, progress: Progress
) -> Certificate:
    """Cut the final release of a conversation and write down that it is over.

    Whether the two people may is for the caller to check. Where grouped tables cannot be proved safe, the ones there
    are stay and the certificate says so. Raises `UserProblem` for the same person twice or a completed conversation.
    """
    if asked_by.strip().casefold() == confirmed_by.strip().casefold():
        raise UserProblem("It takes two people to complete a conversation: one asks, another confirms.")
    check_can_complete(settings, key)
    engine = open_vault(settings.vault_url)
    try:
        final, note = _final(settings, engine, key, now, progress)
        with writing(engine, lock=f"lookforward import {key}") as connection:
            state = complete(
                connection, key, asked_by=asked_by, confirmed_by=confirmed_by, final_release=final.number, now=now
            )
        assert state.due_at is not None
        facts = {
            "asked by": asked_by,
            "confirmed by": confirmed_by,
            "final release": str(final.number),
            "grouped tables": note,
            "rows must be deleted by": f"{state.due_at:%-d %B %Y}",
        }
        with open_desk(settings.desk_url).begin() as desk:
            tell_desk(engine, desk)
            return certified(desk, settings.home, Certificate("completion", key, now, confirmed_by, facts))
    finally:
        engine.dispose()


def decided(settings: Settings) -> dict[str, TextDecisions]:
    """Give what people decided about flagged wording, as publishing takes it."""
    with open_desk(settings.desk_url).connect() as desk:
        return {key: TextDecisions(one.released, one.kept_back) for key, one in decisions(desk).items()}


def _final(settings: Settings, engine: Engine, key: str, now: datetime, progress: Progress) -> tuple[Manifest, str]:
    """Publish with grouped tables cut anew where they can be proved, without where they cannot."""

    def published(proofs: Path | None) -> Manifest:
        return publish(
            engine=engine,
            releases_folder=settings.releases_folder,
            keys_folder=settings.keys_folder,
            decisions=decided(settings),
            grouped_proofs=proofs,
            ending=frozenset({key}),
            when_blanked=copies_dropped(settings, now),
            now=now,
            progress=progress,
            counting=Counting(folder=settings.scratch_folder),
        )

    try:
        made = published(settings.proofs_folder)
    except NotProtected:
        return published(None), "could not be cut anew safely; those of the release before stand"
    return made, "cut anew and witnessed" if made.privacy else "as they were, or none"
