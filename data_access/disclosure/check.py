"""The checker of a release: no solver, no model, no libraries; whole numbers and additions only.

It is short so that anybody can read it, and it shares nothing with what chose the hidden cells but the numbers
it checks. Two worlds that publish the same and lie k apart are the whole proof: whatever a reader concludes
holds in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Sum = Sequence[tuple[int, int]]  # (variable, coefficient) pairs


@dataclass(frozen=True)
class Proof:
    """What is checked: the true world, the sums, which are shown, the links, and worlds as changes of the truth.

    `values` are the sums of the true world; where a cell is shown, the number in the release.
    """

    k: int
    truth: Sequence[int]
    sums: Sequence[Sum]
    values: Sequence[int]
    is_shown: Sequence[bool]
    is_small: Sequence[bool]
    links: Sequence[Sum]
    floors: Sequence[int]
    worlds: Sequence[Mapping[int, int]]


def faults(proof: Proof) -> list[str]:
    """Say everything that is wrong with a proof; an empty list means that it holds."""
    found: list[str] = []
    lowest, highest = list(proof.values), list(proof.values)
    for number, change in enumerate([{}, *proof.worlds]):
        world = list(proof.truth)
        for variable, by in change.items():
            world[variable] += by
        if min(world, default=0) < 0:
            found.append(f"world {number} has fewer than no people somewhere")
        if any(_of(world, link) < floor for link, floor in zip(proof.links, proof.floors, strict=True)):
            found.append(f"world {number} breaks a link between slices")
        for cell, value in _moved(proof, world, change):
            if proof.is_shown[cell] and value != proof.values[cell]:
                found.append(f"world {number} gives a shown cell another number")
            lowest[cell], highest[cell] = min(lowest[cell], value), max(highest[cell], value)
    for cell, is_small in enumerate(proof.is_small):
        found += [fault for fault in _faults_of(proof, cell, lowest[cell], highest[cell]) if is_small]
    return found


def _faults_of(proof: Proof, cell: int, lowest: int, highest: int) -> Iterable[str]:
    if proof.is_shown[cell]:
        yield f"cell {cell} is small and shown"
    either_way = ((lowest, highest), (-highest, -lowest))  # growth may be negative
    if not any(upper >= proof.k and upper - max(0, lower) >= proof.k for lower, upper in either_way):
        yield f"cell {cell} is small and its worlds are less than the threshold apart"


def _of(world: Sequence[int], terms: Sum) -> int:
    return sum(coefficient * world[variable] for variable, coefficient in terms)


def _moved(proof: Proof, world: Sequence[int], change: Mapping[int, int]) -> Iterable[tuple[int, int]]:
    """Give every sum of a world; for a change, only of the sums it can have touched."""
    if not change:
        return [(cell, _of(world, terms)) for cell, terms in enumerate(proof.sums)]
    return [
        (cell, _of(world, terms))
        for cell, terms in enumerate(proof.sums)
        if any(variable in change for variable, _ in terms)
    ]
