"""Work that several formats of one file share is done once: a pack lays out each chart and each table a single time.

Outside of `shared()` nothing is kept. What is kept is told apart by identity, because results hold frames, which have
no hash; it is let go of when the file is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, TypeVar, cast

Made = TypeVar("Made", bound=Callable[..., Any])
# What was made, by what made it and of what; the subject lies beside it, so that its identity is nobody else's.
_KEPT: Final[ContextVar[dict[tuple[object, ...], tuple[object, Any]] | None]] = ContextVar("kept", default=None)


@contextmanager
def shared() -> Iterator[None]:
    """Keep what functions marked `once` make until the block ends; an inner block shares with the outer one."""
    if _KEPT.get() is not None:
        yield
        return
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def once(make: Made) -> Made:
    """Have a function of one subject, and of options that have a hash, make each thing once within `shared()`."""

    @wraps(make)
    def kept(subject: object, *options: object) -> Any:
        shelf = _KEPT.get()
        if shelf is None:
            return make(subject, *options)
        key = (make, id(subject), *options)
        if key not in shelf:
            shelf[key] = (subject, make(subject, *options))
        return shelf[key][1]

    return cast("Made", kept)
