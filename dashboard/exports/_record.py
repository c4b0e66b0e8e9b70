"""The record of a medium."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[str, int, int], None]
"""Told what is being made, how many parts are done, and of how many."""


def silent(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Format:
    """A file format: its key, its name on a button, its media type and its extension without the dot.

    `is_picture`: it holds one chart, so it takes one result, and only one that is drawn.
    """

    key: str
    title: str
    media_type: str
    extension: str
    is_picture: bool = False
