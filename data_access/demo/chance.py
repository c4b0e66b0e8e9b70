"""Randomness of the demonstration: one stream a part, so that a change in one part leaves the others alone."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Final, TypeVar

from data_access.demo.shapes import CLOSES_ON, DAY, OPENS_ON

Thing = TypeVar("Thing")

DAYS: Final = (CLOSES_ON - OPENS_ON).days + 1
# Monday to Sunday: people take part at work.
_WEEKDAYS: Final = (1.0, 1.1, 1.0, 0.95, 0.7, 0.14, 0.12)
# Launch, three reminder e-mails and the last day; the platform was down for most of Sunday 21 February.
_BURSTS: Final = {0: 3.2, 7: 1.9, 16: 2.0, 24: 2.2, 27: 5.0, 20: 0.0}
_HOURS: Final = (1, 1, 0, 0, 0, 1, 3, 8, 14, 16, 15, 14, 20, 15, 13, 13, 12, 9, 6, 6, 7, 6, 4, 2)
QUIET_DAY: Final = 20


def stream(seed: int, part: str) -> Random:
    """Give the random numbers of one part."""
    return Random(f"{seed}/{part}")  # noqa: S311 - made-up data, nothing secret


class Weighted:
    """Draw from things by weight, again and again, in logarithmic time."""

    def __init__(self, weights: Sequence[float]) -> None:
        """Add the weights up once."""
        self._sums = list(accumulate(weights))

    def draw(self, rng: Random) -> int:
        """Give the position of one thing."""
        return min(bisect_right(self._sums, rng.random() * self._sums[-1]), len(self._sums) - 1)


def day_weights() -> list[float]:
    """Say how busy each day of the conversation is: bursts, quiet weekends, slow decline."""
    first = OPENS_ON.weekday()
    return [_WEEKDAYS[(first + day) % 7] * _BURSTS.get(day, 1.0) * math.exp(-0.025 * day) for day in range(DAYS)]


def time_of_day(rng: Random, hours: Weighted) -> int:
    """Give a second of a day, mostly in working hours and over lunch."""
    return hours.draw(rng) * 3600 + rng.randrange(3600)


def usual_hours() -> Weighted:
    """Give how visits spread over the hours of a day."""
    return Weighted(_HOURS)


def shares(rng: Random, total: int, parts: int, spread: float) -> list[int]:
    """Cut a whole into unequal parts of at least 1 that add up to it; larger `spread`, more unequal."""
    raw = [rng.lognormvariate(0, spread) for _ in range(parts)]
    scale = (total - parts) / sum(raw)
    answer = [1 + int(value * scale) for value in raw]
    for place in range(total - sum(answer)):
        answer[place % parts] += 1
    return answer


def within_day(seconds: int) -> int:
    """Give the last second of the day a time lies in, so that nothing spills over midnight."""
    return (seconds // DAY + 1) * DAY - 1
