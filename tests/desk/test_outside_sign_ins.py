"""What an organisation's service says opens one visit, while it is fresh, for an account that exists."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from data_access.desk.outside_sign_ins import proof_of, use_once
from data_access.problems import NotAllowed


def claims(now: datetime, **changes: object) -> dict[str, object]:
    said = {"iss": "https://sso.trust.example", "sub": "u1", "email": "Ann@Trust.Example", "email_verified": True}
    moments = {"iat": int(now.timestamp()), "exp": int(now.timestamp()) + 3600, "nonce": "n1"}
    return {**said, **moments, **changes}


def test_the_claim_names_the_account_in_lower_case(now: datetime):
    assert proof_of(claims(now), claim="email", now=now).account == "ann@trust.example"
    assert proof_of(claims(now, upn="ann"), claim="upn", now=now).account == "ann"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"iat": -301}, "too long"),
        ({"iat": 120}, "not valid now"),
        ({"exp": 0}, "not valid now"),
        ({"iat": None}, "not valid now"),
        ({"exp": "soon"}, "not valid now"),
        ({"email": None}, "does not say who you are"),
        ({"email": "  "}, "does not say who you are"),
        ({"email_verified": False}, "does not say who you are"),
    ],
)
def test_an_old_an_early_or_an_unfit_proof_is_refused(now: datetime, change: dict[str, object], why: str):
    moved = {
        name: int(now.timestamp()) + value if name in ("iat", "exp") and isinstance(value, int) else value
        for name, value in change.items()
    }
    with pytest.raises(NotAllowed, match=why):
        proof_of(claims(now, **moved), claim="email", now=now)


def test_a_proof_counts_once_and_another_of_the_same_person_counts_again(connection: Connection, now: datetime):
    first = proof_of(claims(now), claim="email", now=now)
    later = proof_of(claims(now, nonce="n2"), claim="email", now=now)
    assert [use_once(connection, proof, now=now) for proof in (first, first, later)] == [True, False, True]


def test_a_used_proof_is_forgotten_when_it_is_too_old_to_be_taken(connection: Connection, now: datetime):
    proof = proof_of(claims(now), claim="email", now=now)
    use_once(connection, proof, now=now)
    later = now + timedelta(minutes=10)
    with pytest.raises(NotAllowed):
        proof_of(claims(now), claim="email", now=later)
    assert use_once(connection, proof, now=later)
