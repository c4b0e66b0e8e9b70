"""The least a Streamlit page with charts can be: as many bars as the link says, of numbers it holds itself."""

import gc
import os

import plotly.graph_objects as go
import streamlit as st


@st.cache_resource
def freeze() -> bool:
    """Leave what is loaded out of every later collection, once a process."""
    gc.collect()
    gc.freeze()
    return True


if os.environ.get("BARE_PAGE_FREEZES"):
    freeze()
charts = int(st.query_params.get("charts", "4"))
shift = int(st.query_params.get("shift", "0"))
st.title("A bare page")
for chart in range(charts):
    values = [(at * 7 + chart + shift) % 23 for at in range(12)]
    st.plotly_chart(go.Figure(go.Bar(x=list(range(12)), y=values)), key=f"chart-{chart}")
