"""How far the votes of a group can be narrowed: sums of votes, and bands that say where a share lies.

For one slice at a time: unknown agree, pass and disagree votes of every finest group; votes given are equations,
votes of all England too; a band is two inequalities between agree and all votes; a group that is shown to have nobody
has no votes.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import highspy
import numpy as np
import polars as pl

from data_access.attack.bounds import NEAR, Range
from data_access.attack.published import DIVISIONS, SLICES

KINDS = ("agree", "pass", "disagree")
_BAND = re.compile(r"(\d+)\D+(\d+)")
Where = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Said:
    """What one row of a table says of the votes of a group: the three counts where given, else perhaps a band."""

    table: str
    where: Where
    votes: tuple[int, int, int] | None
    band: tuple[int, int] | None
    is_nobody: bool


@dataclass(frozen=True)
class VoteFinding:
    """One count of votes that was not given, and how far it can be narrowed."""

    conversation: str
    table: str
    slice: str
    where: Where
    kind: str
    range: Range

    @property
    def is_exact(self) -> bool:
        """Whether the count is known."""
        return self.range.least == self.range.most


def vote_findings(release: Path) -> list[VoteFinding]:
    """Bound every count of votes that the tables of one release do not give.

    Where nobody in England voted so, no group did, and that is no secret: such counts are left out.
    """
    told = _told(release)
    findings = []
    for (conversation, family, name), rows in sorted(told.items()):
        if not any(row.where for row in rows):
            continue
        model = _Votes(rows)
        never = {
            kind
            for row in rows
            if not row.where and row.votes
            for kind, n in zip(KINDS, row.votes, strict=True)
            if not n
        }
        for row in rows:
            if row.where and row.votes is None and not row.is_nobody:
                found = zip(KINDS, model.ranges_of(row.where), strict=True)
                findings += [
                    VoteFinding(conversation, row.table, name or family, row.where, k, r)
                    for k, r in found
                    if k not in never
                ]
    return findings


def _told(release: Path) -> Mapping[tuple[str, str, str], list[Said]]:
    told: dict[tuple[str, str, str], list[Said]] = defaultdict(list)
    for file in sorted(release.glob("*.parquet")):
        frame = pl.read_parquet(file)
        divisions = [name for name in DIVISIONS if name in frame.columns]
        slices = [name for name in SLICES if name in frame.columns]
        is_whole = file.stem in ("votes_by_element", "votes_by_theme", "votes_by_idea")
        if not (divisions or is_whole) or "conversation" not in frame.columns or "week" in slices:
            continue
        slices = ["idea"] if file.stem == "votes_by_idea" else slices[:1]
        for row in frame.iter_rows(named=True):
            key = (row["conversation"], slices[0] if slices else "everyone", str(row[slices[0]]) if slices else "")
            told[key].append(_said(file.stem, row, divisions))
    return told


def _said(table: str, row: Mapping[str, object], divisions: Sequence[str]) -> Said:
    counts = [row.get(kind) for kind in KINDS]
    given = row.get("has_votes", not row.get("is_hidden", False)) and counts[0] is not None and counts[2] is not None
    band = _BAND.match(str(row.get("agree_band") or ""))
    return Said(
        table=table,
        where=tuple((name, str(row[name])) for name in divisions),
        votes=(int(str(counts[0])), int(str(counts[1] or 0)), int(str(counts[2]))) if given else None,
        band=(int(band[1]), int(band[2])) if band else None,
        is_nobody=row.get("participants") == 0,
    )


class _Votes:
    """The linear programme of one slice."""

    def __init__(self, rows: Sequence[Said]) -> None:
        used = {name for row in rows for name, _ in row.where}
        self._names = [name for name in DIVISIONS if name in used]
        self._groups = _finest(rows, self._names)
        width = 3 * len(self._groups)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no annotation on it
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
            self._highs.setOptionValue(option, value)
        self._highs.addVars(width, np.zeros(width), np.full(width, highspy.kHighsInf))
        for row in rows:
            self._add(row)

    def ranges_of(self, where: Where) -> list[Range]:
        """Bound agree, pass and disagree of a group."""
        return [self._range([3 * place + kind for place in self._inside(where)]) for kind in range(3)]

    def _inside(self, where: Where) -> list[int]:
        wanted = dict(where)
        return [
            place
            for place, labels in enumerate(self._groups)
            if all(label == wanted.get(name, label) for name, label in zip(self._names, labels, strict=True))
        ]

    def _add(self, row: Said) -> None:
        inside = self._inside(row.where)
        if row.votes is not None or row.is_nobody:
            for kind, votes in enumerate(row.votes or (0, 0, 0)):
                self._row([(3 * place + kind, 1.0) for place in inside], votes, votes)
        elif row.band is not None:
            low, high = row.band
            for percent, sign in ((low, 1.0), (high, -1.0)):
                terms = [
                    (3 * place + kind, sign * ((100 if kind == 0 else 0) - percent))
                    for place in inside
                    for kind in range(3)
                ]
                self._row(terms, 0.0, highspy.kHighsInf)
            self._row([(3 * place + kind, 1.0) for place in inside for kind in range(3)], 1.0, highspy.kHighsInf)

    def _row(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        columns = np.array([column for column, _ in terms], dtype=np.int32)
        self._highs.addRow(low, high, len(terms), columns, np.array([value for _, value in terms], dtype=np.float64))

    def _range(self, columns: Sequence[int]) -> Range:
        least, most = self._extreme(columns, 1.0), self._extreme(columns, -1.0)
        low = 0 if least is None else math.ceil(least - NEAR)
        return Range(low, None if most is None else math.floor(-most + NEAR))

    def _extreme(self, columns: Sequence[int], sign: float) -> float | None:
        for column in columns:
            self._highs.changeColCost(column, sign)
        self._highs.run()
        found = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        value = float(self._highs.getInfo().objective_function_value) if found else None
        for column in columns:
            self._highs.changeColCost(column, 0.0)
        return value


def _finest(rows: Sequence[Said], names: Sequence[str]) -> list[tuple[str, ...]]:
    """Give every finest group: boards within their regions, other labels with each other."""
    places = {
        tuple(dict(row.where)[name] for name in names if name in ("region", "icb"))
        for row in rows
        if {name for name in names if name in ("region", "icb")} <= set(dict(row.where))
    } or {()}
    groups = [list(place) for place in sorted(places)]
    for name in names:
        if name not in ("region", "icb"):
            labels = sorted({dict(row.where)[name] for row in rows if name in dict(row.where)})
            groups = [[*group, label] for group in groups for label in labels]
    return [tuple(group) for group in groups]
