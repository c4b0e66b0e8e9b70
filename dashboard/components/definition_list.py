"""Every metric of the registry with its definition: nothing is shown anywhere that is not explained here."""

from __future__ import annotations

import streamlit as st

from dashboard.components.definition import define
from dashboard.metrics import METRICS


def show() -> None:
    """Show the definition of every metric, one to open at a time, in alphabetical order of titles."""
    st.header("What every number means", anchor=False)
    with st.grid(2, min_column_width=400, gap="xsmall", key="definitions"):
        for metric in sorted((module.METRIC for module in METRICS.values()), key=lambda metric: metric.title):
            with st.expander(metric.title, key=f"define-{metric.key}"):
                define(metric)
