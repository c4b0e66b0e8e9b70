"""The filters as readers meet them: chosen, applied, said, taken away, kept, refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data_access.desk.engine import reading
from data_access.desk.saved_views import views_of
from data_access.desk.users import add_user
from data_access.frames import TABLES, table_named
from data_access.releases.store import ReleaseFacts, open_release, write_release
from data_access.vocabulary import ELEMENTS, Role

FLEXIBLY = ELEMENTS[5]
NOW = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)
Open = Callable[..., AppTest]
COUNTED = {"has_votes": True, "is_hidden": False, "agree_band": "60–80%"}


def rows(name: str, *given: dict[str, object]) -> pl.DataFrame:
    table = table_named(name)
    whole = [dict.fromkeys(table.columns) | {"conversation": "voices"} | row for row in given]
    return pl.DataFrame(whole, schema=table.schema).sort(table.key)


def grouped_tables() -> dict[str, pl.DataFrame]:
    """70 people in the Midlands and 50 in London; 35 + 20 agree, 5 + 3 pass, 10 + 11 disagree on flexible work."""
    midlands = {"region": "Midlands", "agree": 35, "pass": 5, "disagree": 10, **COUNTED}
    london = {"region": "London", "agree": 20, "pass": 3, "disagree": 11, **COUNTED}
    people = {"Midlands": 70, "London": 50}
    both = (midlands, london)
    return {
        "region": rows("region", *({**row, "participants": people[str(row["region"])]} for row in both)),
        "region_by_element": rows(
            "region_by_element", *({**row, "element": FLEXIBLY, "participants": 40} for row in both)
        ),
        "icb": rows(
            "icb", {**midlands, "icb": "QHL", "participants": 70}, {**london, "icb": "QMJ", "participants": 50}
        ),
        "staff_group": rows("staff_group", {**midlands, "staff_group": "Medical and Dental", "participants": 60}),
        "region_by_week": rows(
            "region_by_week",
            *({"week": date(2026, 9, 28), "region": name, "participants": 30, "is_hidden": False} for name in people),
        ),
    }


@pytest.fixture
def publish(release: Path) -> Callable[[], None]:
    """Publish the small release again, with grouped tables and its first week closed."""

    def again() -> None:
        before = open_release(release)
        tables = {table.name: before.table(table.name) for table in TABLES} | grouped_tables()
        closed = pl.lit(date(2026, 10, 4)).alias("data_to")
        tables["conversations"] = tables["conversations"].with_columns(closed, has_places=pl.lit(value=True))
        write_release(release, tables, ReleaseFacts(published_at=NOW, code_version="test", thresholds={"voices": 10}))

    return again


@pytest.fixture
def open_grouped(open_page: Open, publish: Callable[[], None]) -> Open:
    publish()
    return open_page


def words(app: AppTest) -> str:
    said = (*app.title, *app.header, *app.markdown, *app.text, *app.warning)
    return "\n".join(element.value for element in said).replace("\\", "")


def headlines(app: AppTest) -> list[str]:
    return [element.value.replace("\\", "") for element in app.header]


def apply(app: AppTest) -> AppTest:
    app.button(key="apply-filters").click().run()
    assert not app.exception, app.exception
    return app


def test_regions_wait_for_apply_and_then_change_numbers_line_and_link(open_grouped: Open):
    app = open_grouped("sentiment")
    assert app.multiselect(key="filter-region").options == ["London", "Midlands"]
    app.multiselect(key="filter-region").select("Midlands")
    apply(app)
    assert app.query_params["region"] == "midlands"
    assert "Showing: Midlands, all elements (70 participants)" in words(app)
    assert "Midlands: 77.8% of votes for or against agree" not in words(app)
    assert any("Midlands: agreement" in line or "Midlands: 60–80%" in line for line in headlines(app))


def test_each_choice_can_be_taken_away_alone_and_all_at_once(open_grouped: Open):
    app = open_grouped("sentiment", region="london,midlands", element="we-work-flexibly")
    assert "Showing: London and Midlands, We work flexibly (80 participants)" in words(app)
    app.button(key="remove-region-london").click().run()
    assert app.query_params["region"] == "midlands"
    assert app.query_params["element"] == "we-work-flexibly"
    assert app.multiselect(key="filter-region").value == ["Midlands"]
    app.button(key="clear-filters").click().run()
    assert dict(app.query_params) == {}
    assert "Showing: England, all elements (120 participants)" in words(app)


def test_a_card_that_cannot_take_a_region_says_so_and_shows_england(open_grouped: Open):
    app = open_grouped("themes", region="midlands")
    assert "Not offered for Midlands: no protected table divides words by NHS England region." in words(app)
    assert (
        "Midlands: ‘We work flexibly’ drew the most people: 40 people, 57.1% of those there (England 79.2%)."
        in words(app)
    )


def test_boards_lie_within_the_chosen_regions(open_grouped: Open):
    app = open_grouped("sentiment", region="london")
    assert app.multiselect(key="filter-icb").options == ["North Central London"]
    both = open_grouped("sentiment")
    assert len(both.multiselect(key="filter-icb").options) == 2


def test_what_the_lattice_does_not_combine_is_switched_off_with_the_reason(open_grouped: Open):
    app = open_grouped("sentiment", icb="qhl")
    assert app.multiselect(key="filter-staff-group").disabled
    assert "Staff group and ICB cannot be chosen together: 5 people a cell on average" in words(app)


def test_a_combination_picked_at_once_is_refused_and_the_link_stays(open_grouped: Open):
    app = open_grouped("sentiment")
    app.multiselect(key="filter-icb").select("QHL")
    app.multiselect(key="filter-staff-group").select("Medical and Dental")
    apply(app)
    assert "Staff group and ICB cannot be chosen together" in app.warning[0].value
    assert dict(app.query_params) == {}
    assert app.multiselect(key="filter-icb").value == ["QHL"]  # to be mended, not picked again
    app.multiselect(key="filter-icb").unselect("QHL")
    assert apply(app).query_params["staff-group"] == "medical-and-dental"


def test_a_week_limits_the_days(open_grouped: Open):
    app = open_grouped("participation")
    app.selectbox(key="filter-from").select_index(0)
    apply(app)
    assert (app.query_params["from"], app.query_params["to"]) == ("2026-09-28", "2026-10-04")
    assert "28 September to 4 October 2026" in words(app)


def test_an_hr_reader_is_offered_their_own_regions_and_refused_others(open_grouped: Open):
    app = open_grouped("participation", role="hr", regions="Midlands", view="places")
    assert app.multiselect(key="filter-region").options == ["Midlands"]
    assert app.multiselect(key="filter-icb").options == ["Birmingham and Solihull"]
    tables = " ".join(str(table.value.to_dict()) for table in app.table)
    assert "Midlands" in tables
    assert "London" not in tables
    refused = open_grouped("participation", role="hr", regions="Midlands", region="london")
    assert "Your account may see England and its own regions (Midlands); the link asks for London." in words(refused)
    assert not refused.table


def test_a_conversation_without_grouped_tables_says_why_nothing_can_be_chosen(open_page: Open):
    app = open_page("overview")
    assert "No tables by region, ICB or staff group were cut of this conversation." in words(app)
    assert not app.multiselect


def test_a_view_is_saved_with_its_filters_opened_renamed_and_deleted(open_grouped: Open, desk: Engine):
    with desk.begin() as connection:
        add_user(connection, name="test", password="seven quiet elements", role=Role.LEADER, now=NOW, cost=4)
    app = open_grouped("sentiment", region="midlands")
    app.text_input(key="view-name").input("Midlands mood")
    app.button(key="save-view-now").click().run()
    assert "Saved as ‘Midlands mood’." in words(app)
    with reading(desk) as connection:
        (view,) = views_of(connection, "test")
    assert view.link == "sentiment?region=midlands"
    app.text_input(key=f"view-rename-{view.number}").input("Mood").run()
    app.button(key=f"view-rename-{view.number}-now").click().run()
    with reading(desk) as connection:
        assert [one.name for one in views_of(connection, "test")] == ["Mood"]
    app.button(key=f"view-delete-{view.number}").click().run()
    assert "Deleted ‘Mood’." in words(app)
    with reading(desk) as connection:
        assert views_of(connection, "test") == ()


def test_newer_data_is_offered_and_waits_for_the_reader(open_grouped: Open, publish: Callable[[], None]):
    app = open_grouped("overview")
    assert "Newer data is available" not in words(app)
    publish()
    app.run()
    assert "**Newer data is available.** You are reading release 2; release 3 is current." in words(app)
    assert "Release 2" in words(app)
    app.button(key="show-newer-data").click().run()
    assert "Newer data is available" not in words(app)
    assert "Release 3" in words(app)
