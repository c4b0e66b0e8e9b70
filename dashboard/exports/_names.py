"""Names of files: what, whose, where, which days and when published, in lower case with hyphens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.filters import place
from dashboard.results import Result
from data_access.vocabulary import slug

# Excel opens no path longer than 218 characters; a folder needs some of them.
_LONGEST: Final = 150


def file_name(result: Result | Sequence[Result], extension: str, *, what: str = "") -> str:
    """Name the file of one or more results; `what` takes the place of the metric's key.

    'vote-balance-staff-voice-england-we-are-a-team-2021-02-01-to-2021-02-28-published-2021-03-02.csv'
    """
    results = [result] if isinstance(result, Result) else list(result)
    first = results[0]
    stamp, selection = first.stamp, first.selection
    what = what or (slug(first.metric.key) if len(results) == 1 else "figures")
    days = [day.isoformat() for day in (stamp.data_from, stamp.data_to) if day is not None]
    parts = (
        what,
        slug(stamp.conversation_title)[:40].strip("-"),
        slug(place(selection)),
        slug(selection.element or "all elements"),
        "-to-".join(days),
        f"published-{stamp.published_at:%Y-%m-%d}",
    )
    return f"{'-'.join(part for part in parts if part)[:_LONGEST].strip('-')}.{extension}"
