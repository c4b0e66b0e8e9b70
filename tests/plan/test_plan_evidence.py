"""The chain of evidence both ways: every link is crawled, and what leads nowhere is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import polars as pl
import pytest

from dashboard.filters import Selection
from dashboard.results import Result, answer
from data_access.desk.plan import Edit, load_register, plan_as_at, set_evidence
from data_access.vocabulary import ELEMENTS, NOT_CODED

DAY = date(2024, 3, 1)
FLEXIBLY, TEAM = ELEMENTS[5], ELEMENTS[6]
THEMES = {
    # theme: voters, agree, disagree: rotas and handover are strong, pay is split, quiet has too few voters
    "rotas": (150, 180, 20),
    "handover": (120, 160, 40),
    "pay": (200, 150, 150),
    "quiet": (99, 180, 20),
}
LINKS = """
    action | kind           | item  | response  | response_text
    2      | theme          | rotas | done      | Rotas come six weeks ahead
    2      | idea           | 9     | done      | Rotas come six weeks ahead
    3      | idea           | 2     | doing     | A pilot runs
    4      | idea           | 7     | cannot do | National terms decide it
    5      | feedback       | S1-1  |           |
    5      | session action | S1    |           |
    6      | theme          | gone  | doing     | A draft
"""


def links() -> pl.DataFrame:
    rows = [[cell.strip() or None for cell in line.split("|")] for line in LINKS.strip().splitlines()]
    names, rest = [str(name) for name in rows[0]], rows[1:]
    return pl.DataFrame(rest, schema=dict.fromkeys(names, pl.String), orient="row").with_columns(
        pl.col("action").cast(pl.Int64)
    )


def cells(*, gone: tuple[str, ...] = ()) -> dict[str, list[dict[str, object]]]:
    """Ideas 1 and 2 stand, 9 was merged into 1, 7 was removed, and so are those that are `gone`."""
    votes = {"1": (90, 10), "2": (30, 10)}
    standing = {idea: counts for idea, counts in votes.items() if idea not in gone}
    lineage = [
        *({"idea": idea, "state": "removed" if idea in gone else "live", "stands_as": "" if idea in gone else idea}
          for idea in votes),
        {"idea": "9", "state": "merged", "stands_as": "" if "1" in gone else "1"},
        {"idea": "7", "state": "removed", "stands_as": ""},
    ]  # fmt: skip
    counts = {"comments": 0, "merged_from": 0, "is_seed": False}
    return {
        "votes_by_theme": [
            {"theme": theme, "name": theme.title(), "element": FLEXIBLY, "ideas": 2, "comments": 0,
             "participants": voters, "voters": voters, "agree": agree, "pass": 5, "disagree": disagree}
            for theme, (voters, agree, disagree) in (*THEMES.items(), (NOT_CODED, (500, 900, 100)))
        ],
        "votes_by_idea": [
            {"idea": idea, "voters": agree + disagree, "agree": agree, "pass": 0, "disagree": disagree, **counts}
            for idea, (agree, disagree) in standing.items()
        ],
        "idea_themes": [
            {"idea": idea, "theme": theme}
            for idea, theme in (("1", "rotas"), ("2", "handover"), ("2", "rotas")) if idea in standing
        ],
        "idea_elements": [{"idea": idea, "element": element}
                          for idea, element in (("1", FLEXIBLY), ("2", FLEXIBLY), ("2", TEAM)) if idea in standing],
        "lineage": [{"reason": "", "voters": 20, "agree": 10, "pass": 0, "disagree": 10, **row} for row in lineage],
        "texts": [
            *({"kind": "idea", "id": idea, "idea": idea, "title": f"Idea {idea}", "text": "", "is_held_back": False}
              for idea in standing),
            {"kind": "feedback", "id": "S1-1", "idea": "S1", "title": "", "text": "Rotas come late",
             "is_held_back": False},
        ],
        "sessions": [{"session": "S1", "kind": "big conversation", "title": "Working flexibly", "element": FLEXIBLY,
                      "points": 1}],
    }  # fmt: skip


@dataclass(frozen=True)
class Both:
    """A release of hand-written cells with the plan of a desk."""

    release: object
    desk: object
    number: int = 3
    published_at: datetime = datetime(2024, 3, 1, tzinfo=UTC)

    def table(self, name: str, conversation: str | None = None) -> pl.DataFrame:
        return self.release.table(name, conversation)

    def plan(self, name: str) -> pl.DataFrame:
        return plan_as_at(self.desk, DAY).table(name)


@pytest.fixture
def linked(desk, register, loading):
    load_register(desk, {"plan_actions": register(), "evidence": links()}, **loading)
    return desk


@pytest.fixture
def asked(linked, made_up_release):
    def result(key: str, element: str | None = None, **changes) -> Result:
        source = Both(made_up_release(**cells(**changes)), linked)
        return answer(key, source=source, selection=Selection("talk", element))

    return result


def rows(result: Result, *names: str) -> list[tuple[object, ...]]:
    return result.table.select(names).rows()


def test_every_link_is_crawled_and_leads_to_what_stands_or_is_told_first(asked):
    result = asked("plan_links")
    assert rows(result, "action", "item", "state", "resolved", "name") == [
        (4, "7", "removed", None, None),
        (6, "gone", "not in this release", None, None),
        (2, "9", "merged into 1", "1", "Idea 1"),
        (2, "rotas", "stands", "rotas", "Rotas"),
        (3, "2", "stands", "2", "Idea 2"),
        (5, "S1-1", "stands", "S1-1", "Rotas come late"),
        (5, "S1", "stands", "S1", "Working flexibly"),
    ]
    assert result.headline == "2 of 7 links lead nowhere any more."


def test_the_votes_behind_an_action_are_those_of_its_distinct_ideas(asked):
    """Action 2: theme rotas holds ideas 1 and 2; idea 9 stands as 1, which is counted once."""
    table = asked("plan_support").table
    by_action = {row["action"]: row for row in table.iter_rows(named=True)}
    assert table.height == 35
    two, three, five = (by_action[f"Action {number}"] for number in (2, 3, 5))
    assert (two["ideas"], two["agree"], two["disagree"]) == (2, 90 + 30, 10 + 10)
    assert (three["ideas"], three["agree"], three["disagree"]) == (1, 30, 10)
    # Wilson by hand for 30 of 40: (30 + 1.92) / 43.84 ± 1.96 / 43.84 · √(30 · 10 / 40 + 0.96)
    assert (three["agree_low"], three["agree_high"]) == pytest.approx((0.598060, 0.858129), abs=1e-6)
    assert (five["ideas"], five["agree_share"]) == (0, None)
    assert asked("plan_support").headline.startswith("Action 2 has the surest agreement behind it: 85.7%")


def test_strong_themes_without_an_action_are_named_with_the_rule_that_makes_them_strong(asked):
    assert rows(asked("plan_gaps"), "theme") == []
    assert asked("plan_gaps").notes == ("Strong: 100 voters or more, and a lower end of 66.7% or more.",)


def test_removing_an_idea_that_was_evidence_raises_the_gap_again(asked):
    """Idea 2 is the only thing that links an action to handover; its removal takes that away."""
    before, after = asked("plan_themes"), asked("plan_themes", gone=("2",))
    assert dict(rows(before, "theme", "answered_by"))["handover"] == "3"
    assert dict(rows(after, "theme", "answered_by"))["handover"] is None
    assert rows(asked("plan_gaps", gone=("2",)), "theme", "voters") == [("handover", 120)]
    assert asked("plan_gaps", gone=("2",)).headline == (
        "1 of 2 strong themes has no action; it is ‘Handover’ (80% agree)."
    )


def test_an_action_whose_evidence_was_removed_is_listed_as_having_lost_it(asked):
    listed = rows(asked("plan_unevidenced", gone=("2",)), "number", "links", "lost")
    assert [row for row in listed if row[1]] == [(3, 1, 1), (4, 1, 1), (6, 1, 1)]
    assert len(listed) == 35 - 2
    assert asked("plan_unevidenced", gone=("2",)).headline == (
        "33 of 35 actions have no evidence; 3 of them lost what they had."
    )


def test_a_merge_moves_the_evidence_and_raises_no_gap(asked):
    assert 2 not in [number for (number,) in rows(asked("plan_unevidenced"), "number")]


@pytest.mark.parametrize(("voters", "agree", "is_strong"), [(100, 180, "yes"), (99, 180, "no"), (100, 140, "no")])
def test_a_theme_is_strong_from_a_base_and_a_lower_end_on(linked, made_up_release, voters, agree, is_strong):
    """Of 200 votes 180 agree: lower end 85 %; 140 agree: 63 %, under two thirds although 70 % agree."""
    made = cells()
    made["votes_by_theme"][0] |= {"voters": voters, "agree": agree, "disagree": 200 - agree}
    source = Both(made_up_release(**made), linked)
    table = answer("plan_themes", source=source, selection=Selection("talk")).table
    assert dict(table.select("theme", "strong").rows())["rotas"] == is_strong


def test_a_hidden_theme_is_not_judged(linked, made_up_release):
    made = cells()
    measures = ("comments", "participants", "voters", "agree", "pass", "disagree")
    made["votes_by_theme"][1] |= {**dict.fromkeys(measures), "is_hidden": True}
    source = Both(made_up_release(**made), linked)
    table = answer("plan_themes", source=source, selection=Selection("talk")).table
    assert dict(table.select("theme", "strong").rows())["handover"] is None
    gaps = answer("plan_gaps", source=source, selection=Selection("talk"))
    assert gaps.notes[-1] == "1 theme could not be judged: the votes are hidden."


def test_you_said_we_did_comes_from_links_that_stand_by_element_and_answer(asked):
    result = asked("you_said")
    assert rows(result, "element", "answer", "action", "kind", "item", "said") == [
        (FLEXIBLY, "done", 2, "theme", "rotas", "Rotas"),
        (FLEXIBLY, "done", 2, "idea", "1", "Idea 1"),
        (FLEXIBLY, "doing", 3, "idea", "2", "Idea 2"),
        (FLEXIBLY, "not answered yet", 5, "feedback", "S1-1", "Rotas come late"),
        (FLEXIBLY, "not answered yet", 5, "session action", "S1", "Working flexibly"),
        (TEAM, "doing", 3, "idea", "2", "Idea 2"),
    ]
    assert result.headline == "3 actions answer what was said: 1 done, 1 doing, 1 not answered yet."
    assert result.notes[-1] == "2 links lead nowhere any more; left out here."
    assert "grouped release" in result.notes[0]


def test_you_said_we_did_takes_the_element_filter(asked):
    assert rows(asked("you_said", TEAM), "action", "item") == [(3, "2")]


def test_a_link_recorded_on_the_desk_closes_the_gap(asked, linked, loading):
    gone = {"gone": ("2",)}
    assert asked("plan_gaps", **gone).table.height == 1
    edit = Edit(8, "Analyst", loading["now"], 1)
    set_evidence(linked, edit, kind="theme", item="handover", response="doing", response_text="A pilot")
    assert asked("plan_gaps", **gone).table.height == 0
