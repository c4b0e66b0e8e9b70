"""Names of files: what, whose, where, which days and when published, in lower case with hyphens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.filters import place
from dashboard.results import Result
from data_access.vocabulary import slug

# Excel opens no path longer than 218 characters; a folder needs some of them.
_LONGEST: Final = 150


def file_name(result: Result | Sequence[Result], extension: str) -> str:
    """Name the file of one or more results: the stem and what tells its format."""
    return f"{file_stem(result)}.{extension}"


def file_stem(result: Result | Sequence[Result], *, what: str = "") -> str:
    """Name the files of one or more results, whatever their format; `what` takes the place of the metric's key.

    The days are those of the closed weeks that were chosen, else all days of the data.

    'vote-balance-staff-voice-england-we-are-a-team-2021-02-01-to-2021-02-28-published-2021-03-02'
    """
    results = [result] if isinstance(result, Result) else list(result)
    first = results[0]
    stamp, selection = first.stamp, first.selection
    what = what or (slug(first.metric.key) if len(results) == 1 else "figures")
    covered = selection.period
    days = (covered.first, covered.last) if covered else (stamp.data_from, stamp.data_to)
    dates = (
        "-to-".join(day.isoformat() for day in days if day is not None),
        f"published-{stamp.published_at:%Y-%m-%d}",
    )
    when = "-".join(part for part in dates if part)
    named = (
        what,
        slug(stamp.conversation_title)[:40].strip("-"),
        slug(place(selection)),
        slug(selection.element or "all elements"),
    )
    # The dates stand at the end and are never cut off: a file is looked for by them.
    return f"{'-'.join(part for part in named if part)[: _LONGEST - len(when) - 1].strip('-')}-{when}"
