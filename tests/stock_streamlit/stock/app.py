"""An app as Streamlit's and streamlit-authenticator's documentation would have it: what ours is held against."""

import time
from pathlib import Path

import streamlit as st
import streamlit_authenticator as stauth

# bcrypt of "seven quiet elements", at the library's cost.
HASHED = Path(__file__).with_name("hash.txt").read_text().strip()
PEOPLE = {"usernames": {"leader": {"name": "Leader", "password": HASHED, "roles": ["leader"]}}}


@st.cache_data
def kept() -> float:
    return time.time_ns()


def home() -> None:
    st.write("SIGNED-IN-CONTENT")
    st.write(f"CACHED-{kept()}")
    st.download_button("Download", b"SECRET-FILE", file_name="secret.txt")
    st.button("Break", on_click=lambda: 1 / 0)
    if st.query_params.get("break"):
        raise ValueError("hunter2")


door = stauth.Authenticate(PEOPLE, "stock", "a-key-of-the-stock-app-that-is-long", 30)
door.login()
if st.session_state.get("authentication_status"):
    st.navigation([st.Page(home, title="Home"), st.Page("pages/secret.py", title="Secret")]).run()
elif st.session_state.get("authentication_status") is False:
    st.error("wrong")
