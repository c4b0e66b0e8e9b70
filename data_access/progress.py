"""How long work tells its caller where it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called now and then by anything that may take over a second."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Say that `done` of `total` units of `step` are finished."""


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody: the usual choice in tests and in jobs without a screen."""
