"""The words of the pages in plain English, in alphabetical order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl
import streamlit as st

from dashboard.wording import escape

WORDS: Final[Mapping[str, str]] = {
    "action": "One of the 35 numbered actions of the plan that grew out of the conversation.",
    "band": "A range that is shown in place of a number that may not be, such as 10 to 19.",
    "base": "How many people or posts a figure rests on. A small base makes a figure less sure.",
    "comment": "What somebody wrote under an idea.",
    "controversy": "How even a vote is: 100% means that as many agreed as disagreed.",
    "conversation": "An online conversation with a beginning and an end, and everything said in it.",
    "element": "One of the seven elements of the NHS People Promise.",
    "evidence": "A link from an action to the themes, ideas or feedback that it answers.",
    "feedback point": "One note from a live session.",
    "hidden": "Not shown, because too few people stand behind it. It is written [c] and is never nought.",
    "idea": "A post that others could agree or disagree with. Moderators may have merged several into one.",
    "interval": "The range in which the true figure is likely to lie. Where two overlap widely, do not rank them.",
    "natural process limits": "How far a figure goes up and down by itself, without anything having changed.",
    "participant": "Somebody who voted, commented or posted. Nobody is named, and nobody can be singled out.",
    "period": "Whole weeks, Monday to Sunday, that are over.",
    "release": "A numbered set of figures that never changes. Every page and file says which one it shows.",
    "representativeness": "Whether a group took part by more or by less than its share of the workforce.",
    "response rate": "Participants as a share of the workforce.",
    "session": "A live event on one element of the People Promise.",
    "snapshot": "The figures as somebody saw them on a day, kept to be compared later.",
    "theme": "A topic that analysts gave to ideas, comments and feedback points.",
    "threshold": "The smallest number of people that may be shown.",
    "vote": "Agree, pass or disagree.",
}


def show() -> None:
    """Show each word with its meaning."""
    with st.container(border=True, key="glossary"):
        st.header("Words used on these pages", anchor=False)
        rows = {"Word": [f"**{word}**" for word in WORDS], "Meaning": [escape(text) for text in WORDS.values()]}
        st.table(pl.DataFrame(rows), hide_index=True, border="horizontal", alt="Words and their meaning")
