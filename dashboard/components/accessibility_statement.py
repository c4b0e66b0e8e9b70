"""The accessibility statement, in the order of the model statement of the Government Digital Service.

What it claims is what the browser tests hold; `TESTED_ON` is the day they last passed on every page.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from dashboard.components.footer import help_line
from dashboard.wording import day

TESTED_ON: Final = date(2026, 11, 22)
STANDARD: Final = "Web Content Accessibility Guidelines (WCAG) version 2.2, levels A and AA"

WORKS: Final = (
    "use every control with a keyboard alone, and skip to the main content with the first press of Tab",
    "zoom in to 400% without scrolling sideways, except inside wide tables",
    "read every chart as a table of the same numbers, and download it as a spreadsheet",
    "listen to most of it with a screen reader: every chart has a text alternative with its main point",
    "tell every mark and every status apart without colour",
    "scroll with a finger that starts on a chart, and tap every control without hitting its neighbour",
)
FAILS: Final = (
    "Bars and lines of charts cannot be reached with a keyboard, nor chosen by touch. Their numbers stand under "
    "**Table** on the same card, and the filters choose the same.",
    "The word cloud is a picture of text. Its words stand in the table beside it.",
    "Wide tables scroll sideways inside their card on narrow screens. The files hold the same rows.",
    "The language of the page is given to browsers as English, not as British English.",
    "We have not yet tested with NVDA, JAWS or VoiceOver, nor with people who use them.",
)


def show(contact: str) -> None:
    """Show standard, what works, what does not, whom to tell, enforcement, and how it was tested."""
    with st.container(border=True, key="accessibility-statement"):
        st.header("What you can do here", anchor=False)
        st.markdown("You should be able to:\n\n" + "\n".join(f"- {ability}" for ability in WORKS))
        st.header("What does not work yet", anchor=False)
        st.markdown(f"This dashboard is **partially compliant** with the {STANDARD}, because:")
        st.markdown("\n".join(f"- {failing}" for failing in FAILS))
        st.header("Tell us what gets in your way", anchor=False)
        st.markdown(f"{help_line(contact)} Ask there for any of this in another format as well.")
        st.header("If you are not content with the answer", anchor=False)
        st.markdown(
            "The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites and Mobile "
            "Applications) (No. 2) Accessibility Regulations 2018. If you are not content with how we respond, contact "
            "the Equality Advisory and Support Service; in Northern Ireland, the Equality Commission."
        )
        st.header("How this was tested", anchor=False)
        st.markdown(
            f"Last tested on {day(TESTED_ON)}: every page with the axe-core engine at widths of 1,280, 820 and 390 "
            "pixels without a violation of the rules for WCAG 2.2 A and AA, and with Debian’s Chromium by keyboard. "
            "An engine finds only part of what gets in people’s way."
        )
