"""The summary report of a conversation: what was discussed, how strongly, and what is recommended on that evidence."""

from __future__ import annotations

import streamlit as st

from dashboard.components import cards, footer, page_header, recommend
from dashboard.context import Context
from dashboard.specs import Page

AREAS, OPINION = ("themes", "ideas_by_element"), ("top_ideas", "divided_ideas")
FIGURES = (*AREAS, "vote_balance", *OPINION, "recommendations")
PAGE = Page(title="Summary report", url="report", section="Reports", order=72, figures=FIGURES)
PURPOSE = "What was discussed, how strongly people felt, and what the analysts recommend on that evidence."


def render(context: Context) -> None:
    """Show the three parts of the report; analysts write recommendations under the last."""
    page_header.show(PAGE, PURPOSE, context)
    st.header("Main areas of discussion", anchor=False)
    cards.side_by_side(context, *AREAS)
    st.header("Strength of opinion", anchor=False)
    cards.below(context, "vote_balance")
    cards.side_by_side(context, *OPINION)
    st.header("Recommendations", anchor=False)
    cards.below(context, "recommendations")
    recommend.show(context)
    footer.show(context)
