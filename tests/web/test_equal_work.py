"""Nothing is learnt from the time an answer takes: the same work is done, whatever there is to find out.

Work is counted, not timed: a busy machine would prove nothing. How long one hash takes is `users.COST`.
"""

from __future__ import annotations

from unittest.mock import patch

import bcrypt
import polars as pl
import pytest

from dashboard import sign_in
from dashboard.filters import Selection
from dashboard.metrics import METRICS
from dashboard.results import answer
from dashboard.sources import ReleaseAndPlan
from dashboard.web.door import Door
from data_access.desk.users import COST, add_user, disable_user
from data_access.frames import TABLES
from data_access.problems import UserProblem
from data_access.releases.store import Release, ReleaseFacts, open_release, write_release
from data_access.vocabulary import Role
from tests.roles.home import MIDLANDS, NOW, regional_tables

GOOD, BAD = "seven quiet elements", "another long password"


@pytest.fixture(scope="module")
def accounts(door: Door) -> Door:
    """One account as a person gets it, at the product's cost, and one that was closed."""
    with door.engine.begin() as connection:
        for name in ("known", "closed"):
            add_user(connection, name=name, password=GOOD, role=Role.LEADER, now=NOW)
        disable_user(connection, "closed")
    return door


@pytest.mark.parametrize(
    ("name", "password"),
    [("known", BAD), ("unknown", BAD), ("closed", GOOD), ("closed", BAD), ("known", "x" * 200), ("unknown", "é" * 60)],
)
def test_every_refused_sign_in_costs_one_hash(accounts: Door, name: str, password: str):
    """Through the library's own check, as the form asks it."""
    with patch("bcrypt.checkpw", wraps=bcrypt.checkpw) as checked:
        assert not sign_in._Model(accounts, []).check_credentials(name, password)
    [call] = checked.call_args_list
    assert call.args[1].startswith(f"$2b${COST:02}$".encode())


def test_a_password_that_fits_costs_the_same(accounts: Door):
    found: list[object] = []
    with patch("bcrypt.checkpw", wraps=bcrypt.checkpw) as checked:
        assert sign_in._Model(accounts, found).check_credentials("known", GOOD)
    assert (checked.call_count, len(found)) == (1, 1)


def test_a_hidden_group_is_answered_from_the_same_tables_as_a_shown_one(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """Two releases that differ in one region's cells being hidden: nothing more is opened to find that out."""
    opened: list[str] = []
    table = Release.table

    def noted(self: Release, name: str, conversation: str | None = None) -> pl.DataFrame:
        opened.append(name)
        return table(self, name, conversation)

    monkeypatch.setattr(Release, "table", noted)
    told = []
    for name, hidden in (("shown", ""), ("hidden", MIDLANDS)):
        write_release(tmp_path / name, _hiding(hidden), ReleaseFacts(NOW, "test", thresholds={"voices": 10}))
        source = ReleaseAndPlan(open_release(tmp_path / name), None, NOW.date())  # type: ignore[arg-type]
        opened.clear()
        told.append((_answered(source), list(opened)))
    assert told[0] == told[1]
    assert len(told[0][0]) > 5


def _answered(source: ReleaseAndPlan) -> list[str]:
    """Answer every figure of the region that needs no plan; give those there are."""
    answered = []
    for key, found in METRICS.items():
        if any(cells.startswith("plan") for cells in found.METRIC.cells) or not getattr(found, "DIVIDED", None):
            continue
        try:
            answer(key, source=source, selection=Selection("voices", regions=(MIDLANDS,)))
        except UserProblem:
            continue
        answered.append(key)
    return answered


def _hiding(region: str) -> dict[str, pl.DataFrame]:
    tables = regional_tables()
    for table in TABLES if region else ():
        if table.has_hidden and "region" in table.columns:
            own = pl.col("region") == region
            gone = [pl.when(~own).then(pl.col(one)).alias(one) for one in table.measures]
            tables[table.name] = tables[table.name].with_columns(*gone, is_hidden=pl.col("is_hidden") | own)
    return tables
