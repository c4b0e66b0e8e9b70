"""Accepted suggestions become codes by an import of their own; a person's codes are never touched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import Engine

from data_access.coding.frame import ACCEPTED
from data_access.importing.accepted_codes import carry
from data_access.problems import NothingThere
from data_access.progress import silent
from data_access.vault import coding

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)
FILES = {
    "ideas.csv": "idea,posted_at,text\nI1,2022-02-01T09:00:00Z,Rotas\nI2,2022-02-01T09:00:00Z,Pay\n",
    "themes.csv": "frame_version,theme,name\n1,rotas,Rotas\n1,pay,Pay\n",
    "codes.csv": "frame_version,item_kind,item,theme,coder\n1,idea,I1,rotas,AB\n",
}


def decisions(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Decisions on ideas as (idea, theme, decision)."""
    return pl.DataFrame([("idea", *row) for row in rows], ["item_kind", "item", "code", "decision"], orient="row").cast(
        pl.String
    )


@pytest.fixture
def carried(vault: Engine, keys: Path, bring, files):
    """Import a conversation of two ideas, one coded by a person; give a way to carry decisions into it."""

    def begin(texts: dict[str, str] = FILES):
        bring("template", files(texts))

        minutes = count()

        def now(*rows: tuple[str, str, str]):
            at = NOON + timedelta(minutes=next(minutes))
            return carry(
                vault, keys, conversation="talk", decisions=decisions(*rows), by="ann", now=at, progress=silent
            )

        return now

    return begin


def codes_of(vault: Engine) -> list[tuple[str, str, str]]:
    with vault.connect() as connection:
        return coding.codes(connection, 1).select("item_source_id", "theme_code", "coder").rows()


def test_an_accepted_suggestion_comes_in_as_a_code_of_its_own_coder(carried, vault):
    report = carried()(("I2", "pay", "accepted"))
    assert codes_of(vault) == [("I1", "rotas", "AB"), ("I2", "pay", ACCEPTED)]
    assert [(line.table, line.new) for line in report.ledger] == [("codes", 1)]


def test_a_post_that_a_person_coded_gets_nothing(carried, vault):
    assert carried()(("I1", "pay", "accepted")) is None
    assert codes_of(vault) == [("I1", "rotas", "AB")]


def test_carrying_twice_changes_nothing(carried, vault):
    now = carried()
    now(("I2", "pay", "accepted"))
    assert now(("I2", "pay", "accepted")) is None


def test_a_change_of_mind_takes_the_code_back_and_another_brings_it_in_again(carried, vault):
    now = carried()
    now(("I2", "pay", "accepted"))
    now(("I2", "pay", "refused"))
    assert codes_of(vault) == [("I1", "rotas", "AB")]
    report = now(("I2", "pay", "accepted"))
    assert not report.was_already_imported
    assert codes_of(vault) == [("I1", "rotas", "AB"), ("I2", "pay", ACCEPTED)]


def test_a_refused_suggestion_brings_nothing(carried):
    assert carried()(("I2", "pay", "refused")) is None


def test_without_a_frame_the_elements_become_its_first_version(carried, vault):
    now = carried({"ideas.csv": FILES["ideas.csv"]})
    now(("I2", "we-are-a-team", "accepted"))
    with vault.connect() as connection:
        themes = coding.themes(connection, 1)
    assert themes.select("frame_version").unique().rows() == [(1,)]
    assert themes.height == 7
    assert codes_of(vault) == [("I2", "we-are-a-team", ACCEPTED)]


def test_a_conversation_nobody_imported_is_said(vault: Engine, keys: Path):
    with pytest.raises(NothingThere, match="nowhere"):
        carry(vault, keys, conversation="nowhere", decisions=decisions(), by="ann", now=NOON, progress=silent)
