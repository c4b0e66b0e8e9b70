"""What a page says when there is no number to show: five cases, each with its reason and a way on.

An empty page that does not explain itself is read as 'nothing was said'; that would be a false figure.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.components.small_print import small
from dashboard.filters import place
from dashboard.results import Result
from dashboard.wording import counted, escape, span


def empty(result: Result) -> None:
    """Say that this selection holds nothing, and which filter to relax."""
    selection = result.selection
    if selection.is_everything:
        st.markdown("There is nothing to draw or to list here. **About** says what would be.")
        return
    st.markdown("**Nothing to show for this selection.**")
    if selection.element is not None:
        st.markdown(f"Take away the filter ‘{escape(selection.element)}’ to see all elements together.")
    if selection.division:
        st.markdown(f"Take away the filter ‘{escape(place(selection))}’ to see England.")
    if selection.period is not None:
        st.markdown(f"Take away the period {escape(span(selection.period))} to see all days.")


def nothing_to_draw(result: Result) -> None:
    """Say why a card has a table and no chart: no row has a value that may be shown."""
    hidden = len(result.hidden_rows)
    why = "their numbers are hidden" if hidden == result.table.height else "what they would be held against is missing"
    with st.container(key=f"nothing-to-draw-{result.metric.key}"):
        st.markdown(
            f"**There is nothing to draw.** {counted(result.table.height, *result.metric.row)} cannot be compared: "
            f"{why}. The table lists them, and **About** says what they need."
        )


def hidden_note(rows: int, threshold: int) -> None:
    """Explain the [c] of a table: how many rows, and the rule that hid them."""
    were = "row shows" if rows == 1 else "rows show"
    st.markdown(
        f"{rows:,} {were} **[c]**: confidential, because fewer than {threshold} people took part there, or because "
        "it would give such a number away. "
        "A hidden number is not nought, and it is left out of charts and files as well."
    )


def not_offered(reason: str) -> None:
    """Say why this conversation cannot be divided by place or group, and what would change that."""
    st.markdown(
        f"**Region, ICB and staff group cannot be chosen here.** {escape(reason)} The pages show England as a whole. "
        "Such tables are cut only where participants stated a region or a staff group, and only with a proof that "
        "nobody can be singled out."
    )


def cannot_combine(reason: str) -> None:
    """Say why a filter is switched off beside the one that is set."""
    st.markdown(small(escape(reason)))


def not_applied(result: Result) -> None:
    """Say on a card which filters were asked for and do not apply, and what it shows instead."""
    if result.not_applied:
        with st.container(key=f"not-applied-{result.metric.key}"):
            for sentence in result.not_applied:
                st.markdown(escape(sentence))


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
        st.code("lookforward demo", language=None, wrap_lines=True)
        st.header("To show your own conversation", anchor=False)
        st.markdown("Write the empty template, fill it in, import it and publish:")
        st.code(
            "lookforward template FOLDER\nlookforward import template FOLDER\nlookforward publish",
            language=None,
            wrap_lines=True,
        )
