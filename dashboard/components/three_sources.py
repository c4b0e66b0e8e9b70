"""Three sources side by side: a row an element, a column a source, each in its own unit."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.components.result_table import scrollable
from dashboard.components.small_print import small
from dashboard.results import Result, text_table
from dashboard.wording import HIDDEN, escape

NONE = "not loaded"


def show(result: Result) -> None:
    """Show the sources side by side; the files and the table hold every figure in a column of its own."""
    cells = side_by_side(result)
    told = {escape(name): [escape(text) for text in column] for name, column in cells.items()}
    scrollable(told, "three-sources-", "Table: conversation, sessions and staff survey by element")
    surveys = sorted(set(result.table["survey"].drop_nulls()) - {NONE})
    if surveys:
        st.markdown(small(escape(f"Staff survey: {'; '.join(surveys)}.")))
    st.markdown(small(escape("Ideas, notes and scores are different units. They are never added up.")))


def side_by_side(result: Result) -> dict[str, list[str]]:
    """Give the text of each source by element: element, conversation, sessions, staff survey."""
    labels = {column.name: column.label for column in result.metric.columns}
    rows = text_table(result).rename({label: name for name, label in labels.items()}).to_dicts()
    return {
        "Element": [row["element"] for row in rows],
        "Online conversation": [_conversation(row) for row in rows],
        "Live sessions": [f"{row['points']} notes in {_sessions(row['sessions'])}" for row in rows],
        "Staff survey": [NONE if row["survey"] == NONE else f"{row['score']} out of 10" for row in rows],
    }


def _conversation(row: Mapping[str, str]) -> str:
    ideas = f"{row['ideas']} ideas"
    if row["agree_share"] in (HIDDEN, "[z]"):
        return f"{ideas}, agreement {row['agree_share']}"
    return f"{ideas}, {row['agree_share']} agree ({row['agree_low']} to {row['agree_high']})"


def _sessions(count: str) -> str:
    return "1 session" if count == "1" else f"{count} sessions"
