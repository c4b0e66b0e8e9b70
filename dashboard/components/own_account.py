"""What the owner of an account sees of it and may change."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.doing import doing
from dashboard.office import Office
from dashboard.permissions import RIGHTS, Right
from dashboard.wording import escape
from data_access.desk import account_changes
from data_access.desk.users import LONGEST, SHORTEST
from data_access.problems import BadSelection, UserProblem

SAID: Final = "account-said"


def show(office: Office) -> None:
    """Say what the account may do; offer a new password and signing out everywhere."""
    viewer = office.viewer
    _said()
    with st.container(border=True, key="card-own-account"):
        st.header(f"You are signed in as {escape(viewer.user)}", anchor=False)
        regions = f", for {escape(', '.join(viewer.regions))}" if viewer.regions else ""
        st.markdown(f"Role: **{viewer.role.value}**{regions}. With it you may:")
        st.markdown("\n".join(f"- {right.value}" for right in sorted(RIGHTS[viewer.role])))
        whom = escape(office.contact) or "an administrator"
        st.markdown(f"To change the role or the regions ask {whom}.")
        st.button("Sign out everywhere", on_click=_sign_out, args=(office,), key="sign-out-everywhere")
    with st.container(border=True, key="card-own-password"):
        _password(office)


def _said() -> None:
    kind, text = st.session_state.pop(SAID, ("", ""))
    if kind:
        (st.success if kind == "done" else st.error)(escape(text))


def _password(office: Office) -> None:
    st.header("Change your password", anchor=False)
    st.markdown(f"{SHORTEST} to {LONGEST} characters. Several words in a row are easy to keep in mind.")
    with st.form("own-password", border=False):
        st.text_input("Present password", type="password", key="own-old", autocomplete="current-password")
        st.text_input("New password", type="password", key="own-new", autocomplete="new-password")
        st.text_input("New password once more", type="password", key="own-again", autocomplete="new-password")
        st.form_submit_button("Change the password", type="primary", on_click=_change, args=(office,))


def _change(office: Office) -> None:
    state = st.session_state
    try:
        with doing(office.viewer, office.desk, Right.CHANGE_OWN):
            if state["own-new"] != state["own-again"]:
                raise BadSelection("The two new passwords differ. Type the same one twice.")
            name = office.viewer.user
            account_changes.change_own_password(
                office.desk, name=name, old=state["own-old"], new=state["own-new"], now=office.now
            )
        state[SAID] = ("done", "Your password is changed. Sign in with it.")
    except UserProblem as problem:
        state[SAID] = ("failed", str(problem))
    finally:
        state["own-old"] = state["own-new"] = state["own-again"] = ""


def _sign_out(office: Office) -> None:
    with doing(office.viewer, office.desk, Right.CHANGE_OWN):
        account_changes.end_visits(office.desk, by=office.viewer.user, name=office.viewer.user, now=office.now)
