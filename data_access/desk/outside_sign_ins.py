"""People whom their organisation's sign-in service vouches for, and how one proof of that opens one visit only.

Streamlit keeps what the service said in a cookie that lasts a month, checks no expiry and can be sent again. Here it
counts once, and only while it is fresh; what follows is a visit like any other, kept on the server.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from data_access.desk.schema import UsedSignIn
from data_access.problems import NotAllowed

# Long enough for a slow redirect, short enough that a copied cookie is worth nothing.
FRESH_FOR = timedelta(minutes=5)
CLOCKS_APART = timedelta(minutes=1)


@dataclass(frozen=True)
class Proof:
    """What a sign-in service said of somebody: the account they claim, when it said so, and a mark of its own."""

    account: str
    issued_at: datetime
    mark: str


def proof_of(claims: Mapping[str, object], *, claim: str, now: datetime) -> Proof:
    """Read the claims of an ID token whose signature was checked. `claim` holds the name of the account.

    Raises `NotAllowed` where it is old, from the future, past its end, without an account or with an e-mail address
    that the service says is not verified.
    """
    issued_at, ends_at = _moment(claims.get("iat")), _moment(claims.get("exp"))
    if issued_at is None or ends_at is None or not issued_at - CLOCKS_APART <= now < ends_at:
        raise NotAllowed("The sign-in of your organisation is not valid now. Sign in again.")
    if now - issued_at > FRESH_FOR:
        raise NotAllowed("The sign-in of your organisation took too long. Sign in again.")
    account = str(claims.get(claim) or "").strip().lower()
    if not account or (claim == "email" and claims.get("email_verified") is False):
        raise NotAllowed("Your organisation does not say who you are in the way this dashboard needs. Ask its contact.")
    named = [claims.get(name) for name in ("iss", "sub", "iat", "nonce", "sid")]
    return Proof(account, issued_at, sha256(json.dumps(named, default=str).encode()).hexdigest())


def use_once(connection: Connection, proof: Proof, *, now: datetime) -> bool:
    """Note that a proof was used; says whether this is the first time."""
    connection.execute(delete(UsedSignIn).where(UsedSignIn.ends_at < now))
    if connection.scalar(select(UsedSignIn.mark).where(UsedSignIn.mark == proof.mark)) is not None:
        return False
    ends_at = proof.issued_at + FRESH_FOR + CLOCKS_APART
    connection.execute(insert(UsedSignIn).values(mark=proof.mark, ends_at=ends_at))
    return True


def _moment(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) else None
