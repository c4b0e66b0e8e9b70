"""Bands of a share: which one, and that none says a count."""

from __future__ import annotations

import polars as pl
import pytest

from data_access.disclosure.bands import band

BOUNDS = [0, 5, 20, 40, 60, 80, 95, 100]


def told(agree: int, votes: int, *, is_wide: bool = True) -> str | None:
    frame = pl.DataFrame({"agree": [agree], "votes": [votes]})
    share = pl.when(pl.col("votes") > 0).then(pl.col("agree") / pl.col("votes"))
    answer: str | None = frame.select(band(share, BOUNDS, pl.col("votes") if is_wide else None)).item()
    return answer


@pytest.mark.parametrize(
    ("agree", "votes", "expected"),
    [
        (0, 0, None),
        (0, 200, "0–5%"),
        (10, 200, "5–20%"),  # a bound belongs above
        (100, 200, "40–60%"),
        (200, 200, "95–100%"),
        (12, 12, "80–100%"),  # 95 to 100 per cent of twelve is twelve
        (0, 12, "0–20%"),  # nought to 5 per cent of twelve is nobody
        (20, 20, "95–100%"),  # nineteen or twenty
        (1, 10, "5–40%"),  # 5 to 20 per cent of ten is one; one, two or three are not
    ],
)
def test_a_band_leaves_more_than_one_count_open(agree: int, votes: int, expected: str | None):
    assert told(agree, votes) == expected


def test_without_the_number_of_votes_the_band_is_as_it_is():
    assert told(12, 12, is_wide=False) == "95–100%"


@pytest.mark.parametrize("votes", range(2, 60))
def test_no_band_of_so_many_votes_holds_only_one_count(votes: int):
    """Slow twin: every way to agree, by its band."""
    bands: dict[str | None, list[int]] = {}
    for agree in range(votes + 1):
        bands.setdefault(told(agree, votes), []).append(agree)
    for label, counts in bands.items():
        low, high = (int(part) for part in str(label).rstrip("%").split("–"))
        within = [n for n in range(votes + 1) if low * votes <= 100 * n and (100 * n < high * votes or high == 100)]
        assert set(counts) <= set(within)
        assert len(within) >= 2, (label, counts)
