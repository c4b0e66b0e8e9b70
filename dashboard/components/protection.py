"""How the people behind the numbers are protected, in plain words; the numbers in it come from the stamp."""

from __future__ import annotations

import streamlit as st

from dashboard.results import Stamp
from dashboard.wording import SHORTHAND, escape


def show(stamp: Stamp) -> None:
    """Explain what is never shown, what is hidden, and what the shorthand in tables stands for."""
    with st.container(border=True, key="protection"):
        st.header("How people are protected", anchor=False)
        st.markdown("\n".join(f"- {promise}" for promise in _promises(stamp.threshold)))
        st.header("Shorthand in tables", anchor=False)
        signs = {
            "Sign": [escape(sign) for sign in SHORTHAND],
            "Meaning": [escape(meaning) for meaning in SHORTHAND.values()],
        }
        st.table(signs, hide_index=True, border="horizontal", alt="Table: shorthand and its meaning")


def _promises(threshold: int) -> tuple[str, ...]:
    return (
        "**This dashboard holds no one’s record.** It opens a release: numbers that were counted, protected and frozen "
        "before. It has no way to the votes of any one person.",
        f"**Counts of fewer than {threshold} people are hidden** and shown as \\[c\\]. The threshold is fixed for the "
        "whole conversation.",
        "**Totals of votes on an idea are exact**, because everybody who took part could see them.",
        "**Wordings carry no author, no place of work and no exact time.** Each was checked for personal details; what "
        "was flagged waits for a person. The check finds numbers, addresses and cues of names, not every name.",
        f"**A word is shown only if {threshold} people or more used it**, and how many did is given in steps.",
        "**Figures by region, ICB and staff group are published only where a proof shows** that no hidden count "
        "of people can be worked out from everything published. Boards, and staff groups within regions, wait until "
        "the conversation is over: cut twice, more of them would have to be hidden.",
    )
