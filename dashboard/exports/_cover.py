"""What every file says of itself: what it holds, how it was filtered, and how to cite it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.results import Result
from dashboard.wording import SHORTHAND, day, describe, moment, number, period

PRODUCT: Final = "LookForward"
MADE_UP: Final = "These data are made up to show how the dashboard works. They describe nobody."


def title(results: Sequence[Result]) -> str:
    """Give the title of the file."""
    first = results[0]
    what = first.metric.title if len(results) == 1 else f"{number(len(results))} tables"
    return f"{first.stamp.conversation_title}: {what}"


def filters(results: Sequence[Result]) -> list[str]:
    """Say which filters were set; results that cover something else are named with what they cover."""
    covered = dict.fromkeys(describe(result.selection) for result in results)
    if len(covered) == 1:
        return [f"Filters: {next(iter(covered))}"]
    return [f"Filters of ‘{result.metric.title}’: {describe(result.selection)}" for result in results]


def data_lines(results: Sequence[Result]) -> list[str]:
    """Say where the numbers come from: period, release, source and rows read."""
    stamp = results[0].stamp
    covered = period(stamp.data_from, stamp.data_to)
    return [
        *([f"Period: {covered}"] if covered else []),
        f"Data to {day(stamp.data_to)}." if stamp.data_to else "No day has closed yet.",
        f"Release {number(stamp.release)}, published {moment(stamp.published_at)} UTC.",
        f"Read from {number(stamp.imports)} {'import' if stamp.imports == 1 else 'imports'}, "
        f"{number(stamp.rows)} rows in all{f', format {stamp.source}' if stamp.source else ''}.",
    ]


def protection(results: Sequence[Result]) -> list[str]:
    """Say how people are protected and what the shorthand means."""
    threshold = results[0].stamp.threshold
    return [
        f"Numbers that rest on fewer than {threshold} participants are hidden. Votes on a single idea were shown to "
        "every participant and are exact.",
        *(f"{sign} {meaning}" for sign, meaning in SHORTHAND.items()),
    ]


def citation(results: Sequence[Result]) -> str:
    """Say how to cite the numbers."""
    stamp = results[0].stamp
    return (
        f"How to cite: {stamp.conversation_title}, {PRODUCT} release {number(stamp.release)}, "
        f"{day(stamp.published_at.date())}, {describe(results[0].selection)}."
    )


def contact(results: Sequence[Result]) -> str:
    """Say whom to ask."""
    return results[0].stamp.contact or "Ask the analysts who run this conversation."
