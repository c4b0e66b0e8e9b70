"""What a page says when there is no number to show: five cases, each with its reason and a way on.

An empty page that does not explain itself is read as 'nothing was said'; that would be a false figure.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.results import Result
from dashboard.wording import escape


def empty(result: Result) -> None:
    """Say that this selection holds nothing, and which filter to relax."""
    if result.selection.element is None:
        st.markdown("There is nothing to draw or to list here. **About** says what would be.")
    else:
        st.markdown("**Nothing to show for this selection.**")
        st.markdown(f"Take away the filter ‘{escape(result.selection.element)}’ to see all elements together.")


def hidden_note(rows: int, threshold: int) -> None:
    """Explain the [c] of a table: how many rows, and the rule that hid them."""
    were = "row shows" if rows == 1 else "rows show"
    st.markdown(
        f"{rows:,} {were} **[c]**: confidential, because fewer than {threshold} people took part there. "
        "A hidden number is not nought, and it is left out of charts and files as well."
    )


def not_offered() -> None:
    """Say which filters these pages do not carry, and where such tables are."""
    st.markdown(
        "**Region, ICB, staff group and period cannot be chosen here yet.** These pages show England as a whole. Where "
        "figures by region were cut, each with a proof that nobody can be singled out, they stand on the page "
        "Participation; the people who run this dashboard have those by ICB and staff group."
    )


def bad_selection(message: str, clear: Callable[[], None]) -> None:
    """Show what is wrong with a link. No figure is shown beside it: it would answer another question."""
    with st.container(border=True, key="bad-selection"):
        st.header("This link asks for something that is not offered", anchor=False)
        for line in message.splitlines():
            st.text(line)
        st.markdown("No figures are shown, because they would not be the ones the link asks for.")
        st.button("Show everything", on_click=clear, type="primary", key="bad-selection-clear")


def nothing_loaded(title: str, remedy: str) -> None:
    """Say that a part of the installation has no data yet, and what to type."""
    with st.container(border=True, key="nothing-loaded"):
        st.header(title, anchor=False)
        st.text(remedy)


def first_run() -> None:
    """Say what to do where nothing has been published yet."""
    st.title("Nothing has been published yet", anchor=False)
    st.markdown("LookForward shows releases: numbers that were counted and protected. This installation has none.")
    with st.container(border=True, key="first-run"):
        st.header("To see what it does", anchor=False)
        st.markdown("Fill it with a made-up programme, then reload this page:")
        st.code("lookforward demo", language=None)
        st.header("To show your own conversation", anchor=False)
        st.markdown("Write the empty template, fill it in, import it and publish:")
        st.code("lookforward template FOLDER\nlookforward import template FOLDER\nlookforward publish", language=None)
