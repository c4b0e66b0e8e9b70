"""The card: a computed headline, then chart, table, files and definition of one result.

All four faces of a card are made from the same `Result`, so they cannot disagree. The tabs switch in the
browser without a round trip; a chart costs about 3 ms to build, so hidden tabs are not worth a rerun.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard import charts
from dashboard.components import deeper, files, kept, states
from dashboard.components.definition import define
from dashboard.components.result_table import show_table
from dashboard.components.small_print import origin, small
from dashboard.context import Context
from dashboard.filters import place
from dashboard.results import PLAN, Result
from dashboard.wording import describe, escape, span

TABLE_ROWS: Final = 20
PROGRAMME: Final = "programme_"
WITHOUT_PLACE: Final = frozenset({"booking_faults", "booking_roles", "cohort_bands", "recommendations"})


@dataclass(frozen=True)
class Body:
    """What stands in the place of the chart, made from the same result, and the name of its tab."""

    name: str
    show: Callable[[Result], None]


def show(context: Context, result: Result, *, body: Body | None = None) -> None:
    """Show a result as a card; `body` takes the place of the chart."""
    with st.container(border=True, height="stretch", key=f"card-{result.metric.key}"):
        st.header(escape(result.headline), anchor=False)
        st.markdown(small(subtitle(result)))
        states.not_applied(result)
        if result.is_empty:
            states.empty(result)
            with st.expander("About", key=f"about-{result.metric.key}"):
                _about(result)
        else:
            if body is None and not has_marks(result):
                states.nothing_to_draw(result)
            _faces(context, result, body or _drawn(context, result))
        st.markdown(small(origin(result)))


def subtitle(result: Result) -> str:
    """Give measure, place, element and base in one line; the period stands in the stamp."""
    parts = (result.metric.measure, _place(result), result.base)
    return " · ".join(escape(part) for part in parts if part)


def _place(result: Result) -> str:
    """Give place and element, as far as the measure knows them: a plan and a programme have their own."""
    metric = result.metric
    if metric.key.startswith((PLAN, PROGRAMME)) or metric.key in WITHOUT_PLACE:
        return ""
    if metric.takes_element:
        return describe(result.selection)
    return place(result.selection) + (f", {span(result.selection.period)}" if result.selection.period else "")


def _drawn(context: Context, result: Result) -> Body | None:
    if result.metric.chart.kind == "none" or not has_marks(result):
        return None
    return Body("Chart", partial(_chart, context))


def has_marks(result: Result) -> bool:
    """Whether a chart of the result would show a mark: a value, or a band in its place."""
    chart = result.metric.chart
    if chart.kind == "none" or not chart.values:
        return True
    drawn = [name for name in (*chart.values, *chart.band[:1]) if name in result.table.columns]
    return not drawn or any(result.table[name].null_count() < result.table.height for name in drawn)


def _faces(context: Context, result: Result, body: Body | None) -> None:
    names = ([body.name] if body else []) + ["Table", "Download", "About"]
    tabs = dict(zip(names, st.tabs(names, key=f"faces-{result.metric.key}"), strict=True))
    if body:
        with tabs[body.name]:
            body.show(result)
    with tabs["Table"]:
        show_table(result, TABLE_ROWS)
    with tabs["Download"]:
        files.offer(context, result)
    with tabs["About"]:
        _about(result)


def _about(result: Result) -> None:
    define(result.metric)
    hidden = f"A number of fewer than {result.stamp.threshold} people is hidden and written [c]."
    if not result.metric.key.startswith(PLAN):
        st.markdown(escape(hidden))
    if result.notes:
        st.markdown("\n".join(f"- {escape(note)}" for note in result.notes))


def _chart(context: Context, result: Result) -> None:
    key = f"chart-{result.metric.key}"
    options: dict[str, Any] = {"theme": None, "config": dict(charts.CONFIG), "alt": charts.alt_text(result)}
    if deeper.can_go_deeper(context, result):
        # What was tapped belongs to the table it was tapped in: another selection has a chart of its own.
        key = f"{key}-{'-'.join(context.params.values())}"
        options |= {"on_select": deeper.choose(context, result, key), "selection_mode": "points"}
    st.plotly_chart(kept.figure(result), key=key, **options)
    if "on_select" in options:
        with st.container(key=f"hint-{result.metric.key}"):
            st.markdown(small(deeper.hint(result)))
