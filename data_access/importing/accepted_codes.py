"""Carrying accepted suggestions into the vault: an import like any other, of codes whose coder is a suggestion.

A post that a person has coded keeps the person's codes and gets none from here. A suggestion that was accepted
and is refused later is taken back by a newer row. Where a conversation has no coding frame, the seven elements of
the People Promise become its first version.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl
from sqlalchemy import Engine, select

from data_access.coding.frame import ACCEPTED, newest_version
from data_access.coding.suggest_themes import people_promise_frame
from data_access.importing.report import ImportReport
from data_access.importing.run import import_files
from data_access.problems import NothingThere
from data_access.progress import Progress
from data_access.vault import coding
from data_access.vault.engine import plain_words
from data_access.vault.schema import Conversation

FIRST_VERSION: Final = 1
_ITEM: Final = ("item_kind", "item")
_COLUMNS: Final = ("frame_version", "item_kind", "item", "theme", "coder", "is_withdrawn")


def carry(
    engine: Engine,
    keys_folder: Path,
    *,
    conversation: str,
    decisions: pl.DataFrame,
    by: str,
    now: datetime,
    progress: Progress,
) -> ImportReport | None:
    """Bring the vault's accepted suggestions in line with what people decided; nothing to bring gives None.

    In:   decisions: item_kind, item, code, decision ('accepted' or 'refused'), the one that stands of each.
    Raises `NothingThere` where there is no such conversation.
    """
    with plain_words(engine), engine.connect() as connection:
        number = connection.scalar(select(Conversation.id).where(Conversation.key == conversation))
        if number is None:
            raise NothingThere(f"There is no conversation '{conversation}' in the vault.")
        themes, codes = coding.themes(connection, number), coding.codes(connection, number)
    tables = {"codes": _changes(decisions, codes, newest_version(themes) or FIRST_VERSION)}
    if tables["codes"].is_empty():
        return None
    if themes.is_empty():
        tables["themes"] = _elements_as_themes()
    with tempfile.TemporaryDirectory(prefix="lookforward-") as folder:
        paths = _written(Path(folder), tables, now)
        return import_files(
            engine=engine,
            keys_folder=keys_folder,
            adapter="template",
            paths=paths,
            conversation=conversation,
            started_by=by,
            now=now,
            progress=progress,
        )


def _changes(decisions: pl.DataFrame, codes: pl.DataFrame, version: int) -> pl.DataFrame:
    """Give the rows of the template's codes that differ from the vault: new ones, and those to take back."""
    held = codes.filter(pl.col("coder") == ACCEPTED).select(
        "item_kind", item="item_source_id", code="theme_code", held_version="frame_version"
    )
    by_people = codes.filter(pl.col("coder") != ACCEPTED).select("item_kind", item="item_source_id")
    accepted = decisions.filter(pl.col("decision") == "accepted").join(by_people, on=_ITEM, how="anti")
    new = accepted.join(held, on=(*_ITEM, "code"), how="anti").select(
        *_ITEM, "code", frame_version=pl.lit(version, pl.Int64), is_withdrawn=pl.lit("no")
    )
    refused = decisions.filter(pl.col("decision") == "refused").select(*_ITEM, "code")
    back = held.join(refused, on=(*_ITEM, "code")).select(
        *_ITEM, "code", frame_version="held_version", is_withdrawn=pl.lit("yes")
    )
    rows = pl.concat([new, back]).with_columns(theme="code", coder=pl.lit(ACCEPTED))
    return rows.select(_COLUMNS).sort(_COLUMNS)


def _elements_as_themes() -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"frame_version": FIRST_VERSION, "theme": one.code, "name": one.name, "element": one.element,
             "definition": one.definition}
            for one in people_promise_frame()
        ]
    )  # fmt: skip


def _written(folder: Path, tables: Mapping[str, pl.DataFrame], now: datetime) -> list[Path]:
    """Write the files, each row with the moment it is carried: the same decision made again is no repeated import."""
    paths = [folder / f"{name}.csv" for name in tables]
    for path, table in zip(paths, tables.values(), strict=True):
        table.with_columns(carried_at=pl.lit(now.isoformat())).write_csv(path)
    return paths
