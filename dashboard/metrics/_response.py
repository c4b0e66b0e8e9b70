"""Response rate and representativeness by one division: what its three metrics share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics import _workforce
from dashboard.metrics._workforce import BOARDS, FEWER, MORE, RATE, SHARES, STAFF_GROUPS, Division
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, in_words, number, per_cent
from data_access.vocabulary import ENGLAND

CENSUS: Final = "None: everybody is counted, nobody is sampled"
NO_ELEMENT: Final = "Not counted by element"
MOST_NAMED: Final = 3
NOT_LOADED: Final = "No workforce is loaded, so no response rate can be given and none is estimated."


@dataclass(frozen=True)
class Response:
    """The response rate of each group of a division, and of England; the parts of a metric file."""

    key: str
    division: Division

    @property
    def record(self) -> Metric:
        """The metric's record."""
        one, several = self.division.words
        return Metric(
            key=self.key,
            title=f"Response rate by {one}",
            question=f"How much of the workforce of each {one} took part?",
            cells=(self.division.table, "workforce", "totals", "staff_group_list"),
            columns=(
                Column("group", one[:1].upper() + one[1:]),
                Column("rate", "Response rate", "share", "of the workforce", absent="[z]"),
                Column("participants", "Participants", "count", "participants"),
                Column("workforce", "Workforce", "count", "people employed"),
                Column("as_at", "Workforce as at", "date"),
                Column("source", "Source of the workforce"),
            ),
            chart=Chart(kind="bar", category="group", values=("rate",), limit=self.division.limit),
            measure=RATE,
            numerator="Distinct participants who voted, commented or posted",
            denominator="Heads employed, as the customer loaded them, with date and source; never an estimate",
            interval=CENSUS,
            source="Tables cut with a proof that no hidden count can be worked out; the template's table workforce",
            caveat="The workforce is of its own date and may count others than those invited. People state their own "
            f"place; who did not is in England only. Above 100% one of the two is wrong. {NO_ELEMENT}",
            takes_element=False,
            row=(one, several),
        )

    def derive(self, cells: Cells, selection: Selection) -> pl.DataFrame:
        """Give England, then one row a group by its rate: rate, participants, workforce, as_at, source; is_hidden."""
        totals = cells["totals"].filter(pl.col("measure") == "participants")
        everybody = totals.select(
            pl.lit(ENGLAND).alias("group"), participants="count", is_hidden="is_hidden", is_england=pl.lit(value=True)
        ).join(_workforce.england(cells), on="group", how="left")
        own = _workforce.held_together(cells, self.division)
        groups = own.with_columns(
            pl.col("group").map_elements(lambda label: _workforce.named(label, self.division.column), pl.String)
        )
        both = pl.concat([everybody, groups], how="diagonal").with_columns(pl.col("is_england").fill_null(value=False))
        rated = _workforce.with_rates(both).sort(
            ["is_england", "rate", "group"], descending=[True, True, False], nulls_last=True
        )
        return rated.select(*(column.name for column in self.record.columns), "is_hidden")

    def headline(self, table: pl.DataFrame, selection: Selection) -> str:
        """Give England's rate, or the group with the highest; say so where no workforce is loaded."""
        if table.is_empty() or table["workforce"].null_count() == table.height:
            return NOT_LOADED
        known = table.filter(pl.col("rate").is_not_null())
        if known.is_empty():
            return "No response rate can be given: what is loaded and what is shown do not meet."
        whole = known.filter(pl.col("group") == ENGLAND)
        top = (whole if whole.height else known).row(0, named=True)
        return (
            f"{top['group']}: {per_cent(top['rate'])} of the workforce took part, {number(top['participants'])} of "
            f"{number(top['workforce'])}."
        )

    def base(self, table: pl.DataFrame, selection: Selection) -> str:
        """Give how many groups have a rate."""
        rated = table.filter(pl.col("rate").is_not_null() & (pl.col("group") != ENGLAND)).height
        return f"{counted(rated, *self.division.words)} with a rate"

    def notes(self, cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
        """Say where the workforce comes from, and what lacks."""
        return _notes(cells, self.division)


@dataclass(frozen=True)
class Representation:
    """How far the groups of a division took part by more or less than their share; the parts of a metric file."""

    key: str
    division: Division

    @property
    def record(self) -> Metric:
        """The metric's record."""
        one, several = self.division.words
        return Metric(
            key=self.key,
            title=f"Who is over- and under-represented, by {one}",
            question=f"Which {several} took part by more or less than their share of the workforce?",
            cells=(self.division.table, "workforce", "totals", "staff_group_list"),
            columns=(
                Column("group", one[:1].upper() + one[1:]),
                Column("difference", "Difference of shares", "share", absent="[z]"),
                Column("low", "Interval from", "share", absent="[z]"),
                Column("high", "Interval to", "share", absent="[z]"),
                Column("verdict", "In words"),
                Column("share", "Share of participants", "share", "of those compared", absent="[z]"),
                Column("held", "Share of workforce", "share", absent="[z]"),
                Column("participants", "Participants", "count", "participants"),
                Column("workforce", "Workforce", "count", "people employed"),
            ),
            chart=Chart(
                kind="difference",
                category="group",
                values=("difference",),
                low="low",
                high="high",
                focus="verdict",
                limit=self.division.limit,
            ),
            measure=SHARES,
            numerator=f"Participants of the {one}; heads employed there",
            denominator=f"Participants of all {several} compared; heads employed in the same {several}",
            interval="Wilson, 95%, for the share of participants, less the share of the workforce, which is a count",
            source="Tables cut with a proof that no hidden count can be worked out; the template's table workforce",
            caveat="The interval says how far chance alone could have moved the share if taking part were a lottery, "
            "and nothing of why. Shares are of the groups that are shown and have a workforce; where some are above "
            "theirs others must be below. "
            f"{NO_ELEMENT}",
            takes_element=False,
            row=(one, several),
        )

    def derive(self, cells: Cells, selection: Selection) -> pl.DataFrame:
        """Give one row a group: shares, difference, interval, words; is_hidden.

        The most over-represented first; the farthest from their share first where a chart has not room for all.
        """
        own = _workforce.held_together(cells, self.division)
        told = _workforce.with_differences(own).with_columns(
            pl.col("group").map_elements(lambda label: _workforce.named(label, self.division.column), pl.String)
        )
        order = pl.col("difference").abs() if self.division.limit else pl.col("difference")
        rows = told.sort([order, pl.col("group")], descending=[True, False], nulls_last=True)
        return rows.select(*(column.name for column in self.record.columns), "is_hidden")

    def headline(self, table: pl.DataFrame, selection: Selection) -> str:
        """Name the groups that are clearly above and below their share."""
        known = table.filter(pl.col("difference").is_not_null())
        if known.is_empty():
            lacks = table.is_empty() or table["workforce"].null_count() == table.height
            return (
                "No workforce is loaded to hold participants against, and none is estimated."
                if lacks
                else "Shares cannot be worked out from what is shown."
            )
        by_size = known.sort(pl.col("difference").abs(), "group", descending=[True, False])
        sides = ((MORE, by_size), (FEWER, by_size))
        named = [(word, rows.filter(pl.col("verdict") == word)["group"].to_list()) for word, rows in sides]
        told = [f"{_few(names)} took part by {word}" for word, names in named if names]
        return f"{'; '.join(told)}." if told else f"No {self.division.words[0]} clearly differs from its share."

    def base(self, table: pl.DataFrame, selection: Selection) -> str:
        """Give how many groups could be compared."""
        known = table.filter(pl.col("difference").is_not_null()).height
        return f"{counted(known, *self.division.words)} compared"

    def notes(self, cells: Cells, table: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
        """Say where the workforce comes from, what lacks, and among which groups shares are."""
        rows = _workforce.held_together(cells, self.division)
        return (*_notes(cells, self.division), *_workforce.coverage(rows, self.division))


def _notes(cells: Cells, division: Division) -> tuple[str, ...]:
    rows = _workforce.held_together(cells, division)
    names = _workforce.listed_groups(cells) if division is STAFF_GROUPS else ()
    boards = ("ICBs are those of the conversation's first day.",) if division is BOARDS else ()
    return (_workforce.sources(cells, division), *_workforce.lacking(rows, division), *names, *boards)


def _few(names: list[str]) -> str:
    """Name up to three groups, in quotes where a name holds an 'and' of its own; count them where they are more."""
    told = [f"‘{name}’" for name in names] if any(" and " in name for name in names) else names
    return in_words(told) if len(told) <= MOST_NAMED else f"{', '.join(told[:2])} and {len(told) - 2} more"
