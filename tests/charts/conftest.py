"""Results to draw: one a chart kind, small enough to read off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.filters import Selection
from dashboard.results import Result, answer
from data_access.vocabulary import ELEMENTS, NOT_CODED

HIDDEN = dict.fromkeys(("comments", "participants", "voters", "agree", "pass", "disagree"))


def element(name: str, agree: int, passed: int, disagree: int) -> dict[str, object]:
    measures = {"ideas": agree, "comments": 4, "participants": 30, "voters": 20}
    return {"element": name, **measures, "agree": agree, "pass": passed, "disagree": disagree}


@pytest.fixture
def release(made_up_release):
    """Two elements with votes and one hidden; twelve ideas; five days of which two are hidden; three words."""
    gone = dict.fromkeys(("participants", "ideas", "comments", "votes"))
    shown = {"participants": 20, "ideas": 1, "comments": 2, "votes": 300}
    idea = {"voters": 20, "pass": 1, "comments": 0, "merged_from": 0, "is_seed": False}
    return made_up_release(
        votes_by_element=[
            element(ELEMENTS[2], 90, 5, 10),
            element(ELEMENTS[5], 30, 0, 70),
            {"element": ELEMENTS[0], "ideas": 1, **HIDDEN, "is_hidden": True},
            element(NOT_CODED, 10, 0, 10),
        ],
        votes_by_idea=[{"idea": f"{at:02}", "agree": 90 - at, "disagree": 10 + at, **idea} for at in range(12)],
        texts=[
            {
                "kind": "idea",
                "id": "00",
                "idea": "00",
                "title": "<b>Pay</b> & $time$",
                "text": "",
                "is_held_back": False,
            }
        ],
        activity_by_day=[
            {
                "day": date(2021, 2, 1) + timedelta(days=at),
                **(gone if at in (2, 3) else shown),
                "is_hidden": at in (2, 3),
            }
            for at in range(5)
        ],
        words=[{"word": word, "used_by_at_least": step} for word, step in (("pay", 10), ("team", 50), ("time", 50))],
    )


@pytest.fixture
def result_of(release):
    """Answer a metric from that release: `result_of("vote_balance")`."""

    def result(key: str, element: str | None = None) -> Result:
        return answer(key, source=release, selection=Selection("talk", element))

    return result
