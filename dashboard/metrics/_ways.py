"""Which way a metric answers a selection: for the part asked for, or for England with the reason why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import polars as pl

from dashboard.filters import Selection, place
from dashboard.metrics._divided import Divided, table_for
from dashboard.specs import Cells, Metric
from dashboard.wording import in_words, span
from data_access.reference.lattice import GroupedTable, lattice
from data_access.vocabulary import ENGLAND

if TYPE_CHECKING:
    from dashboard.metrics import MetricModule

PLAN_KEYS = "plan_"
WAITS = "numbers of groups this small are published once the conversation is over, so that fewer must be hidden then"


class Tables(Protocol):
    """What grouped tables are looked up in."""

    def table(self, name: str, conversation: str | None = None) -> pl.DataFrame:
        """Give a table of the release, limited to a conversation."""


@dataclass(frozen=True)
class Way:
    """The record and functions that answer, what they cover, and which filters they leave out and why.

    `table` is the grouped table whose chosen cells are added up; None where England answers.
    """

    record: Metric
    selection: Selection
    derive: Callable[[Cells, Selection], pl.DataFrame]
    headline: Callable[[pl.DataFrame, Selection], str]
    base: Callable[[pl.DataFrame, Selection], str]
    notes: Callable[[Cells, pl.DataFrame, Selection], tuple[str, ...]] | None = None
    table: GroupedTable | None = None
    not_applied: tuple[str, ...] = ()


def way_to_answer(module: MetricModule, source: Tables, asked: Selection) -> Way:
    """Choose how a metric answers a selection; what it cannot take is left out and said."""
    divided: Divided | None = getattr(module, "DIVIDED", None)
    table = _table(module.METRIC, divided, source, asked)
    answering = divided if divided is not None and table is not None else module
    record = divided.record if divided is not None and table is not None else module.METRIC
    selection, left_out = _covered(record, asked, is_divided=table is not None)
    if asked.division and table is None:
        left_out = (*filter(None, [_not_divided(module.METRIC, source, asked)]), *left_out)
    return Way(
        record=record,
        selection=selection,
        derive=answering.derive,
        headline=answering.headline,
        base=answering.base,
        notes=getattr(answering, "notes", None),
        table=table,
        not_applied=() if record.key.startswith(PLAN_KEYS) else left_out,
    )


def _table(metric: Metric, divided: Divided | None, source: Tables, asked: Selection) -> GroupedTable | None:
    found = table_for(metric, asked) if divided is not None and asked.division else None
    return None if found is None or source.table(found.name, asked.conversation).is_empty() else found


def _covered(record: Metric, asked: Selection, *, is_divided: bool) -> tuple[Selection, tuple[str, ...]]:
    selection, left_out = asked, []
    if not is_divided:
        selection = replace(selection, regions=(), icbs=(), staff_groups=(), participant_types=())
    if asked.element is not None and not record.takes_element:
        selection = replace(selection, element=None)
        left_out.append(f"The filter ‘{asked.element}’ does not apply here: these numbers are for all elements.")
    if asked.period is not None and not record.takes_period:
        selection = replace(selection, period=None)
        left_out.append(f"The period {span(asked.period)} does not apply here: these numbers are for all days.")
    return selection, tuple(left_out)


def _not_divided(metric: Metric, source: Tables, asked: Selection) -> str:
    """Say why England stands here: the lattice's reason where it was weighed, what is missing where it was not.

    A metric that lists the places or groups that were asked for shows them among its rows: nothing is left out.
    """
    if asked.division <= _listed(metric):
        return ""
    return f"Not offered for {place(asked)}: {_reason(metric, source, asked)}. These numbers are for {ENGLAND}."


def _is_running(source: Tables, conversation: str) -> bool:
    days = source.table("conversations", conversation).select("closes_on", "data_to")
    return any(last is not None and (told is None or told < last) for last, told in days.iter_rows())


def _is_cut(source: Tables, conversation: str) -> bool:
    """Whether any table by region, board, staff group or type was published of a conversation."""
    return any(not source.table(table.name, conversation).is_empty() for table in lattice().tables)


def _listed(metric: Metric) -> frozenset[str]:
    """Name the partitions whose labels the rows of a metric stand for."""
    names = {column.name for column in metric.columns}
    return frozenset(names | set(metric.cells) if "group" in names else names)


def _reason(metric: Metric, source: Tables, asked: Selection) -> str:
    wanted = table_for(metric, asked)
    if wanted is not None and source.table(wanted.name, asked.conversation).is_empty():
        waits = _is_running(source, asked.conversation) and _is_cut(source, asked.conversation)
        return WAITS if waits else "this conversation was not published by these groups"
    titles = {partition.name: partition.title for partition in lattice().partitions}
    titles = {name: title if title.startswith("NHS") else title.lower() for name, title in titles.items()}
    families = {table.family for table in lattice().tables if table.name in metric.divisions}
    for family in sorted(families):
        for name in sorted(asked.division):
            weighed = lattice().not_offered.get(f"{family} by {titles[name]}")
            if weighed:
                return weighed
    cut = in_words(titles[name] for name in sorted(asked.division))
    return f"no protected table divides {metric.row[1]} by {cut}"
