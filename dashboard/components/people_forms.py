"""What administrators do to accounts: add one, change its role, close or open it, hand out a password.

Every button calls one function of `account_changes`, after asking for the right once more: a page that was left open
may belong to somebody who is no administrator by now.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from dashboard.doing import doing
from dashboard.office import Office
from dashboard.permissions import Right
from dashboard.wording import escape
from data_access.desk import account_changes, users
from data_access.desk.engine import reading
from data_access.problems import UserProblem
from data_access.reference.places import regions as all_regions
from data_access.vocabulary import Role

SAID: Final = "people-said"
ROLES: Final = tuple(role.value for role in Role)
MEANS: Final = {
    Role.LEADER: "sees every number of England and its regions",
    Role.HR: "sees England and their own regions",
    Role.ANALYST: "loads data, codes themes, keeps the plan, proposes releases",
    Role.ADMINISTRATOR: "looks after accounts and approves; sees no numbers",
    Role.AUDITOR: "reads numbers, accounts and the audit log; changes nothing",
}


def show(office: Office) -> None:
    """Show what was just done, then the two forms."""
    _said()
    adding, changing = st.columns(2)
    with adding, st.container(border=True, key="card-add-account", height="stretch"):
        _adding(office)
    with changing, st.container(border=True, key="card-change-account", height="stretch"):
        _changing(office)


def _said() -> None:
    kind, text, secret = st.session_state.pop(SAID, ("", "", ""))
    if not kind:
        return
    (st.success if kind == "done" else st.error)(escape(text))
    if secret:
        st.markdown("Hand this password over in person. It is shown once and should be changed at the first sign-in:")
        st.code(secret, language=None, wrap_lines=True)


def _adding(office: Office) -> None:
    st.header("Add an account", anchor=False)
    with st.form("add-account", border=False, clear_on_submit=False):
        st.text_input("Account name: one word, or an e-mail address", key="add-name", autocomplete="off")
        st.text_input("Shown on the pages as", key="add-shown", autocomplete="off")
        _role("add")
        st.toggle("Their organisation's sign-in vouches for them: no password", key="add-outside")
        st.form_submit_button("Add the account", type="primary", on_click=_act, args=(office, _add))


def _changing(office: Office) -> None:
    st.header("Change an account", anchor=False)
    with reading(office.desk) as connection:
        known = [user for user in users.list_users(connection) if user.name != office.viewer.user]
    if not known:
        st.markdown("There is nobody else yet. Nobody changes their own account.")
        return
    st.selectbox("Account", [user.name for user in known], key="change-name")
    chosen = next(user for user in known if user.name == st.session_state["change-name"])
    with st.form("change-role", border=False):
        _role(f"change-{chosen.name}", chosen.role, chosen.regions)
        st.form_submit_button("Change the role", on_click=_act, args=(office, _change_role))
    with st.container(horizontal=True):
        if chosen.is_disabled:
            st.button("Open the account again", on_click=_act, args=(office, _open), key="open-account")
        else:
            st.button("Close the account", on_click=_act, args=(office, _close), key="close-account")
            st.button("Sign them out everywhere", on_click=_act, args=(office, _sign_out), key="end-visits")
            st.button("New password", on_click=_act, args=(office, _password), key="new-password")


def _role(key: str, role: Role | None = None, regions: tuple[str, ...] = ()) -> None:
    at = ROLES.index(role.value) if role else None
    st.selectbox("Role", ROLES, index=at, format_func=_meaning, key=f"{key}-role", placeholder="Choose a role")
    names = all_regions()["region"].to_list()
    st.multiselect("Regions, for hr accounts", names, default=list(regions), key=f"{key}-regions")


def _meaning(role: str) -> str:
    return f"{role}: {MEANS[Role(role)]}"


def _act(office: Office, change: Callable[[Office], tuple[str, str]]) -> None:
    """Make a change if the viewer may, and keep what is to be said of it."""
    try:
        with doing(office.viewer, office.desk, Right.CHANGE_USERS):
            text, secret = change(office)
        st.session_state[SAID] = ("done", text, secret)
    except UserProblem as problem:
        st.session_state[SAID] = ("failed", str(problem), "")


def _add(office: Office) -> tuple[str, str]:
    state = st.session_state
    secret = "" if state["add-outside"] else account_changes.first_password()
    user = account_changes.add_account(
        office.desk,
        by=office.viewer.user,
        name=state["add-name"],
        display_name=state["add-shown"],
        role=_chosen_role("add"),
        regions=state["add-regions"],
        password=secret or None,
        now=office.now,
    )
    return f"Added {user.name} as {user.role.value}.", secret


def _change_role(office: Office) -> tuple[str, str]:
    name = st.session_state["change-name"]
    key = f"change-{name}"
    user = account_changes.change_role(
        office.desk,
        by=office.viewer.user,
        name=name,
        role=_chosen_role(key),
        regions=st.session_state[f"{key}-regions"],
        now=office.now,
    )
    return f"{user.name} is {user.role.value} now and must sign in again.", ""


def _close(office: Office) -> tuple[str, str]:
    user = account_changes.close_account(office.desk, **_whom(office), now=office.now)
    return f"{user.name} can no longer sign in.", ""


def _open(office: Office) -> tuple[str, str]:
    user = account_changes.open_account(office.desk, **_whom(office), now=office.now)
    return f"{user.name} can sign in again.", ""


def _sign_out(office: Office) -> tuple[str, str]:
    account_changes.end_visits(office.desk, **_whom(office), now=office.now)
    return f"{st.session_state['change-name']} is signed out everywhere.", ""


def _password(office: Office) -> tuple[str, str]:
    secret = account_changes.replace_password(office.desk, **_whom(office), now=office.now)
    return f"{st.session_state['change-name']} has a new password and must sign in again.", secret


def _whom(office: Office) -> dict[str, str]:
    return {"by": office.viewer.user, "name": st.session_state["change-name"]}


def _chosen_role(key: str) -> Role:
    chosen = st.session_state[f"{key}-role"]
    if chosen is None:
        raise UserProblem("Choose a role.")
    return Role(chosen)
