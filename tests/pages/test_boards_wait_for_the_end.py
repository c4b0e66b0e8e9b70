"""While a conversation runs, the Participation page shows regions and says when boards come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from streamlit.testing.v1 import AppTest

from data_access.frames import TABLES, table_named
from data_access.releases.store import ReleaseFacts, open_release, write_release

NOW = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)


def test_the_view_of_boards_says_that_they_wait(open_page: Callable[..., AppTest], release: Path):
    before, region = open_release(release), table_named("region")
    row = dict.fromkeys(region.columns) | {
        "conversation": "voices", "region": "London", "participants": 120, "has_votes": False, "is_hidden": False,
    }  # fmt: skip
    tables = {table.name: before.table(table.name) for table in TABLES} | {"region": pl.DataFrame([row], region.schema)}
    write_release(release, tables, ReleaseFacts(published_at=NOW, code_version="test", thresholds={"voices": 10}))
    app = open_page("participation", view="icbs")
    said = " ".join(str(one.value) for one in (*app.markdown, *app.header, *app.text, *app.subheader, *app.warning))
    assert "Numbers by ICB wait until the conversation is over" in said
    assert "The first grouped release after its last day has them" in said
