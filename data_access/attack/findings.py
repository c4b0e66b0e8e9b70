"""What the intruder found, in numbers: how many counts are hidden, how many are exact, how many nearly so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from data_access.attack.bounds import Intruder, Range, ranges
from data_access.attack.equations import Equations, equations
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
        """Whether the count is known."""
        return self.range.most is not None and self.range.least == self.range.most

    @property
    def is_narrower_than_k(self) -> bool:
        """Whether it may be a small group for all that is known, within a range narrower than k."""
        most = self.range.most
        return most is not None and self.range.least < self.k and most - self.range.least < self.k

    @property
    def is_known_small(self) -> bool:
        """Whether the count is known to be under k."""
        return self.range.most is not None and self.range.most < self.k

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
            "hidden": len(self.findings),
            "exact": sum(finding.is_exact for finding in self.findings),
            "narrower_than_k": sum(finding.is_narrower_than_k for finding in self.findings),
            "known_small": sum(finding.is_known_small for finding in self.findings),
            "cells": [finding.as_cell() for finding in self.findings],
        }


def attack(
    releases: Sequence[Path],
    exports: Sequence[Path] = (),
    *,
    progress: Progress = silent,
) -> Findings:
    """Narrow every hidden count from everything published, all releases and files together."""
    held = published(releases, exports)
    findings: list[Finding] = []
    for conversation in conversations(held.statements):
        own = [statement for statement in held.statements if statement.conversation == conversation]
        k = held.thresholds.get(conversation, USUAL_THRESHOLD)
        known, found = _narrowed(own, k, progress)
        findings += [Finding(said[0], range_, k) for said, range_ in zip(known.hidden, found, strict=True)]
        findings += growth(own, k)
    return Findings(tuple(findings), len(held.statements))


def _narrowed(own: Sequence[Statement], k: int, progress: Progress) -> tuple[Equations, list[Range]]:
    """Suppose first that everybody is in some element, theme and week; then, if that cannot be, that some are not."""
    known = equations(own)
    try:
        return known, ranges(known, k, progress)
    except ValueError:
        weaker = equations(own, covering=())
        return weaker, ranges(weaker, k, progress)


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


__all__ = ["Equations", "Finding", "Findings", "Intruder", "attack"]
