"""Recommendations: on evidence only, kept as they stood on a day, told with what is and is not in the release."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import Engine

from dashboard.filters import Selection
from dashboard.results import answer
from dashboard.wording import cell
from data_access.desk import audit
from data_access.desk.engine import open_desk, reading
from data_access.desk.marks import plan_mark
from data_access.desk.recommendations import Evidence, recommend, recommendations_as_at, withdraw
from data_access.problems import BadSelection, NothingThere

NOW = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)
ROTAS = Evidence("theme", "rotas")
ACTIONS = pl.DataFrame({"number": [5]})


@pytest.fixture
def desk(tmp_path: Path) -> Engine:
    return open_desk(f"sqlite:///{tmp_path / 'desk.db'}")


def write(desk: Engine, text: str = "Publish rotas  earlier", *evidence: Evidence, now: datetime = NOW) -> int:
    with desk.begin() as connection:
        return recommend(connection, conversation="talk", text=text, evidence=evidence or (ROTAS,), by="ann", now=now)


def test_a_recommendation_is_kept_with_its_evidence_and_audited(desk: Engine):
    before = plan_mark(desk)
    assert write(desk, "Publish rotas  earlier", ROTAS, ROTAS, Evidence("action", "5")) == 1
    row = recommendations_as_at(desk, NOW.date()).row(0, named=True)
    assert (row["text"], row["written_on"]) == ("Publish rotas earlier", date(2026, 11, 20))
    assert row["evidence"] == [{"kind": "theme", "id": "rotas"}, {"kind": "action", "id": "5"}]
    with reading(desk) as connection:
        assert audit.entries(connection, 1)[0].what == "wrote recommendation 1"
    assert plan_mark(desk) != before


@pytest.mark.parametrize(
    ("text", "evidence", "why"),
    [("  ", (ROTAS,), "between 1"), ("x" * 601, (ROTAS,), "between 1"), ("A", (), "at least one"),
     ("A", (Evidence("feeling", "x"),), "Evidence is a theme")],
)  # fmt: skip
def test_an_opinion_without_words_or_evidence_is_refused(desk: Engine, text: str, evidence, why: str):
    with desk.begin() as connection, pytest.raises(BadSelection, match=why):
        recommend(connection, conversation="talk", text=text, evidence=evidence, by="ann", now=NOW)


def test_reports_of_earlier_days_keep_what_was_withdrawn_later(desk: Engine):
    number = write(desk)
    mark = plan_mark(desk)
    with desk.begin() as connection:
        withdraw(connection, number, by="bo", now=NOW + timedelta(days=3))
    assert plan_mark(desk) != mark
    counts = {at: recommendations_as_at(desk, NOW.date() + timedelta(days=at)).height for at in (-1, 0, 2, 3)}
    assert counts == {-1: 0, 0: 1, 2: 1, 3: 0}
    with desk.begin() as connection, pytest.raises(NothingThere, match="no recommendation 1"):
        withdraw(connection, number, by="bo", now=NOW)


def test_the_page_names_evidence_by_its_words_and_says_what_is_gone(desk: Engine, made_up_release):
    write(desk, "Earlier rotas", ROTAS, Evidence("idea", "1"), Evidence("element", "We work flexibly"))
    write(desk, "More time", Evidence("idea", "99"), Evidence("action", "5"))

    class WithDesk(made_up_release):
        def plan(self, name: str):
            return recommendations_as_at(desk, NOW.date()) if name == "plan_recommendations" else ACTIONS

    release = WithDesk(
        votes_by_theme=[{"theme": "rotas", "name": "Rotas in good time", "element": "We work flexibly", "ideas": 1}],
        votes_by_idea=[{"idea": "1", "voters": 3, "agree": 2, "pass": 0, "disagree": 1, "comments": 0, "merged_from": 0,
                        "is_seed": False}],
        texts=[{"kind": "idea", "id": "1", "idea": "1", "title": "Six weeks ahead", "text": "", "is_held_back": False}],
    )  # fmt: skip
    result = answer("recommendations", source=release, selection=Selection("talk"))
    rows = result.table.select("text", "evidence", "missing").rows()
    assert rows == [
        ("Earlier rotas", "theme ‘Rotas in good time’; idea ‘Six weeks ahead’; element ‘We work flexibly’", None),
        ("More time", "action 5", "idea 99"),
    ]
    assert result.headline == "2 recommendations rest on evidence; some of it is not in this release for 1 of them."
    assert cell(None, result.metric.columns[3]) == "[z]"


def test_without_any_it_is_said(desk: Engine, made_up_release):
    class WithDesk(made_up_release):
        def plan(self, name: str):
            return recommendations_as_at(desk, NOW.date()) if name == "plan_recommendations" else ACTIONS

    empty = WithDesk()
    assert answer("recommendations", source=empty, selection=Selection("talk")).headline == (
        "No recommendation was written yet."
    )
