"""Who may sign in: accounts, their roles and regions, and what a password must be.

Passwords are 15 to 64 characters (ASVS 5.0, 6.2.1 and 6.2.9) without rules of composition, and are held
against a short list of the ones tried first. bcrypt reads 72 bytes, so longer ones are refused, not cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import bcrypt
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from data_access.desk.schema import Account, Visit
from data_access.problems import BadSelection, NothingThere
from data_access.vocabulary import Role

SHORTEST, LONGEST, MOST_BYTES = 15, 64, 72
# 12 doublings cost a guess about a quarter of a second on one core of 2025.
COST = 12
# Long enough to pass the length rule and still among the first that are tried.
DENIED = (
    "passwordpassword", "password12345678", "123456789012345", "1234567890123456", "qwertyuiopasdfg", "lookforward",
    "letmeinletmein", "iloveyouiloveyou", "correcthorsebatterystaple", "administrator", "changemechangeme",
    "welcomewelcome", "nationalhealthservice", "thequickbrownfox",
)  # fmt: skip


@dataclass(frozen=True)
class User:
    """An account as the rest of the program sees it: without the password."""

    id: int
    name: str
    display_name: str
    role: Role
    regions: tuple[str, ...]
    is_disabled: bool


def add_user(
    connection: Connection,
    *,
    name: str,
    password: str | None,
    role: Role,
    now: datetime,
    display_name: str = "",
    regions: Sequence[str] = (),
    cost: int = COST,
) -> User:
    """Add an account. Names are kept in lower case and are unique.

    Without a password none fits: only an organisation's sign-in service can vouch for the account.
    Raises `BadSelection` when the name is taken or not one word, or the password is not good enough.
    """
    wanted = plain_name(name)
    if password is not None:
        check_password_rules(password, wanted)
    check_regions(role, regions)
    if connection.scalar(select(Account.id).where(Account.name == wanted)) is not None:
        raise BadSelection(f"There is already an account called '{wanted}'.")
    connection.execute(
        insert(Account).values(
            name=wanted,
            display_name=display_name.strip() or wanted,
            role=role.value,
            regions=list(regions),
            password_hash=nobodys_hash() if password is None else hashed(password, cost),
            is_disabled=False,
            created_at=now,
        )
    )
    return user_named(connection, wanted)


def list_users(connection: Connection) -> list[User]:
    """Give all accounts by name, disabled ones too."""
    return [_user(row) for row in connection.execute(select(Account).order_by(Account.name))]


def count_users(connection: Connection) -> int:
    """Count the accounts that may sign in."""
    return connection.scalar(select(func.count()).select_from(Account).where(~Account.is_disabled)) or 0


def user_named(connection: Connection, name: str) -> User:
    """Give the account of that name; `NothingThere` if there is none."""
    row = connection.execute(select(Account).where(Account.name == name.strip().lower())).one_or_none()
    if row is None:
        raise NothingThere(f"There is no account called '{name}'.")
    return _user(row)


def set_role(connection: Connection, name: str, role: Role, regions: Sequence[str] = ()) -> User:
    """Give an account another role and regions, and end its visits.

    What a page of the old role left open could otherwise still be pressed once.
    """
    user = user_named(connection, name)
    check_regions(role, regions)
    connection.execute(update(Account).where(Account.id == user.id).values(role=role.value, regions=list(regions)))
    connection.execute(delete(Visit).where(Visit.account_id == user.id))
    return user_named(connection, name)


def set_password(connection: Connection, name: str, password: str, *, cost: int = COST) -> User:
    """Give an account another password and end all its visits."""
    user = user_named(connection, name)
    check_password_rules(password, user.name)
    connection.execute(update(Account).where(Account.id == user.id).values(password_hash=hashed(password, cost)))
    connection.execute(delete(Visit).where(Visit.account_id == user.id))
    return user


def disable_user(connection: Connection, name: str) -> User:
    """Keep an account from signing in and end all its visits. Its name stays in the audit log."""
    user = user_named(connection, name)
    connection.execute(update(Account).where(Account.id == user.id).values(is_disabled=True))
    connection.execute(delete(Visit).where(Visit.account_id == user.id))
    return user_named(connection, name)


def enable_user(connection: Connection, name: str) -> User:
    """Let a closed account sign in again."""
    user = user_named(connection, name)
    connection.execute(update(Account).where(Account.id == user.id).values(is_disabled=False))
    return user_named(connection, name)


def check_password(connection: Connection, name: str, password: str) -> User | None:
    """Give the account if name and password belong together and it may sign in, else nothing.

    An unknown name costs as much time as a wrong password, so that nobody can ask which names exist.
    """
    user, stored = credentials(connection, name)
    fits = len(password.encode()) <= MOST_BYTES and bcrypt.checkpw(password.encode(), stored.encode())
    return user if fits else None


def credentials(connection: Connection, name: str) -> tuple[User | None, str]:
    """Give the account that may sign in under a name and the hash to hold a password against.

    Without such an account the hash is one that no password fits.
    """
    row = connection.execute(select(Account).where(Account.name == name.strip().lower())).one_or_none()
    if row is None or row.is_disabled:
        return None, nobodys_hash()
    return _user(row), row.password_hash


def hashed(password: str, cost: int = COST) -> str:
    """Hash a password with a salt of its own."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(cost)).decode()


@cache
def nobodys_hash() -> str:
    """Give a hash of random bytes at the usual cost, made once a process."""
    return bcrypt.hashpw(bcrypt.gensalt(4), bcrypt.gensalt(COST)).decode()


def plain_name(name: str) -> str:
    """Give a name in lower case; `BadSelection` unless it is one word of letters, digits and . _ @ -."""
    plain = name.strip().lower()
    if not plain or len(plain) > 80 or not all(letter.isalnum() or letter in "._@-" for letter in plain):
        raise BadSelection("An account name is one word of up to 80 letters, digits and . _ @ -")
    return plain


def check_password_rules(password: str, name: str) -> None:
    """Raise `BadSelection` saying everything a password lacks."""
    faults = []
    if not SHORTEST <= len(password) <= LONGEST:
        faults.append(f"have {SHORTEST} to {LONGEST} characters")
    if len(password.encode()) > MOST_BYTES:
        faults.append(f"fit into {MOST_BYTES} bytes (letters with accents take two and more)")
    if password != password.strip():
        faults.append("neither begin nor end with a space")
    if "\0" in password:
        faults.append("have no null character")
    if _is_guessable(password, name):
        faults.append("not be among those that are tried first")
    if faults:
        raise BadSelection("The password must " + ", and must ".join(faults) + ".")


def check_regions(role: Role, regions: Sequence[str]) -> None:
    """Raise `BadSelection` unless regions are given for the role that is bound to them, and for no other."""
    if role is Role.HR and not regions:
        raise BadSelection("An hr account needs at least one region.")
    if role is not Role.HR and regions:
        raise BadSelection(f"Only hr accounts have regions; {role.value} has none.")


def _is_guessable(password: str, name: str) -> bool:
    plain = password.casefold().replace(" ", "")
    repeats_little = len(set(plain)) <= 3
    return repeats_little or plain.strip("0123456789!.") in (*DENIED, name, name * 2) or plain in DENIED


def _user(row: Row[tuple[Account]] | Row) -> User:  # type: ignore[type-arg]  # a row of all columns has no named type
    return User(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        role=Role(row.role),
        regions=tuple(row.regions),
        is_disabled=row.is_disabled,
    )
