"""The one thing charts, cards and exports accept: a `Result`, and how it is made.

It is made from cells of a release (or from the plan as at a date) and from nothing else, so showing a
number that did not go through protection is a type error, not a leak.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Protocol

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import metric_named
from dashboard.metrics._divided import CHOSEN, chosen_cells
from dashboard.metrics._search import holds, wanted
from dashboard.metrics._ways import Way, way_to_answer
from dashboard.specs import Cells, Column, Metric
from dashboard.status_words import NO_LABELS, Labels, labelled
from dashboard.wording import cell, counted, verb
from data_access.frames.grouped import slice_column
from data_access.problems import NothingThere

PLAN: Final = "plan_"
OWN: Final = ("participants", "voters")


class Source(Protocol):
    """Where cells come from: one release and, for tables named `plan_…`, the plan as at a date."""

    @property
    def number(self) -> int:
        """Number of the release."""

    @property
    def published_at(self) -> datetime:
        """When the release was written, with its time zone."""

    def table(self, name: str, conversation: str | None = None) -> pl.DataFrame:
        """Give a table of the release, limited to a conversation."""

    def plan(self, name: str) -> pl.DataFrame:
        """Give a frame of the plan."""


@dataclass(frozen=True)
class Stamp:
    """Where the numbers come from; printed under every card and in every file."""

    release: int
    published_at: datetime
    data_to: date | None
    conversation_title: str
    threshold: int
    is_demo: bool
    imports: int
    rows: int
    contact: str = ""
    data_from: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Result:
    """The answer to one question for one selection.

    `table` has exactly the metric's columns, in their order. `hidden_rows` are the places (from 0) of the
    rows whose numbers are hidden: their null numbers are written [c], any other null has the shorthand of
    its column. `selection` is what the numbers cover: it has no element where the metric does not take
    one, and no region where no table of the lattice divides it. `headline` is one sentence worked out from
    `table`; `base` says how many the numbers rest on; `notes` say what is hidden, not coded or not offered;
    `not_applied` says, a sentence a filter, which filters were asked for and do not apply, and why;
    `labels` stand beside the words of a status.
    """

    metric: Metric
    selection: Selection
    stamp: Stamp
    table: pl.DataFrame
    headline: str
    base: str
    notes: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    labels: Labels = NO_LABELS
    not_applied: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show for this selection."""
        return self.table.height == 0


def answer(key: str, *, source: Source, selection: Selection, contact: str = "", labels: Labels = NO_LABELS) -> Result:
    """Answer the question of a metric for a selection.

    Raises `NothingThere` if there is no such metric or the release has no such conversation.
    """
    module = metric_named(key)
    way = way_to_answer(module, source, selection)
    cells = _cells(way, source)
    derived = way.derive(cells, way.selection)
    stamp = _stamp(source, cells["conversations"], way.selection, contact)
    own = way.notes(cells, derived, way.selection) if way.notes else ()
    return Result(
        metric=way.record,
        selection=way.selection,
        stamp=stamp,
        table=derived.select(column.name for column in way.record.columns),
        headline=way.headline(derived, way.selection),
        base=way.base(derived, way.selection),
        notes=(*way.not_applied, *_hidden_notes(way.record, derived, stamp.threshold), *own),
        hidden_rows=_hidden_rows(derived),
        labels=labels,
        not_applied=way.not_applied,
    )


def text_table(result: Result) -> pl.DataFrame:
    """Give the table as people read it: one text column a label, hidden and missing values as shorthand.

    The text is as it was written: whoever renders Markdown escapes it (`wording.escape`).
    """
    hidden = set(result.hidden_rows)
    columns = {
        column.label: [
            _said(value, column, at in hidden, result.labels) for at, value in enumerate(result.table[column.name])
        ]
        for column in result.metric.columns
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _said(value: object, column: Column, is_hidden: bool, labels: Labels) -> str:
    text = cell(value, column, is_hidden=is_hidden)
    return labelled(text, labels) if column.kind == "status" else text


def searched(result: Result, words: str) -> Result:
    """Keep the rows of a result whose text columns hold what is looked for; '' keeps all.

    Whole words in any case with simple plurals, joined by AND, OR, NOT, brackets and quotes. The headline then
    counts what was found.
    """
    if wanted(words) is None:
        return result
    texts = [column.name for column in result.metric.columns if column.kind == "text"]
    keep = result.table.select(holds(words, texts).alias("keep"))["keep"].to_list()
    found = counted(sum(keep), *result.metric.row)
    told = f"{found} of {result.table.height:,} {verb(sum(keep), 'holds', 'hold')} these words."
    return narrowed(result, keep, headline=told)


def narrowed(result: Result, keep: Sequence[bool], *, headline: str, note: str = "") -> Result:
    """Keep some rows of a result, a truth value a row; the base counts them and the note says what was kept."""
    places = [at for at, kept in enumerate(keep) if kept]
    moved = {old: new for new, old in enumerate(places)}
    return replace(
        result,
        table=result.table.filter(pl.Series(keep, dtype=pl.Boolean)),
        headline=headline,
        base=counted(len(places), *result.metric.row),
        notes=(*([note] if note else []), *result.notes),
        hidden_rows=tuple(moved[old] for old in result.hidden_rows if old in moved),
    )


def _cells(way: Way, source: Source) -> Cells:
    selection = way.selection
    names = dict.fromkeys(("conversations", *way.record.cells))
    cells = {
        name: source.plan(name) if name.startswith(PLAN) else source.table(name, selection.conversation)
        for name in names
    }
    if cells["conversations"].is_empty():
        raise NothingThere(f"Release {source.number} has no conversation '{selection.conversation}'.")
    if way.table is None:
        return cells
    grouped = source.table(way.table.name, selection.conversation)
    return {**cells, CHOSEN: chosen_cells(grouped, selection, slice_column(way.table))}


def _stamp(source: Source, conversations: pl.DataFrame, selection: Selection, contact: str) -> Stamp:
    row = conversations.row(0, named=True)
    return Stamp(
        release=source.number,
        published_at=source.published_at,
        data_to=row["data_to"],
        conversation_title=row["title"] or selection.conversation,
        threshold=row["threshold"],
        is_demo=row["is_demo"],
        imports=row["imports"],
        rows=row["rows"],
        contact=contact,
        data_from=row["opens_on"],
        source=row["source"],
    )


def _hidden_rows(derived: pl.DataFrame) -> tuple[int, ...]:
    if "is_hidden" not in derived.columns:
        return ()
    return tuple(at for at, is_hidden in enumerate(derived["is_hidden"]) if is_hidden)


def _hidden_notes(metric: Metric, derived: pl.DataFrame, threshold: int) -> tuple[str, ...]:
    hidden = len(_hidden_rows(derived))
    if not hidden:
        return ()
    of_all = counted(derived.height, *metric.row)
    rows = derived.filter(pl.col("is_hidden"))
    counts = [column.name for column in metric.columns if column.kind == "count" and column.name in OWN]
    is_partly = any(rows[name].null_count() < rows.height for name in counts)
    told = f"{hidden:,} of {of_all} {verb(hidden, 'is', 'are')} hidden [c]"
    if is_partly:
        told = f"{hidden:,} of {of_all} {verb(hidden, 'has', 'have')} votes that are hidden [c]"
    return (f"{told}: fewer than {threshold} participants, or it would give such a number away.",)
