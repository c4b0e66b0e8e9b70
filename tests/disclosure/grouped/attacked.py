"""The intruder's attack on all hidden counts, held against the truth, which only the test knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data_access.attack.findings import narrowed
from data_access.attack.published import Statement


def attacked(
    statements: Sequence[Statement], truth: Mapping[Statement, tuple[int, bool]], k: int, *, nobody_leaves: bool = False
) -> dict[str, int]:
    """Count what came out: hidden counts, exact ones, small ones and others narrowed to fewer than k values.

    In: truth: the true count of each hidden one, and whether it is small.
    A range that does not hold the truth is a bug of the intruder, and fails.
    """
    found = narrowed(statements, k, is_quick=True, nobody_leaves=nobody_leaves)
    counts = [one for one in found if not one.is_growth]
    grown = [one for one in found if one.is_growth]
    for one in counts:
        value, _ = truth[one.statement]
        within = one.range.least <= value and (one.range.most is None or value <= one.range.most)
        assert within or one.range.is_part, one
    narrow = [one for one in counts if one.range.most is not None and one.range.most - one.range.least < k]
    return {
        "attacked": len(counts),
        "exact": sum(one.is_exact for one in counts),
        "small narrower than k": sum(truth[one.statement][1] for one in narrow),
        "covers narrower than k": sum(one.is_narrower_than_k and not truth[one.statement][1] for one in counts),
        "growths attacked": len(grown),
        "growths exact": sum(one.is_exact for one in grown),
        "growths narrower than k": sum(one.is_narrower_than_k for one in grown),
    }
