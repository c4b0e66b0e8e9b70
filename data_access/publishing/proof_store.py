"""Where proofs of grouped releases lie: one folder a release, one a conversation in it; for jobs only.

    proofs/0003/look-forward-demo/variables.parquet, cells.parquet …

A proof holds true counts, small ones too. It never goes into a release, and the dashboard never reads it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from data_access.disclosure.coarsen import NotProtected
from data_access.disclosure.proofs import NAMES
from data_access.vocabulary import slug

Proofs = Mapping[str, Mapping[str, pl.DataFrame]]
_WAITING = ".being-published"


def set_aside(folder: Path, proofs: Proofs) -> Path:
    """Write the proofs of a release that has no number yet."""
    waiting = folder / _WAITING
    shutil.rmtree(waiting, ignore_errors=True)
    for conversation, frames in proofs.items():
        place = waiting / slug(conversation)
        place.mkdir(parents=True, mode=0o700)
        for name, frame in frames.items():
            frame.write_parquet(place / f"{name}.parquet")
    return waiting


def keep(waiting: Path, number: int) -> None:
    """Give proofs the number their release was published under."""
    final = waiting.parent / f"{number:04d}"
    if waiting.is_dir():
        shutil.rmtree(final, ignore_errors=True)
        waiting.rename(final)


def proof_of(folder: Path, number: int, conversation: str) -> dict[str, pl.DataFrame]:
    """Read the proof of one conversation of one release.

    Raises `NotProtected` where it is missing: without it nothing grouped can be added to that release safely.
    """
    place = folder / f"{number:04d}" / slug(conversation)
    missing = [name for name in NAMES if not (place / f"{name}.parquet").is_file()]
    if missing:
        raise NotProtected(
            f"The proof of release {number} is missing from {folder}. Restore it from a backup; until then no grouped "
            "release can be published, because it could not be held against that one."
        )
    return {name: pl.read_parquet(place / f"{name}.parquet") for name in NAMES}
