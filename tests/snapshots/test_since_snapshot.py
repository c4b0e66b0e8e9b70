"""The card 'what changed since the last snapshot': nothing yet, nothing changed, changes in words, other filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard.filters import Choices, Selection, params_from_selection
from dashboard.permissions import Viewer
from dashboard.results import answer
from dashboard.snapshots.taking import Wish, take
from data_access.desk.snapshots import FOLDER, MANIFEST
from data_access.releases.store import Release
from data_access.vocabulary import ELEMENTS, Role

NOW = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)
TALK = Selection("talk")
CHOICES = Choices((("talk", "Staff voice"),))
VOTES = {"ideas": 3, "comments": 4, "participants": 30, "voters": 20, "pass": 5}


@pytest.fixture
def source_of(made_up_release) -> Callable[[int], object]:
    return lambda agree: made_up_release(
        votes_by_element=[{"element": ELEMENTS[2], "agree": agree, "disagree": 10, **VOTES}]
    )


@pytest.fixture
def taken(desk: Engine, release: Release, tmp_path: Path, source_of) -> Callable[..., object]:
    def take_it(selection: Selection = TALK, agree: int = 30) -> object:
        result = answer("vote_balance", source=source_of(agree), selection=selection)
        wish = Wish("Board", ("sentiment",), ("csv",), params_from_selection(selection, CHOICES), date(2026, 11, 20),
                    "leader", (), "ann")  # fmt: skip
        return take(wish, [result], desk=desk, home=tmp_path, release=release, now=NOW)

    return take_it


class Seen:
    """What the card asks of a context: numbers of now, and where the snapshots lie."""

    def __init__(self, desk: Engine, home: Path, release: Release, source: object, role: Role = Role.LEADER) -> None:
        self.viewer, self.selection, self.choices = Viewer("ann", "Ann", role), TALK, CHOICES
        self.desk, self.home, self.release, self.today = desk, home, release, date(2026, 11, 22)
        self._source = source

    def result(self, key: str):
        return answer(key, source=self._source, selection=self.selection)


def card(context: Seen) -> list[str]:
    """Run the card alone; give its headline and its lines."""

    def render(context) -> None:
        from dashboard.components import since_snapshot

        since_snapshot.show(context, ("vote_balance", "themes"))

    app = AppTest.from_function(render, args=(context,)).run(timeout=60)
    assert not app.exception
    return [app.header[0].value, *(line for part in app.markdown for line in part.value.splitlines())]


@pytest.fixture
def seen(desk: Engine, tmp_path: Path, release: Release, source_of) -> Callable[..., Seen]:
    return lambda agree=30, **more: Seen(desk, tmp_path, release, source_of(agree), **more)


def test_before_the_first_snapshot_the_card_says_what_will_stand_there(seen):
    said = card(seen())
    assert said[0] == "No snapshot to compare with yet"
    assert "Take one, and what changes after it will be told here" in said[1]


def test_without_a_change_the_card_says_so(seen, taken):
    taken()
    assert card(seen())[0] == "Nothing on this page changed since snapshot 1 of 20 November 2026"


def test_a_change_is_told_in_words_with_what_it_was(seen, taken):
    taken()
    said = card(seen(45))
    assert said[0].endswith("on this page since snapshot 1 of 20 November 2026")
    told = [line.replace("\\", "") for line in said]
    assert any(f"{ELEMENTS[2]}, agree: 30 became 45." in line for line in told)


def test_the_newest_snapshot_of_the_same_filters_is_the_one_that_counts(seen, taken):
    taken(agree=45)
    taken(agree=30)
    taken(replace(TALK, element=ELEMENTS[2]))
    assert card(seen(30))[0] == "Nothing on this page changed since snapshot 2 of 20 November 2026"


def test_snapshots_of_other_filters_are_named_not_compared(seen, taken):
    taken(replace(TALK, element=ELEMENTS[2]))
    said = card(seen())
    assert said[0] == "No snapshot of this selection yet"
    assert "has other filters than England, all elements" in said[1].replace("\\", "")


def test_a_snapshot_that_was_tampered_with_is_not_compared(seen, taken, tmp_path: Path):
    taken()
    (tmp_path / FOLDER / "0001" / MANIFEST).write_bytes(b"{}")
    assert card(seen())[0] == "Snapshot 1 cannot be compared"
