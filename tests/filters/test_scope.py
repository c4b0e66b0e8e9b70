"""Below the pages: what a viewer may not see is gone before any metric runs. Role × table, generated."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from dashboard import permissions
from dashboard.filters import Selection
from dashboard.metrics import METRICS, metric_named
from dashboard.permissions import Viewer, check_within, own_regions
from dashboard.results import PLAN, answer
from dashboard.sources import ReleaseAndPlan, choices_of
from data_access.frames import TABLES
from data_access.frames.table import Table
from data_access.problems import NotAllowed
from data_access.releases.store import Release, ReleaseFacts, open_release, write_release
from data_access.vocabulary import NOT_STATED, Role

OWN, OTHERS = ("Midlands", "South West"), ("London", NOT_STATED)
BY_REGION = [table for table in TABLES if "region" in table.columns]
EVERYWHERE = {Role.LEADER, Role.ANALYST, Role.AUDITOR}
BOARD_OF = {"Midlands": "QHL", "South West": "QJK", "London": "QMJ", NOT_STATED: NOT_STATED}


def viewer(role: Role) -> Viewer:
    return Viewer("ann", "Ann", role, OWN if role is Role.HR else ())


def rows_of(table: Table) -> list[dict[str, object]]:
    """One row a region: numbers are a power of ten a region, so that any sum tells whose cells are in it."""
    rows = []
    for at, region in enumerate((*OWN, *OTHERS)):
        row: dict[str, object] = {}
        for name, kind in table.columns.items():
            by_kind = {pl.Int64: 10 ** (at + 1), pl.Boolean: False, pl.Date: datetime(2021, 2, 1, tzinfo=UTC).date()}
            row[name] = by_kind.get(kind, f"{name} {at}")
        own = {"conversation": "talk", "region": region, "icb": BOARD_OF[region], "has_votes": True}
        rows.append(row | {name: value for name, value in own.items() if name in row} | {"region": region})
    return rows


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder: Path = tmp_path_factory.mktemp("releases")
    tables = {table.name: table.empty() for table in TABLES}
    for table in BY_REGION:
        tables[table.name] = pl.DataFrame(rows_of(table), schema=table.schema).sort(table.key)
    facts = {"conversation": "talk", "title": "Talk", "source": "template", "threshold": 10, "has_pass": True}
    facts |= {"timezone": "Europe/London", "moderation_mode": "permissive", "has_places": True, "is_demo": False}
    promised = tables["conversations"].schema
    tables["conversations"] = pl.DataFrame([{"imports": 1, "rows": 1, **facts}], schema=promised)
    write_release(
        folder, tables, ReleaseFacts(published_at=datetime.now(UTC), code_version="t", thresholds={"talk": 10})
    )
    return open_release(folder)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("table", BY_REGION, ids=lambda table: table.name)
def test_a_viewer_gets_the_cells_of_their_own_regions_and_no_others(role: Role, table: Table, release: Release):
    given = release.limited_to(own_regions(viewer(role))).table(table.name, "talk")
    expected = {*OWN, *OTHERS} if role in EVERYWHERE else set(OWN) if role is Role.HR else set()
    assert set(given["region"]) == expected


@pytest.mark.parametrize("role", list(Role))
def test_the_filter_offers_nothing_beyond_the_scope(role: Role, release: Release):
    offered = choices_of(release).within(own_regions(viewer(role))).divided("talk")
    expected = {*OWN, *OTHERS} if role in EVERYWHERE else set(OWN) if role is Role.HR else set()
    assert set(offered.regions) == expected
    assert {board.code for board in offered.boards} == {BOARD_OF[region] for region in expected}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("region", [*OWN, *OTHERS])
@pytest.mark.parametrize("way", ["region", "board", "both"])
def test_a_selection_outside_the_scope_is_refused(role: Role, region: str, way: str):
    regions = (region,) if way != "board" else ()
    icbs = (BOARD_OF[region],) if way != "region" else ()
    if way == "board" and region == NOT_STATED:
        pytest.skip("no board lies in 'Not stated': its cells are dropped instead")
    selection = Selection("talk", regions=regions, icbs=icbs)
    may = role in EVERYWHERE or (role is Role.HR and region in OWN)
    if may:
        check_within(viewer(role), selection)
    else:
        with pytest.raises(NotAllowed):
            check_within(viewer(role), selection)


def test_one_region_too_many_is_refused_and_named():
    with pytest.raises(NotAllowed, match=r"own regions \(Midlands, South West\); the link asks for London"):
        check_within(viewer(Role.HR), Selection("talk", regions=("Midlands", "London")))


def test_a_limited_release_cannot_be_widened(release: Release):
    mine = release.limited_to(frozenset({"Midlands"}))
    assert set(mine.limited_to(frozenset({"London", "Midlands"})).table("region")["region"]) == {"Midlands"}
    assert mine.limited_to(None) is mine


@pytest.mark.parametrize(
    "key", [key for key in METRICS if not any(name.startswith(PLAN) for name in METRICS[key].METRIC.cells)]
)
def test_no_answer_for_an_hr_viewer_holds_a_number_or_a_name_of_another_region(key: str, release: Release):
    """Numbers of London are 1,000 and of 'Not stated' 10,000 a cell: a digit in those places gives them away."""
    limited = ReleaseAndPlan(release.limited_to(frozenset(OWN)), None, datetime.now(UTC).date())  # type: ignore[arg-type]  # no plan here
    asked = (
        [Selection("talk"), Selection("talk", regions=OWN)]
        if metric_named(key).METRIC.divisions
        else [Selection("talk")]
    )
    for selection in asked:
        result = answer(key, source=limited, selection=selection)
        cells = [value for row in result.table.rows() for value in row]
        assert not [value for value in cells if value in OTHERS]
        counts = [value for value in cells if isinstance(value, int) and not isinstance(value, bool)]
        assert [value for value in counts if value >= 1000] == []


def test_every_role_is_asked_about():
    assert set(permissions.RIGHTS) == set(Role)
