"""One run of a page that shows no numbers: who is there, and what they may look after.

Such pages (loading data, approvals, accounts) open before the first release, and for administrators, who may
see no numbers; those that show numbers have a `context.Context`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from dashboard.permissions import Viewer


@dataclass(frozen=True)
class Office:
    """What the `render` of a page without numbers works with.

    `home` is the folder of the inbox and the review tray, `releases` that of the releases; `now` has a time zone.
    """

    viewer: Viewer
    desk: Engine
    home: Path
    releases: Path
    contact: str
    now: datetime
