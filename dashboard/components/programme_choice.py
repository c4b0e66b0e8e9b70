"""Which programme a page is about: it stands in the link, and every card is narrowed to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl
import streamlit as st

from dashboard.components.kept import Kept
from dashboard.metrics import metric_named
from dashboard.results import Result
from data_access.problems import BadSelection
from data_access.vocabulary import slug

PROGRAMME: Final = "programme"
_CHOICE: Final = "programme-choice"


def chosen(names: list[str]) -> str:
    """Give the programme the link names, the first if it names none; raises `BadSelection` for an unknown one."""
    wanted = st.query_params.get(PROGRAMME, "")
    spelled = {slug(name): name for name in names}
    if wanted and slug(wanted) not in spelled:
        raise BadSelection(f"The link asks for a programme that is not offered. Offered: {', '.join(spelled)}.")
    return spelled[slug(wanted)] if wanted else names[0]


def choose(names: list[str], name: str) -> None:
    """Offer the programmes; what is chosen goes into the link."""
    st.session_state[_CHOICE] = name
    st.selectbox(
        "Programme",
        names,
        key=_CHOICE,
        on_change=lambda: st.query_params.update({PROGRAMME: slug(st.session_state[_CHOICE])}),
        width=520,
    )


def forget() -> None:
    """Take the programme out of the link."""
    st.query_params.pop(PROGRAMME, None)


def of_programme(result: Result, name: str) -> Result:
    """Give the rows of one programme; headline and base are worked out from them anew.

    The column that would say the same in every row goes into the title instead. The same result every time, so that
    its figure and its table are kept as well.
    """
    return _NARROWED.of(result, name)


def _narrowed(result: Result, name: str) -> Result:
    module = metric_named(result.metric.key)
    hidden = pl.Series("is_hidden", [at in result.hidden_rows for at in range(result.table.height)], dtype=pl.Boolean)
    own = result.table.with_columns(hidden).filter(pl.col("programme") == name)
    metric = result.metric
    if metric.chart.category != "programme":
        columns = tuple(column for column in metric.columns if column.name != "programme")
        metric = replace(metric, title=f"{metric.title}: {name}", columns=columns)
    return replace(
        result,
        metric=metric,
        table=own.select(column.name for column in metric.columns),
        headline=module.headline(own, result.selection),
        base=module.base(own, result.selection),
        hidden_rows=tuple(at for at, is_hidden in enumerate(own["is_hidden"]) if is_hidden),
    )


_NARROWED: Final[Kept[Result]] = Kept(_narrowed)
