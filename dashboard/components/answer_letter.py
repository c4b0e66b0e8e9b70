"""The letter of 'you said, we did', for those who may take numbers away."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.context import Context
from dashboard.letters import letter
from dashboard.metrics.you_said import REGIONS_WAIT
from dashboard.permissions import Right, can
from dashboard.taking_away import taken
from dashboard.wording import ALL_ELEMENTS
from data_access.vocabulary import slug


def offer(context: Context) -> None:
    """Say what is not here yet, and offer the letter of what the filters leave."""
    st.markdown(REGIONS_WAIT)
    answers = context.result("you_said")
    if answers.is_empty or not can(context.viewer, Right.EXPORT):
        return
    name = f"you-said-we-did-{slug(answers.selection.element or ALL_ELEMENTS)}.html"
    make, release = partial(letter, answers), context.release.number
    st.download_button(
        "Download the letter",
        data=partial(taken, context.viewer, context.desk, Right.EXPORT, name, make, release=release),
        file_name=name,
        mime="text/html; charset=utf-8",
        on_click="ignore",
        key="download-letter",
    )
