"""A hundred visits of two scopes at once: no answer of one reaches the other. `make prove` runs it longer."""

from __future__ import annotations

import pytest

from dashboard.permissions import Viewer
from tests.roles.home import LONDON, MIDLANDS
from tests.roles.interleaved import Tally, interleaved


@pytest.fixture
def both(cookies: dict[str, str]) -> dict[str, str]:
    return {LONDON: cookies["hr-london"], MIDLANDS: cookies["hr-midlands"]}


def test_no_answer_of_five_hundred_holds_a_number_of_another_scope(client, both):
    assert interleaved(client, both, 500) == Tally(answers=500, foreign=0, without=0)


def test_answers_shared_across_scopes_would_be_found(client, both, monkeypatch: pytest.MonkeyPatch):
    """The control: were the scope no part of what answers are kept by, the first to ask would answer for all."""
    monkeypatch.setattr(Viewer, "scope", property(lambda _: ("everybody",)))
    assert interleaved(client, both, 60, visits=20).foreign > 0
