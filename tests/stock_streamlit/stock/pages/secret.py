"""A page beside the entry script, where Streamlit looks for pages."""

import streamlit as st

st.write("TOP-SECRET-CONTENT")
