"""Links from page to page that keep the filters, also when they are opened in another tab."""

from __future__ import annotations

import streamlit as st

from dashboard.context import Context
from dashboard.filters import params_from_selection


def to(context: Context, url: str, label: str) -> None:
    """Link to the page with that address.

    Streamlit knows a page by its address, so a page with the same address stands for the one the
    navigation runs; pages need not import one another to be linked.
    """
    with_params(url, label, params_from_selection(context.selection, context.choices))


def with_params(url: str, label: str, params: dict[str, str]) -> None:
    """Link to the page with that address and these parameters."""
    st.page_link(st.Page(_elsewhere, title=label, url_path=url), label=label, query_params=params)


def _elsewhere() -> None:
    """Stand for a page that runs elsewhere."""
