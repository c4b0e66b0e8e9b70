"""Streamlit widgets that pages compose."""
