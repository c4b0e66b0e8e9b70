"""Writing down what was done: a certificate on the desk and in two files, one for machines and one for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from data_access.desk.retention import Certificate, Standing, keep_certificate, keep_standings
from data_access.releases.current import write_whole
from data_access.vault.retention import RetentionState, states

FOLDER = "certificates"


def certified(connection: Connection, home: Path, made: Certificate) -> Certificate:
    """Keep a certificate on the desk, in the caller's transaction, and write its files; give it with its number."""
    kept = keep_certificate(connection, made)
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{kept.number:04d}-{kept.kind}-{kept.conversation}"
    write_whole(folder / f"{name}.json", (json.dumps(as_data(kept), indent=1, ensure_ascii=False) + "\n").encode())
    write_whole(folder / f"{name}.txt", as_text(kept).encode())
    return kept


def as_data(made: Certificate) -> dict[str, Any]:
    """Give a certificate as plain data."""
    at = made.made_at.astimezone(UTC).isoformat(timespec="seconds")
    return {**vars(made), "made_at": at, "facts": dict(made.facts), "hash": made.hash}


def as_text(made: Certificate) -> str:
    """Give a certificate as plain text: one fact a line."""
    head = [
        f"Certificate {made.number}: {made.kind} of the conversation '{made.conversation}'",
        f"Made on {made.made_at.astimezone(UTC):%-d %B %Y at %H:%M} UTC by {made.made_by}",
        "",
    ]
    return "\n".join([*head, *_lines(made.facts), "", f"SHA-256 of these facts as JSON: {made.hash}"]) + "\n"


def tell_desk(engine: Engine, desk: Connection) -> None:
    """Write where every conversation stands onto the desk, for pages that cannot open the vault."""
    with engine.connect() as connection:
        keep_standings(desk, [standing(one) for one in states(connection)])


def standing(state: RetentionState) -> Standing:
    """Give a state of the vault as the desk keeps it."""
    return Standing(
        conversation=state.conversation,
        title=state.title,
        final_release=state.final_release,
        completed_at=state.completed_at,
        due_at=state.due_at,
        purged_at=state.purged_at,
    )


def _lines(facts: Mapping[str, Any], inset: str = "") -> list[str]:
    lines: list[str] = []
    for name, value in facts.items():
        if isinstance(value, Mapping):
            lines += [f"{inset}{name}:", *(_lines(value, f"{inset}  ") or [f"{inset}  none"])]
        elif isinstance(value, list):
            lines += [f"{inset}{name}: {'; '.join(map(str, value)) or 'none'}"]
        else:
            lines.append(f"{inset}{name}: {value:,}" if isinstance(value, int) else f"{inset}{name}: {value}")
    return lines
