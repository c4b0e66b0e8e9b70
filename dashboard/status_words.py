"""How a status is told without colour: its word, its shape, and the label an organisation puts beside it.

The one table of shapes: for text on screen, on paper and in a terminal as a character, for Plotly as the
name of the same shape. RAG labels differ from board to board and nobody has defined them for all, so they
are a setting (`LOOKFORWARD_STATUS_LABELS`) and only ever stand beside the word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from data_access.vocabulary import NO_STATUS, ActionStatus

Labels = tuple[tuple[str, str], ...]
"""Pairs of a status and the label beside it; pairs, so that they can be part of a cache key."""
NO_LABELS: Final[Labels] = ()


@dataclass(frozen=True)
class Shape:
    """One shape: the character and what Plotly calls it."""

    sign: str
    symbol: str


SHAPES: Final[Mapping[str, Shape]] = {
    ActionStatus.NOT_STARTED.value: Shape("○", "circle-open"),
    ActionStatus.ON_TRACK.value: Shape("▲", "triangle-up"),
    ActionStatus.AT_RISK.value: Shape("◆", "diamond"),
    ActionStatus.OFF_TRACK.value: Shape("✕", "x"),
    ActionStatus.COMPLETE.value: Shape("★", "star"),
    ActionStatus.PROPOSED_CLOSED.value: Shape("□", "square-open"),
    ActionStatus.CLOSED.value: Shape("■", "square"),
    NO_STATUS: Shape("–", "line-ew-open"),
}


def sign(status: str) -> str:
    """Give the shape of a status as a character; that of 'no status recorded' for any other word."""
    return SHAPES.get(status, SHAPES[NO_STATUS]).sign


def labelled(status: str, labels: Labels = NO_LABELS) -> str:
    """Write a status with its organisation's label, if it has one: 'at risk (Amber)'."""
    label = dict(labels).get(status)
    return f"{status} ({label})" if label else status


def told(status: str, labels: Labels = NO_LABELS) -> str:
    """Write a status by shape and word: '◆ at risk', '◆ at risk (Amber)'."""
    return f"{sign(status)} {labelled(status, labels)}"
