"""Nothing is learnt from the time an answer takes: the same work is done, whatever there is to find out.

Work is counted, not timed: a busy machine would prove nothing. How long one hash takes is `users.COST`.
"""

from __future__ import annotations

from unittest.mock import patch

import bcrypt
import pytest

from dashboard import sign_in
from dashboard.web.door import Door
from data_access.desk.users import COST, add_user, disable_user
from data_access.vocabulary import Role
from tests.roles.home import NOW

GOOD, BAD = "seven quiet elements", "another long password"


@pytest.fixture(scope="module")
def accounts(door: Door) -> Door:
    """One account as a person gets it, at the product's cost, and one that was closed."""
    with door.engine.begin() as connection:
        for name in ("known", "closed"):
            add_user(connection, name=name, password=GOOD, role=Role.LEADER, now=NOW)
        disable_user(connection, "closed")
    return door


@pytest.mark.parametrize(
    ("name", "password"),
    [("known", BAD), ("unknown", BAD), ("closed", GOOD), ("closed", BAD), ("known", "x" * 200), ("unknown", "é" * 60)],
)
def test_every_refused_sign_in_costs_one_hash(accounts: Door, name: str, password: str):
    """Through the library's own check, as the form asks it."""
    with patch("bcrypt.checkpw", wraps=bcrypt.checkpw) as checked:
        assert not sign_in._Model(accounts, []).check_credentials(name, password)
    [call] = checked.call_args_list
    assert call.args[1].startswith(f"$2b${COST:02}$".encode())


def test_a_password_that_fits_costs_the_same(accounts: Door):
    found: list[object] = []
    with patch("bcrypt.checkpw", wraps=bcrypt.checkpw) as checked:
        assert sign_in._Model(accounts, found).check_credentials("known", GOOD)
    assert (checked.call_count, len(found)) == (1, 1)
