"""'You said, we did' by element: what was said with its ids and votes, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import streamlit as st

from dashboard.components.small_print import small
from dashboard.letters import BEGINNINGS, NAMES, answers_of
from dashboard.results import Result
from dashboard.wording import counted, escape, per_cent
from data_access.vocabulary import slug


def show(result: Result) -> None:
    """Show one block an element, one answer an action in it; each line names the id it comes from."""
    for element, rows in groupby(result.table.iter_rows(named=True), key=lambda row: str(row["element"])):
        answers = list(answers_of(list(rows)))
        st.subheader(f"{escape(element)}: {counted(len(answers), 'answer')}", anchor=False)
        for answer, action, did, said in answers:
            with st.container(border=True, key=f"answer-to-{slug(element)}-{slug(answer)}-{action}"):
                left, right = st.columns([3, 2])
                left.markdown("**You said**\n" + "".join(f"\n- {_said(row)}" for row in said))
                told = f": {escape(did)}" if did else ""
                right.markdown(f"**{BEGINNINGS[answer]}**{told} {small(f'action {action}')}")


def _said(row: Mapping[str, Any]) -> str:
    share, low, high = (row[name] for name in ("agree_share", "agree_low", "agree_high"))
    votes = f"{per_cent(share)} agree ({per_cent(low)} to {per_cent(high)}); " if share is not None else ""
    source = f"{votes}{NAMES[row['kind']]} {row['item']}"
    return f"{escape(str(row['said']))} {small(escape(source))}"
