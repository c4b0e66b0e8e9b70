"""Clicks take turns: one script runs at a time in a process, the others wait for it.

Python runs one thread at a time whatever is asked of it, and Streamlit starts a thread a click. Let loose, a hundred of
them take the interpreter from each other at every message they send, each click costs three times what it costs alone,
and nobody's page is ready before everybody's is: 19 seconds where one after the other takes a tenth of one
(`benchmarks/s6_viewers.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore
from typing import Final

# Seconds. A click takes 50 ms; one that takes long, to keep a snapshot for instance, must not hold up everybody.
LONGEST_WAIT: Final = 2.0
_TURN: Final = Semaphore(1)


@contextmanager
def turn(longest_wait: float = LONGEST_WAIT) -> Iterator[None]:
    """Wait for one's turn and take it; who has waited for `longest_wait` seconds goes on beside the others."""
    is_ours = _TURN.acquire(timeout=longest_wait)
    try:
        yield
    finally:
        if is_ours:
            _TURN.release()
