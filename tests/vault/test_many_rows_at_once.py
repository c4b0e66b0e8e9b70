"""Adding and reading many rows by the driver's own means, in the import's own transaction."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import text

from data_access.problems import VaultUnavailable
from data_access.progress import silent
from data_access.vault import bulk, reading
from data_access.vault.bulk import ROWS, add_many
from data_access.vault.engine import open_vault, plain_words, writing
from data_access.vault.schema import Participant, VoteCast
from tests import databases
from tests.databases import on_files, vault_url

RUN = (
    "INSERT INTO import_run (id, conversation_id, adapter, state, content_hash, started_at_ms, finished_at_ms, "
    "started_by, proof) VALUES (:id, 1, 'template', 'committed', '', 0, 0, '', '{}')"
)


@pytest.fixture
def engine(tmp_path: Path):
    opened = open_vault(vault_url(tmp_path))
    with writing(opened) as connection:
        connection.execute(
            text(
                "INSERT INTO conversation (id, key, title, source, timezone, threshold, moderation_mode, has_pass, "
                "is_demo) VALUES (1, 'talk', 'Talk', 'template', 'UTC', 10, 'permissive', :yes, :no)"
            ),
            {"yes": True, "no": False},
        )
    yield opened
    opened.dispose()


def people(count: int, first: int = 0) -> pl.DataFrame:
    names = [f"p{number}, 'quoted' \"twice\"" for number in range(first, first + count)]
    return pl.DataFrame({"conversation_id": [1] * count, "pseudonym": names})


def test_rows_come_in_their_order_whatever_letters_are_in_them(engine):
    given = people(ROWS + 3)
    steps: list[tuple[str, int, int]] = []
    with writing(engine) as connection:
        add_many(connection, Participant.__table__, given, step="Storing", progress=lambda *step: steps.append(step))
        found = connection.execute(text("SELECT pseudonym FROM participant ORDER BY id")).scalars().all()
    assert found == given["pseudonym"].to_list()
    assert steps == [("Storing", ROWS, ROWS + 3), ("Storing", ROWS + 3, ROWS + 3)]


def test_rows_go_with_the_transaction_they_were_added_in(engine):
    with writing(engine) as connection:
        add_many(connection, Participant.__table__, people(5), step="Storing", progress=silent)
        connection.rollback()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM participant")).scalar_one() == 0


def cast(count: int) -> pl.DataFrame:
    return pl.DataFrame({"import_id": 1, "idea_id": 1, "participant_id": 1, "position": range(count)}).with_columns(
        cast_at_ms=0, value=1
    )


@pytest.fixture
def asked(engine, monkeypatch: pytest.MonkeyPatch):
    """A vault with an idea and somebody to vote, in which a hundred rows are many."""
    monkeypatch.setattr(bulk, "MANY", 100)
    with writing(engine) as connection:
        connection.execute(text(RUN), {"id": 1})
        add_many(connection, Participant.__table__, people(1), step="Storing", progress=silent)
        connection.execute(text("INSERT INTO idea (id, conversation_id, source_id) VALUES (1, 1, 'A')"))
    return engine


def indexes(connection) -> set[str]:
    found = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'vote'"))
    return set(found.scalars())


@on_files
def test_indexes_are_up_again_after_many_rows_and_after_many_that_were_taken_back(asked):
    down: list[set[str]] = []
    with writing(asked) as connection:
        before = indexes(connection)
        look = lambda *_: down.append(indexes(connection))  # noqa: E731 - two lines for one look
        add_many(connection, VoteCast.__table__, cast(100), step="Storing", progress=look)
        assert indexes(connection) == before
    assert len(before) == 2
    assert down == [set()]
    with writing(asked) as connection:
        add_many(connection, VoteCast.__table__, cast(500), step="Storing", progress=silent)
        connection.rollback()
    with asked.connect() as connection:
        assert indexes(connection) == before
        assert connection.execute(text("SELECT count(*) FROM vote")).scalar_one() == 100
        assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


@on_files
def test_indexes_stay_up_where_fewer_rows_come_than_are_there(asked):
    with writing(asked) as connection:
        add_many(connection, VoteCast.__table__, cast(300), step="Storing", progress=silent)
        before, seen = indexes(connection), []
        look = lambda *_: seen.append(indexes(connection))  # noqa: E731 - two lines for one look
        add_many(connection, VoteCast.__table__, cast(200), step="Storing", progress=look)
    assert seen == [before]


@on_files
def test_what_the_driver_says_is_put_in_plain_words(engine):
    """A vault nobody may write is said so, not shown as a bug."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(VaultUnavailable, match="read-only"), plain_words(engine):
            add_many(connection, Participant.__table__, people(1), step="Storing", progress=silent)


def test_votes_are_read_in_chunks_by_import_and_as_they_came(engine):
    """Import 2 came after 1; of import 3, which was undone, nothing is read."""
    with writing(engine) as connection:
        for number in (1, 2, 3):
            connection.execute(text(RUN), {"id": number})
        connection.execute(text("UPDATE import_run SET state = 'undone' WHERE id = 3"))
        add_many(connection, Participant.__table__, people(1), step="Storing", progress=silent)
        connection.execute(text("INSERT INTO idea (id, conversation_id, source_id) VALUES (1, 1, 'A')"))
        for import_id, moment in ((2, 70), (1, 90), (3, 5), (2, 80), (1, 60)):
            vote = "INSERT INTO vote (import_id, idea_id, participant_id, cast_at_ms, position, value) "
            connection.execute(text(f"{vote} VALUES ({import_id}, 1, 1, {moment}, 2, -1)"))
    with reading.snapshot(engine) as connection:
        chunks = list(reading.votes(connection, 1, chunk=1))
        extent = reading.vote_extent(connection, 1)
    # SQLite counts rows, COPY letters: there they come together.
    assert len(chunks) == (2 if databases.IS_ON_SERVER else 4)
    assert pl.concat(chunks).select("import_id", "cast_at_ms", "value").rows() == [
        (1, 90, -1),
        (1, 60, -1),
        (2, 70, -1),
        (2, 80, -1),
    ]
    assert (extent.rows, extent.first_ms, extent.last_ms, extent.milliseconds) == (4, 60, 90, 30)
