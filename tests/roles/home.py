"""A small installation with an account a role, two of them hr, and a release whose regions have numbers of their own.

No number of a region is a number or a digit sequence of anything else, so that it gives away whose cells were sent.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

import polars as pl

from data_access.desk.engine import open_desk
from data_access.desk.plan import load_register
from data_access.desk.plan_reference import default_register
from data_access.desk.users import add_user
from data_access.frames import GROUPED_TABLES, Table
from data_access.releases.store import ReleaseFacts, write_release
from data_access.settings import Settings
from data_access.vocabulary import ELEMENTS, Role
from tests.pages.conftest import small_tables

NOW: Final = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)
PASSWORD: Final = "seven quiet elements"
LONDON, MIDLANDS = "London", "Midlands"
BOARD: Final = {LONDON: "QMJ", MIDLANDS: "QHL"}
# People, then votes for, pass and against: the canaries.
COUNTS: Final = {LONDON: (5417, 3413, 271, 1129), MIDLANDS: (7193, 4339, 307, 2213)}
_SPELLED: Final = {
    region: re.compile(
        r"(?<![\w.-])("
        + "|".join(spelled for count in counts if count > 1000 for spelled in (str(count), f"{count:,}"))
        + r")(?![\w-])"
    )
    for region, counts in COUNTS.items()
}
ACCOUNTS: Final[dict[str, tuple[Role, tuple[str, ...]]]] = {
    **{role.value: (role, ()) for role in Role if role is not Role.HR},
    "hr-london": (Role.HR, (LONDON,)),
    "hr-midlands": (Role.HR, (MIDLANDS,)),
}


def regions_in(text: str) -> set[str]:
    """Name the regions whose numbers stand in a text; digits within ids and decimals are none."""
    return {region for region, spelled in _SPELLED.items() if spelled.search(text)}


def set_up(settings: Settings) -> None:
    """Write accounts, the published register of actions and the release."""
    settings.home.mkdir(parents=True, exist_ok=True)
    desk = open_desk(settings.desk_url)
    with desk.begin() as connection:
        for name, (role, regions) in ACCOUNTS.items():
            add_user(connection, name=name, password=PASSWORD, role=role, regions=regions, now=NOW, cost=4)
    load_register(desk, default_register(), recorded_by="test", now=NOW)
    desk.dispose()
    about = ReleaseFacts(published_at=NOW, code_version="test", thresholds={"voices": 10})
    write_release(settings.releases_folder, regional_tables(), about)


def regional_tables() -> dict[str, pl.DataFrame]:
    """The small release with a row a region in every table that is cut by region."""
    tables = small_tables()
    tables["conversations"] = tables["conversations"].with_columns(
        pl.lit(date(2026, 10, 4)).alias("data_to"), has_places=pl.lit(value=True)
    )
    people = {"participants": 20_011, "registered": 30_011, "voters": 18_013}
    counted = pl.col("measure").replace_strict(people, default=None, return_dtype=pl.Int64)
    tables["totals"] = tables["totals"].with_columns(pl.coalesce(counted, pl.col("count")).alias("count"))
    return tables | {table.name: _cut(table) for table in GROUPED_TABLES if "region" in table.columns}


def _cut(table: Table) -> pl.DataFrame:
    rows = [_row(table, region) for region in COUNTS]
    return pl.DataFrame(rows, schema=table.schema).sort(table.key)


def _row(table: Table, region: str) -> dict[str, object]:
    people, agree, passed, disagree = COUNTS[region]
    known = {
        "conversation": "voices",
        "region": region,
        "icb": BOARD[region],
        "element": ELEMENTS[5],
        "theme": "rotas",
        "idea": "1",
        "week": date(2026, 9, 28),
        "staff_group": "Medical and Dental",
        "participant_type": "staff",
        "participants": people,
        "agree": agree,
        "pass": passed,
        "disagree": disagree,
        "agree_band": "60–80%",
        "has_votes": True,
        "is_hidden": False,
    }
    return {name: known[name] for name in table.columns}
