"""Saved views: a page with its filters under a name, for the account that saved it and for nobody else.

Only a link is kept, never a number: what it shows and whether it may be seen is decided anew when it is opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, ScalarSelect, delete, func, insert, select, update

from data_access.desk.keep_schema import SavedView
from data_access.desk.schema import Account
from data_access.problems import BadSelection, NothingThere

MOST_VIEWS: Final = 50
LONGEST_NAME: Final = 80
LONGEST_LINK: Final = 2000
# A page of this dashboard and its query: nothing that could lead elsewhere.
_LINK: Final = re.compile(r"[a-z][a-z-]*(\?[^\s#]*)?")


@dataclass(frozen=True)
class View:
    """A saved view: its number, its name, and the page's address with its query, as 'themes?region=midlands'."""

    number: int
    name: str
    link: str
    saved_at: datetime


def views_of(connection: Connection, account: str) -> tuple[View, ...]:
    """Give the views of an account, in alphabetical order."""
    rows = connection.execute(
        select(SavedView.id, SavedView.name, SavedView.link, SavedView.saved_at).where(
            SavedView.account_id == _id_of(account)
        )
    )
    views = [View(row.id, row.name, row.link, row.saved_at) for row in rows]
    return tuple(sorted(views, key=lambda view: (view.name.casefold(), view.number)))


def save_view(connection: Connection, account: str, *, name: str, link: str, now: datetime) -> View:
    """Save a link under a name; a view of that name is replaced.

    Raises `BadSelection` for a name or link that cannot be kept or one view too many, `NothingThere` for no account.
    """
    wanted = _checked_name(name)
    if len(link) > LONGEST_LINK or not _LINK.fullmatch(link):
        raise BadSelection("This view cannot be saved: its link is too long. Choose fewer filters.")
    account_id = connection.execute(select(Account.id).where(Account.name == account)).scalar()
    if account_id is None:
        raise NothingThere("There is no such account.")
    _drop_same_name(connection, account, wanted)
    held = connection.execute(
        select(func.count()).select_from(SavedView).where(SavedView.account_id == account_id)
    ).scalar_one()
    if held >= MOST_VIEWS:
        raise BadSelection(f"You have {MOST_VIEWS} saved views, which is the most. Delete one first.")
    values = {"account_id": account_id, "name": wanted, "link": link, "saved_at": now}
    number = connection.execute(insert(SavedView).values(**values).returning(SavedView.id)).scalar_one()
    return View(number, wanted, link, now)


def rename_view(connection: Connection, account: str, number: int, name: str) -> None:
    """Give a view another name. Raises `BadSelection` where the account has one of that name already."""
    wanted = _checked_name(name)
    others = [view for view in views_of(connection, account) if view.number != number]
    if any(view.name.casefold() == wanted.casefold() for view in others):
        raise BadSelection(f"You have a view named '{wanted}' already. Choose another name.")
    changed = connection.execute(update(SavedView).where(*_own(account, number)).values(name=wanted))
    _must_exist(changed.rowcount)


def delete_view(connection: Connection, account: str, number: int) -> None:
    """Delete a view. Raises `NothingThere` if the account has none of that number."""
    _must_exist(connection.execute(delete(SavedView).where(*_own(account, number))).rowcount)


def _drop_same_name(connection: Connection, account: str, name: str) -> None:
    for view in views_of(connection, account):
        if view.name.casefold() == name.casefold():
            delete_view(connection, account, view.number)


def _checked_name(name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise BadSelection("Give the view a name.")
    if len(wanted) > LONGEST_NAME:
        raise BadSelection(f"The name of a view has at most {LONGEST_NAME} characters; this one has {len(wanted)}.")
    return wanted


def _own(account: str, number: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return SavedView.id == number, SavedView.account_id == _id_of(account)


def _id_of(account: str) -> ScalarSelect[int]:
    return select(Account.id).where(Account.name == account).scalar_subquery()


def _must_exist(changed: int) -> None:
    if not changed:
        raise NothingThere("This view is not there any more.")
