"""The actions of the plan as tiles under their theme: number, shape and word of the status, date as stated.

Tiles are text, not a picture: they reflow on a phone, can be read aloud, and need no colour to be told apart.
"""

from __future__ import annotations

from typing import Final

import polars as pl
import streamlit as st

from dashboard.components.small_print import small
from dashboard.results import Result
from dashboard.status_words import Labels, told
from dashboard.wording import counted, escape, shortened
from data_access.desk.plan_dates import Precision, stated_date
from data_access.vocabulary import slug

LONGEST: Final = 40  # characters of a date that a tile of 150 px holds in three lines


def show(board: Result) -> None:
    """Show one tile an action, theme by theme in the order of the result."""
    for (theme,), actions in board.table.group_by("theme", maintain_order=True):
        name = escape(str(theme)[:1].upper() + str(theme)[1:])
        st.subheader(f"{name}: {counted(actions.height, 'action')}", anchor=False)
        _tiles(actions, slug(str(theme)), board.labels)


def _tiles(actions: pl.DataFrame, group: str, labels: Labels) -> None:
    with st.grid(min_column_width=150, gap="xsmall", key=f"tiles-{group}"):
        for row in actions.iter_rows(named=True):
            status = str(row["status"])
            with st.container(border=True, gap="xxsmall", key=f"tile-{slug(status)}-{row['number']}"):
                st.markdown(f"**{row['number']}** {escape(told(status, labels))}")
                st.markdown(small(escape(_due(row["due_stated"], is_late=row["overdue"] == "yes"))))
                if row["expected"]:
                    st.markdown(small(escape(f"Year's end: {told(row['expected'], labels)}")))


def _due(stated: str | None, *, is_late: bool) -> str:
    """Say when an action is due as the plan says it, and whether that has passed."""
    is_stated = stated is not None and stated_date(stated).precision != Precision.NOT_STATED
    told_due = f"Due {shortened(stated or '', LONGEST)}" if is_stated else "No date stated"
    return f"{told_due}. Past its latest date" if is_late else told_due
