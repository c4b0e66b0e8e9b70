"""Small print that keeps its contrast.

Streamlit's caption fades its text to 60 %, which falls below 4.5:1 with any ink lighter than black, so
small text is a size here, never a fade.
"""

from __future__ import annotations

from dashboard.results import PLAN, Result, Stamp
from dashboard.wording import day, escape, moment, number


def small(text: str) -> str:
    """Give Markdown set small. `text` is Markdown of ours: people's words in it are escaped before."""
    return f":small[{text}]"


def origin(result: Result) -> str:
    """Say in short where the numbers of a card come from, as Markdown: a release, or the register of the plan."""
    if any(name.startswith(PLAN) for name in result.metric.cells):
        return escape(f"Source: {result.metric.source}")
    stamp = result.stamp
    data_to = f"Data to {day(stamp.data_to)} · " if stamp.data_to else ""
    return escape(f"{data_to}Release {stamp.release}, published {day(stamp.published_at)}")


def stamp_line(stamp: Stamp) -> str:
    """Say where the numbers of a page come from: data to, published, source, rows and release; as Markdown."""
    data_to = f"Data to {day(stamp.data_to)}" if stamp.data_to else "No closed day yet"
    parts = (
        data_to,
        f"Published {moment(stamp.published_at)}",
        f"Source: {stamp.source}, {number(stamp.rows)} rows" if stamp.source else f"{number(stamp.rows)} rows read",
        f"Release {stamp.release}",
    )
    return escape(" · ".join(parts))
