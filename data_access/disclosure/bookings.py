"""Protection of bookings: a total beside the parts it splits into, each part hidden or shown.

A total of k people and more is shown, and its parts are a partition of it: what is hidden together is the total
less what is shown. So parts of 1 to k-1 people are hidden, and where those are a single part, or hold fewer than
k people together, the smallest part of k people and more is hidden with them.

Proof. Let S be what the hidden parts hold together; S >= k, and they are two at least. For any hidden part there
is a world in which it holds nobody and another in which it holds S, every other number the same. So whoever reads
the numbers can only say that it lies between 0 and S, a range of at least k. Different splits of one total (by
region, by role, by cohort) do not narrow it, because for any two of them there is a table that has both as its
margins. As everywhere, this bounds what follows from the numbers, not what may be guessed from what was hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Part:
    """One part of a total: how many bookings, and the people who made them."""

    bookings: int
    people: frozenset[str]


def is_few(people: int, k: int) -> bool:
    """Say whether a number of people must not be told: 1 to k-1."""
    return 1 <= people < k


def hidden_parts(parts: Sequence[Part], k: int) -> set[int]:
    """Say which parts of a total of k people and more to hide, by their place.

    Where the total itself is of 1 to k-1 people and so hidden, every part with anybody in it is hidden.
    """
    small = {at for at, part in enumerate(parts) if is_few(len(part.people), k)}
    everybody = frozenset[str]().union(*(part.people for part in parts))
    if is_few(len(everybody), k):
        return {at for at, part in enumerate(parts) if part.people}
    together = frozenset[str]().union(*(parts[at].people for at in small))
    large = [at for at, part in enumerate(parts) if len(part.people) >= k]
    if small and large and (len(small) == 1 or len(together) < k):
        small.add(min(large, key=lambda at: (len(parts[at].people), parts[at].bookings, at)))
    return small


def protected_split(bookings: pl.DataFrame, labels: Sequence[str], by: str, k: int) -> pl.DataFrame:
    """Count bookings by one column, and hide what must be.

    In:   bookings: `by`, person. `labels` are the values that appear, at nought too; others are a fault.
    Out:  `by`, count (null where hidden), is_hidden; in the order of `labels`.
    """
    unknown = set(bookings[by].unique()) - set(labels)
    if unknown:
        raise ValueError(f"{by}: {len(unknown)} labels are not among those given")
    parts = [_part(bookings.filter(pl.col(by) == label)) for label in labels]
    hidden = hidden_parts(parts, k)
    return pl.DataFrame(
        {
            by: list(labels),
            "count": [None if at in hidden else part.bookings for at, part in enumerate(parts)],
            "is_hidden": [at in hidden for at in range(len(parts))],
        },
        schema={by: pl.String, "count": pl.Int64, "is_hidden": pl.Boolean},
    )


def _part(bookings: pl.DataFrame) -> Part:
    return Part(bookings.height, frozenset(bookings["person"]))
