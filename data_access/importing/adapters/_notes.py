"""Notes of a session as feedback points, whatever they were read from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from data_access.importing.bundle import in_shape
from data_access.importing.checking.rows import LONGEST_ID, SURPLUS, Checked
from data_access.importing.reading.text_table import ROW
from data_access.problems import Fault, ImportRefused
from data_access.vocabulary import FeedbackMoment


@dataclass(frozen=True)
class Note:
    """One note: the row of the file it stands in, the question it answers, its words."""

    row: int
    question: str
    text: str


def session_named(session: str, source: str) -> str:
    """Give the session notes belong to; raises `ImportRefused` where nobody said."""
    if session and len(session) <= LONGEST_ID:
        return session
    raise ImportRefused(
        f"{source} do not say which session they come from.",
        remedy="Say it with --session ID; the id is that of the table sessions.",
    )


def feedback(
    file: str,
    session: str,
    notes: Sequence[Note],
    faults: Sequence[Fault],
    notices: Sequence[str],
    *,
    given: FeedbackMoment = FeedbackMoment.IN_SESSION,
    duplicate: int = 0,
    refused: Sequence[Note] = (),
) -> Checked:
    """Give notes as the template's table `feedback`, a row a note.

    A note's id is made of its session, question and words and of how often these came before in the file,
    so the same file again changes nothing and two people who wrote the same are two notes. Notes `given` after
    a session or about it are others than those given in it. `duplicate` counts rows that were repeated in the file;
    `refused` are the notes of rows that were set aside, to be mended as rows of `feedback` and brought again.
    """
    whole = _rows([*notes, *refused], session, given)
    frame, lost = whole.head(len(notes)), whole.slice(len(notes))
    set_aside = len({fault.row for fault in faults})
    return Checked(
        table="feedback",
        file=file,
        frame=in_shape(frame, "feedback"),
        rows=len(notes) + duplicate + set_aside,
        duplicate=duplicate,
        quarantined=set_aside,
        faults=tuple(faults),
        notices=tuple(notices),
        rejected=lost.with_columns(pl.col(pl.String).fill_null(""), pl.lit("").alias(SURPLUS)),
    )


def _rows(notes: Sequence[Note], session: str, given: FeedbackMoment) -> pl.DataFrame:
    seen: dict[str, int] = {}
    ids = []
    for note in notes:
        moment = "" if given == FeedbackMoment.IN_SESSION else f"{given}\n"
        mark = hashlib.sha256(f"{moment}{session}\n{note.question}\n{note.text}".encode()).hexdigest()[:16]
        seen[mark] = seen.get(mark, 0) + 1
        ids.append(f"note-{mark}-{seen[mark]}")
    return pl.DataFrame(
        {
            ROW: [note.row for note in notes],
            "point": ids,
            "session": [session] * len(notes),
            "question": [note.question or None for note in notes],
            "text": [note.text for note in notes],
            "given": [str(given)] * len(notes),
        },
        schema={ROW: pl.Int64} | dict.fromkeys(("point", "session", "question", "text", "given"), pl.String),
    )
