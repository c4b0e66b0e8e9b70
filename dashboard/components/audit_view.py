"""The audit log as people read it: whether it is whole, its newest rows, and all of them as a file."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import Final

import streamlit as st

from dashboard.components.result_table import scrollable
from dashboard.exports.csv_file import harmless
from dashboard.office import Office
from dashboard.permissions import Right
from dashboard.taking_away import taken
from dashboard.wording import counted, escape, moment, number
from data_access.desk import audit
from data_access.desk.audit import Entry
from data_access.desk.engine import reading
from data_access.problems import Tampered

PAGE_OF: Final = 100
NAME: Final = "lookforward-audit.csv"
FIELDS: Final = ("number", "at", "who", "what", "scope", "release", "previous_hash", "hash")


def show(office: Office) -> None:
    """Check the chain anew, say how it stands, and show the rows that hold the words looked for."""
    _state(office)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input("Find rows about", placeholder="an account, a release, an import", key="audit-words")
        st.download_button(
            "Download the whole log (CSV)", partial(taken, office.viewer, office.desk, Right.READ_AUDIT, NAME,
                                                    partial(_file, office)),
            file_name=NAME, mime="text/csv", on_click="ignore",
        )  # fmt: skip
    with reading(office.desk) as connection:
        rows = [entry for entry in audit.entries(connection) if _is_about(entry, words)]
    rest = f" The first {PAGE_OF} are shown; the file has them all." if len(rows) > PAGE_OF else ""
    st.markdown(f"{counted(len(rows), 'row')}, newest first.{rest}")
    scrollable(_columns(rows[:PAGE_OF]), "audit", "Table: audit log")


def _state(office: Office) -> None:
    with st.container(border=True, key="card-audit-state"):
        try:
            with reading(office.desk) as connection:
                rows = audit.verify_chain(connection)
        except Tampered as problem:
            st.header("The log does not hold together", anchor=False)
            st.text(str(problem))
            return
        st.header(f"All {number(rows)} rows fit together", anchor=False)
        st.markdown(
            "Each row carries a hash of itself and of the row before. The chain was checked just now: nothing was "
            "altered, dropped or moved."
        )


def _is_about(entry: Entry, words: str) -> bool:
    text = f"{entry.who} {entry.what} {entry.scope}".casefold()
    return all(word in text for word in words.casefold().split())


def _columns(rows: list[Entry]) -> dict[str, list[str]]:
    return {
        "No": [str(row.number) for row in rows],
        "When": [moment(row.at) for row in rows],
        "Who": [escape(row.who) for row in rows],
        "What": [escape(row.what) for row in rows],
        "Scope": [escape(row.scope) for row in rows],
        "Release": [str(row.release or "") for row in rows],
    }


def _file(office: Office) -> bytes:
    with reading(office.desk) as connection:
        rows = list(reversed(audit.entries(connection)))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for row in rows:
        values = [row.at.isoformat() if name == "at" else getattr(row, name) for name in FIELDS]
        writer.writerow([harmless(value) if isinstance(value, str) else value for value in values])
    return out.getvalue().encode("utf-8-sig")
