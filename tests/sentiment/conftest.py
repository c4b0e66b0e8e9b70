"""Rows of release tables that measures of opinion read, written short."""

from __future__ import annotations

import pytest

from dashboard.filters import Selection
from dashboard.results import Result, answer


def idea(key, agree, disagree, passed=0, merged_from=0, *, is_seed=False):
    votes = {"voters": agree + passed + disagree, "agree": agree, "pass": passed, "disagree": disagree}
    return {"idea": key, **votes, "comments": 0, "merged_from": merged_from, "is_seed": is_seed}


def text(key, title):
    return {"kind": "idea", "id": key, "idea": key, "title": title, "text": "", "is_held_back": False}


def element(name, agree, disagree, ideas=1, **counts):
    votes = {"voters": agree + disagree, "agree": agree, "pass": 0, "disagree": disagree}
    return {"element": name, "ideas": ideas, "comments": 0, "participants": 100, **votes, **counts}


def cell(place, group, agree, disagree, *, about=None, passed=0, band="60–80%"):
    """A cell of a grouped table that gives votes; agree None for one that gives a band only."""
    has_votes = agree is not None
    votes = {"agree": agree, "pass": passed if has_votes else None, "disagree": disagree}
    named = {"element": about} if about else {}
    return {**named, place: group, "participants": 50, **votes, "agree_band": band, "has_votes": has_votes}


def worth(slice_, effect):
    return {"slice": slice_, "design_effect": effect, "is_hidden": effect is None}


@pytest.fixture
def told(made_up_release):
    """Answer a metric from rows: `told("three_sources", votes_by_element=[...])`; an element may be chosen."""

    def answered(key: str, element: str | None = None, *, selection: Selection | None = None, **tables) -> Result:
        asked = selection or Selection("talk", element)
        return answer(key, source=made_up_release(**tables), selection=asked)

    return answered
