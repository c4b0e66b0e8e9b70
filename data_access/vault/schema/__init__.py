"""The vault's tables: everything imported, pseudonymised, as it came and in the order it came.

Two rules carry the rest.

* **Rows are added, never changed.** A later export of the same idea adds a newer row with the same key;
  readers keep the newest. Undoing an import deletes its rows, and the earlier ones stand again.
* **Rows become visible only when their import row is committed**: readers join on `import_run.state`.

`idea` and `participant` give the votes short integer keys. A vote on an idea nobody has supplied yet
points at an `idea` row without a version; it is counted from the day the idea arrives.

Times are milliseconds since 1970 in UTC, because two votes of one second must keep their order and
because SQLite has no time type; nothing finer than a closed day ever leaves the vault.
"""

from __future__ import annotations

from data_access.vault.schema.base import Base
from data_access.vault.schema.coding import Code, Theme, ThemeMap
from data_access.vault.schema.conversation import (
    Comment,
    Idea,
    IdeaTotal,
    IdeaVersion,
    ModerationEvent,
    Participant,
    ParticipantVersion,
    PostReport,
    VoteCast,
)
from data_access.vault.schema.imports import Conversation, ImportLedger, ImportRun, Quarantine
from data_access.vault.schema.retention import ErasedPerson, Erasure, Retention, WithdrawnText
from data_access.vault.schema.sessions import Booking, Cohort, FeedbackPoint, Interest, Programme, Session
from data_access.vault.schema.surveys import SurveyScore
from data_access.vault.schema.workforce import WorkforceCount

__all__ = [
    "Base",
    "Booking",
    "Code",
    "Cohort",
    "Comment",
    "Conversation",
    "ErasedPerson",
    "Erasure",
    "FeedbackPoint",
    "Idea",
    "IdeaTotal",
    "IdeaVersion",
    "ImportLedger",
    "ImportRun",
    "Interest",
    "ModerationEvent",
    "Participant",
    "ParticipantVersion",
    "PostReport",
    "Programme",
    "Quarantine",
    "Retention",
    "Session",
    "SurveyScore",
    "Theme",
    "ThemeMap",
    "VoteCast",
    "WithdrawnText",
    "WorkforceCount",
]
