"""Participants by one division of the lattice, as its grouped table tells them: shared by three metrics."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._workforce import named
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent
from data_access.vocabulary import NOT_STATED


@dataclass(frozen=True)
class Members:
    """Who took part, by the labels of one grouped table; the parts of a metric file.

    `extra` are columns of the record that `derive` of the file adds; `limit` is how many groups its chart draws.
    """

    key: str
    table: str
    words: tuple[str, str]
    caveat: str
    extra: tuple[Column, ...] = ()
    limit: int = 0
    reads: tuple[str, ...] = ()

    @property
    def record(self) -> Metric:
        """The metric's record."""
        one, several = self.words
        return Metric(
            key=self.key,
            title=f"Who took part, by {one}",
            question=f"Which {several} took part, and how much of the conversation were they?",
            cells=(self.table, "totals", *self.reads),
            columns=(
                Column("group", one[:1].upper() + one[1:]),
                Column("participants", "Participants", "count", "participants"),
                Column("share", "Share of participants", "share", "of participants", absent="[z]"),
                *self.extra,
            ),
            chart=Chart(kind="bar", category="group", values=("participants",), limit=self.limit),
            measure=f"Participants of each {one}",
            numerator=f"Distinct participants who voted, commented or posted, by the {one} they stated",
            denominator="Participants of England; no share is given where one of the groups is hidden",
            interval="None: everybody is counted, nobody is sampled",
            source="Tables cut with a proof that no hidden count of people can be worked out",
            caveat=self.caveat,
            takes_element=False,
            row=(one, several),
        )

    def derive(self, cells: Cells, selection: Selection) -> pl.DataFrame:
        """Give one row a group, most participants first, 'Not stated' last; empty where the release was not cut."""
        rows = cells[self.table]
        totals = cells["totals"].filter(pl.col("measure") == "participants")["count"]
        everybody = None if totals.is_empty() or rows["is_hidden"].any() else totals[0]
        label = pl.col(self.table)
        shown = rows.with_columns(
            group=label.map_elements(lambda text: named(text, self.table), pl.String),
            share=pl.when(pl.lit(everybody, pl.Int64) > 0).then(pl.col("participants") / pl.lit(everybody, pl.Int64)),
        )
        order = [pl.col("group") == NOT_STATED, pl.col("participants"), pl.col("group")]
        return shown.sort(order, descending=[False, True, False], nulls_last=True)

    def headline(self, table: pl.DataFrame, selection: Selection) -> str:
        """Name the group with the most participants."""
        one, several = self.words
        shown = table.filter(pl.col("participants").is_not_null() & (pl.col("group") != NOT_STATED))
        if shown.is_empty():
            return f"No figures by {one} are published here."
        top = shown.row(0, named=True)
        share = "" if top["share"] is None else f", {per_cent(top['share'])} of all"
        return (
            f"{top['group']} had the most of the {several} shown: {counted(top['participants'], 'participant')}{share}."
        )

    def base(self, table: pl.DataFrame, selection: Selection) -> str:
        """Give how many groups are shown, of how many."""
        shown = table.filter(pl.col("participants").is_not_null()).height
        return f"{shown} of {counted(table.height, *self.words)} shown"
