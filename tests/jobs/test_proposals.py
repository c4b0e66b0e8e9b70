"""Proposals: one person asks, a second one decides, and the log says who did which."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from data_access.desk import audit, proposals
from data_access.desk.proposals import Proposed
from data_access.problems import BadSelection, ChangedMeanwhile, NotAllowed, NothingThere


@pytest.fixture
def grouped(connection, now) -> Callable[..., Proposed]:
    """Propose grouped tables of the release."""

    def propose(by: str = "ann", **subject: object) -> Proposed:
        summary = "Cut the tables of release 3 by region."
        return proposals.propose(
            connection, kind="publish grouped", subject=subject, summary=summary, asked_by=by, now=now
        )

    return propose


def test_a_second_person_approves_and_both_names_stand(connection, grouped, now) -> None:
    asked = grouped()
    assert (asked.is_open, asked.is_approved, asked.decided_by) == (True, None, None)
    later = now + timedelta(hours=2)
    said = proposals.decide(connection, asked.id, is_approved=True, decided_by="bo", note=" Seen. ", now=later)
    assert (said.asked_by, said.decided_by, said.decided_at) == ("ann", "bo", later)
    assert (said.is_approved, said.note) == (True, "Seen.")
    assert proposals.open_ones(connection) == []
    assert proposals.decided_ones(connection) == [said]
    assert proposals.check_approved(connection, asked.id, "publish grouped") == said


@pytest.mark.parametrize("same", ["ann", "ANN", " Ann "])
def test_nobody_decides_on_their_own_proposal_however_they_spell_their_name(connection, grouped, now, same) -> None:
    asked = grouped()
    for is_approved in (True, False):
        with pytest.raises(NotAllowed, match="second person"):
            proposals.decide(connection, asked.id, is_approved=is_approved, decided_by=same, now=now)
    assert proposals.open_ones(connection) == [asked]


def test_the_first_decision_stands_and_the_second_person_is_told(connection, grouped, now) -> None:
    asked = grouped()
    proposals.decide(connection, asked.id, is_approved=False, decided_by="bo", now=now)
    with pytest.raises(ChangedMeanwhile, match="bo refused this already"):
        proposals.decide(connection, asked.id, is_approved=True, decided_by="cy", now=now)
    assert proposals.proposal(connection, asked.id).decided_by == "bo"


def test_of_many_who_decide_at_once_one_does(desk: Engine, now) -> None:
    with desk.begin() as connection:
        asked = proposals.propose(connection, kind="x", subject={}, summary="Do x.", asked_by="ann", now=now)

    def decide(number: int) -> bool:
        try:
            with desk.begin() as connection:
                proposals.decide(connection, asked.id, is_approved=True, decided_by=f"bo{number}", now=now)
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(decide, range(12))) == 1


def test_the_same_does_not_wait_twice_but_may_be_asked_for_again_once_decided(connection, grouped, now) -> None:
    asked = grouped(release=3)
    with pytest.raises(BadSelection, match="ann asked for it on 1 March 2021"):
        grouped("bo", release=3)
    other = grouped("bo", release=4)
    assert [one.id for one in proposals.open_ones(connection, "publish grouped")] == [asked.id, other.id]
    proposals.decide(connection, asked.id, is_approved=False, decided_by="cy", now=now)
    assert grouped(release=3).id == other.id + 1


def test_only_whoever_asked_takes_a_proposal_back(connection, grouped, now) -> None:
    asked = grouped()
    with pytest.raises(NotAllowed, match="Refuse it instead"):
        proposals.take_back(connection, asked.id, by="bo", now=now)
    assert proposals.take_back(connection, asked.id, by="ann", now=now).is_approved is False
    with pytest.raises(NotAllowed, match="second person approved"):
        proposals.check_approved(connection, asked.id, "publish grouped")


def test_an_approval_is_for_its_own_kind_and_for_nothing_while_it_waits(connection, grouped, now) -> None:
    asked = grouped()
    with pytest.raises(NotAllowed):
        proposals.check_approved(connection, asked.id, "publish grouped")
    proposals.decide(connection, asked.id, is_approved=True, decided_by="bo", now=now)
    with pytest.raises(NotAllowed):
        proposals.check_approved(connection, asked.id, "purge")


def test_a_number_that_is_no_proposal_is_said_to_be_none(connection, now) -> None:
    with pytest.raises(NothingThere, match="no proposal 7"):
        proposals.decide(connection, 7, is_approved=True, decided_by="bo", now=now)


def test_a_note_of_over_a_thousand_characters_is_refused_and_nothing_decided(connection, grouped, now) -> None:
    asked = grouped()
    with pytest.raises(BadSelection, match="1,000 characters"):
        proposals.decide(connection, asked.id, is_approved=True, decided_by="bo", note="a" * 1001, now=now)
    assert proposals.proposal(connection, asked.id).is_open


def test_the_log_says_who_asked_and_who_decided(connection, grouped, now) -> None:
    asked = grouped()
    proposals.decide(connection, asked.id, is_approved=True, decided_by="bo", now=now)
    told = [(entry.who, entry.what) for entry in reversed(audit.entries(connection))]
    assert told == [("ann", "proposed: publish grouped"), ("bo", "approved: publish grouped")]
