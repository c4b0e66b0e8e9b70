"""What the intruder found, in numbers: how many counts are hidden, how many are exact, how many nearly so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from data_access.attack.bounds import Range, always, ranges
from data_access.attack.equations import COVERING, equations, without_carried
from data_access.attack.published import Statement, conversations, published
from data_access.progress import Progress, silent

USUAL_THRESHOLD = 10


@dataclass(frozen=True)
class Finding:
    """One hidden count (or hidden growth of one between two releases) and how far it can be narrowed."""

    statement: Statement
    range: Range
    k: int
    is_growth: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the count is known; of growth, whether it is known that a few came or left, and how many."""
        is_known = self.range.most is not None and self.range.least == self.range.most
        return is_known and (not self.is_growth or 0 < abs(self.range.least) < self.k)

    @property
    def is_narrower_than_k(self) -> bool:
        """Whether it may be a small group for all that is known, within a range narrower than k."""
        least, most = self.range.least, self.range.most
        if most is None or most - least >= self.k or least >= self.k:
            return False
        return not self.is_growth or (most > -self.k and (least, most) != (0, 0))

    @property
    def is_known_small(self) -> bool:
        """Whether the count is known to be under k."""
        return not self.is_growth and self.range.most is not None and self.range.most < self.k

    def as_cell(self) -> dict[str, object]:
        """Give the finding as plain data."""
        statement = self.statement
        return {
            "conversation": statement.conversation,
            "source": statement.source,
            "table": statement.table,
            "slice": statement.slice,
            **dict(statement.where),
            "is_growth": self.is_growth,
            "least": self.range.least,
            "most": self.range.most,
            "is_part_of_range": self.range.is_part,
            "exact": self.is_exact,
            "narrower_than_k": self.is_narrower_than_k,
        }


@dataclass(frozen=True)
class Findings:
    """Everything found in some releases and exports."""

    findings: tuple[Finding, ...]
    statements: int

    def as_data(self) -> dict[str, object]:
        """Give counts and cells as plain data."""
        return {
            "statements": self.statements,
            "hidden": sum(not finding.is_growth for finding in self.findings),
            "growths": sum(finding.is_growth for finding in self.findings),
            "exact": sum(finding.is_exact for finding in self.findings),
            "narrower_than_k": sum(finding.is_narrower_than_k for finding in self.findings),
            "known_small": sum(finding.is_known_small for finding in self.findings),
            "ranges_in_part": sum(finding.range.is_part for finding in self.findings),
            "cells": [finding.as_cell() for finding in self.findings],
        }


def attack(
    releases: Sequence[Path],
    exports: Sequence[Path] = (),
    *,
    is_quick: bool = False,
    nobody_leaves: bool = False,
    has_time: Callable[[], bool] = always,
    progress: Progress = silent,
) -> Findings:
    """Narrow every hidden count from everything published, all releases and files together.

    `is_quick` only finds out which counts are exact or narrow. `nobody_leaves` supposes that groups only grow.
    Once `has_time` says no, the rest is done as if `is_quick`.
    """
    held = published(releases, exports)
    findings: list[Finding] = []
    for conversation in conversations(held.statements):
        own = [statement for statement in held.statements if statement.conversation == conversation]
        k = held.thresholds.get(conversation, USUAL_THRESHOLD)
        how = {"is_quick": is_quick, "nobody_leaves": nobody_leaves}
        findings += narrowed(own, k, **how, has_time=has_time, progress=progress)
    return Findings(tuple(findings), len(held.statements))


def narrowed(
    own: Sequence[Statement],
    k: int,
    *,
    is_quick: bool,
    nobody_leaves: bool = False,
    has_time: Callable[[], bool] = always,
    progress: Progress = silent,
) -> list[Finding]:
    """Narrow what was said of one conversation.

    Supposes first that everybody is in some element, theme and week; then, if that cannot be, that some are not.
    """
    own = without_carried(own)
    for covering in (COVERING, ()):
        known = equations(own, covering, nobody_leaves=nobody_leaves)
        try:
            found = ranges(known, k, progress, is_quick=is_quick, has_time=has_time)
        except ValueError:
            continue
        told = [*((said, False) for said, _ in known.hidden), *((said, True) for said, _, _ in known.growth)]
        pairs = zip(told, found, strict=True)
        return [*(Finding(said, range_, k, is_growth) for (said, is_growth), range_ in pairs), *growth(own, k)]
    raise ValueError("the published counts contradict each other")


def growth(statements: Sequence[Statement], k: int) -> list[Finding]:
    """Give every count shown at two times that changed by fewer than k people: known exactly, by subtraction."""
    shown: dict[tuple[object, ...], list[Statement]] = {}
    for statement in statements:
        if statement.where and statement.people is not None:
            key = (statement.table, statement.family, statement.slice, statement.where)
            shown.setdefault(key, []).append(statement)
    findings = []
    for own in shown.values():
        ordered = sorted(own, key=lambda statement: statement.time)
        for before, after in pairwise(ordered):
            change = (after.people or 0) - (before.people or 0)
            if before.time != after.time and 0 < abs(change) < k:
                findings.append(Finding(after, Range(change, change), k, is_growth=True))
    return findings
