"""The intruder's attack on all hidden counts, held against the truth, which only the test knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from data_access.attack.findings import narrowed
from data_access.attack.published import Statement


def attacked(
    statements: Sequence[Statement], truth: Mapping[Statement, tuple[int, bool]], k: int, *, nobody_leaves: bool = False
) -> dict[str, int]:
    """Count what came out: hidden counts, exact ones, small ones and others narrowed to fewer than k values.

    In: truth: the true count of each hidden one, and whether it is small.
    A range that does not hold the truth is a bug of the intruder, and fails; unless it supposed that nobody leaves and
    somebody did.
    """
    found = narrowed(statements, k, is_quick=True, nobody_leaves=nobody_leaves)
    counts = [one for one in found if not one.is_growth]
    grown = [one for one in found if one.is_growth]
    for one in counts:
        value, _ = truth[one.statement]
        within = one.range.least <= value and (one.range.most is None or value <= one.range.most)
        assert within or one.range.is_part or nobody_leaves, one
    grew = _growth(statements, truth)
    for one in grown:
        within = one.range.least <= grew[one.statement] <= (one.range.most or 0)
        assert within or one.range.is_part or one.range.most is None or nobody_leaves, one
    narrow = [one for one in counts if one.range.most is not None and one.range.most - one.range.least < k]
    return {
        "attacked": len(counts),
        "exact": sum(one.is_exact for one in counts),
        "small narrower than k": sum(truth[one.statement][1] for one in narrow),
        "covers narrower than k": sum(one.is_narrower_than_k and not truth[one.statement][1] for one in counts),
        "growths attacked": len(grown),
        "growths exact": sum(one.is_exact for one in grown),
        "small growths narrower than k": sum(
            one.is_narrower_than_k and 0 < abs(grew[one.statement]) < k for one in grown
        ),
    }


def _growth(statements: Sequence[Statement], truth: Mapping[Statement, tuple[int, bool]]) -> dict[Statement, int]:
    """Give what each count grew by since it was said before, in truth."""
    told: dict[tuple[object, ...], list[tuple[int, Statement]]] = {}
    for one in statements:
        if one.where and (one.people is not None or one in truth):
            told.setdefault((one.table, one.slice, one.where), []).append((one.time, one))
    answer = {}
    for same in told.values():
        ordered = [one for _, one in sorted(same, key=lambda pair: pair[0])]
        for before, after in pairwise(ordered):
            then, now = (one.people if one.people is not None else truth[one][0] for one in (before, after))
            answer[after] = now - then
    return answer
