"""A small conversation of the template, imported into a vault of its own, and short ways to erase from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from data_access.importing.pseudonyms import conversation_key
from data_access.importing.report import ImportReport
from data_access.importing.run import import_files
from data_access.progress import silent
from data_access.vault.engine import open_vault, writing
from data_access.vault.erasure import Erased, Person, erase
from data_access.vault.retention import number_of
from tests.databases import vault_url

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)
KEY = "talk"
FILES = {
    "ideas.csv": "idea,author,posted_at,title,text\n"
    "i1,ann,2022-02-01T09:00,Wards,More time on wards\n"
    "i2,bob,2022-02-01T10:00,Rest,Somewhere to rest\n",
    "comments.csv": "comment,idea,author,posted_at,text\n"
    "c1,i2,ann,2022-02-02T09:00,I agree with this\n"
    "c2,i1,bob,2022-02-02T10:00,So do I\n",
    "votes.csv": "participant,idea,vote,cast_at\n"
    "ann,i2,agree,2022-02-03T09:00\n"
    "bob,i1,agree,2022-02-03T10:00\n"
    "cat,i1,disagree,2022-02-03T11:00\n",
    "participants.csv": "participant,region\nann,London\nbob,Midlands\ncat,London\n",
}
Rows = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Talk:
    """The vault with the conversation in it."""

    engine: Engine
    home: Path

    def bring(self, folder: Path) -> ImportReport:
        return import_files(
            engine=self.engine,
            keys_folder=self.home / "keys",
            adapter="template",
            paths=[folder],
            conversation=KEY,
            started_by="a test",
            now=NOON,
            progress=silent,
        )

    def files(self, name: str = "first", **changed: str) -> Path:
        """Write the conversation's files into a folder; `votes='...'` replaces one of them."""
        place = self.home.parent / name
        place.mkdir(exist_ok=True)
        for file, content in {**FILES, **{f"{table}.csv": lines for table, lines in changed.items()}}.items():
            (place / file).write_text(content, encoding="utf-8")
        return place

    def erase(self, ids: Sequence[str], *, with_text: bool = False) -> Erased:
        key = conversation_key(self.home / "keys", KEY)
        pseudonyms, bookings, marks = key.pseudonyms(ids), key.booking_pseudonyms(ids), key.erasure_marks(ids)
        people = [Person(pseudonyms[one], bookings[one], marks[one]) for one in ids]
        with writing(self.engine) as connection:
            return erase(connection, number_of(connection, KEY), people, with_text=with_text, now=NOON)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(sql))]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of the vault, by table."""
        tables = sorted(inspect(self.engine).get_table_names())
        return {name: self.rows(f"SELECT * FROM {name}") for name in tables}


@pytest.fixture
def talk(tmp_path: Path) -> Any:
    home = tmp_path / "home"
    home.mkdir()
    engine = open_vault(vault_url(home))
    made = Talk(engine, home)
    made.bring(made.files())
    yield made
    engine.dispose()
