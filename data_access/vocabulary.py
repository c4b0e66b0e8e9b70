"""The closed lists of the domain and how its names are spelled in links.

One word per concept, the same in tables, code, screen and manual; `docs/glossary.md` explains each.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final

ENGLAND: Final = "England"
NOT_CODED: Final = "Not yet coded"
NOT_STATED: Final = "Not stated"
NO_STATUS: Final = "no status recorded"
SMALLEST_THRESHOLD: Final = 5
USUAL_THRESHOLD: Final = 10

# The seven elements of the NHS People Promise in their official order and wording.
ELEMENTS: Final[tuple[str, ...]] = (
    "We are compassionate and inclusive",
    "We are recognised and rewarded",
    "We each have a voice that counts",
    "We are safe and healthy",
    "We are always learning",
    "We work flexibly",
    "We are a team",
)

# Names that trusts use for the same elements, in lower case. The official short names come first; the
# rest are the session names of one trust's Big Conversation and the wordings met in its pages.
ELEMENT_ALIASES: Final[dict[str, str]] = {
    "compassionate and inclusive": ELEMENTS[0],
    "compassion & inclusivity": ELEMENTS[0],
    "compassion and inclusivity": ELEMENTS[0],
    "recognised and rewarded": ELEMENTS[1],
    "recognition & reward": ELEMENTS[1],
    "recognition and reward": ELEMENTS[1],
    "voice that counts": ELEMENTS[2],
    "staff voice": ELEMENTS[2],
    "safe and healthy": ELEMENTS[3],
    "safety & health": ELEMENTS[3],
    "safety and health": ELEMENTS[3],
    "always learning": ELEMENTS[4],
    "learning & development": ELEMENTS[4],
    "learning and development": ELEMENTS[4],
    "work flexibly": ELEMENTS[5],
    "flexibility": ELEMENTS[5],
    "flexible working": ELEMENTS[5],
    "team": ELEMENTS[6],
    "a team": ELEMENTS[6],
}


class Vote(StrEnum):
    """What a participant can say of an idea. Sources with thumbs only have no pass."""

    AGREE = "agree"
    PASS = "pass"  # noqa: S105 - a vote, not a password
    DISAGREE = "disagree"


VOTE_VALUES: Final[dict[Vote, int]] = {Vote.AGREE: 1, Vote.PASS: 0, Vote.DISAGREE: -1}


class ParticipantType(StrEnum):
    """Who takes part: the people profession itself, or those who use its services."""

    PROFESSION = "HR/OD profession"
    CUSTOMER = "Customer"


class ModerationMode(StrEnum):
    """Whether a post no moderator has looked at yet is shown (permissive) or not (strict)."""

    PERMISSIVE = "permissive"
    STRICT = "strict"


class EventKind(StrEnum):
    """What a moderator can do to an idea or a comment."""

    MERGE = "merge"
    SPLIT = "split"
    REMOVE = "remove"
    RESTORE = "restore"
    RETITLE = "retitle"


class IdeaState(StrEnum):
    """What has become of an idea."""

    LIVE = "live"
    MERGED = "merged"
    SPLIT = "split"
    REMOVED = "removed"
    NOT_SHOWN = "not shown"
    UNKNOWN = "unknown"


class Fate(StrEnum):
    """What becomes of a vote; exactly one of these for each."""

    COUNTED = "counted"
    SUPERSEDED = "superseded"
    WITHHELD = "withheld"


class Withheld(StrEnum):
    """Why a vote or a comment does not count; where several hold, the first of this list is given."""

    CLOSED = "cast after the close"
    UNKNOWN = "unknown idea"
    REMOVED = "removed"
    NOT_SHOWN = "not shown (strict)"
    SPLIT = "split"


class SessionKind(StrEnum):
    """A live event: open to all staff, or a group led by HR and OD professionals of a region."""

    BIG_CONVERSATION = "big conversation"
    REGIONAL_GROUP = "regional group"


class FeedbackMoment(StrEnum):
    """When a note was given: in the session, afterwards by somebody who caught up, or on the session itself."""

    IN_SESSION = "in the session"
    AFTERWARDS = "afterwards"
    ABOUT_SESSION = "about the session"


class ProgrammeKind(StrEnum):
    """What a programme offers. Reflective groups show attendance only, never content."""

    TRAINING = "training"
    REFLECTIVE = "reflective group"
    TRAIN_THE_TRAINER = "train the trainer"


class BookingStatus(StrEnum):
    """What became of a place that was booked."""

    BOOKED = "booked"
    ATTENDED = "attended"
    DID_NOT_ATTEND = "did not attend"
    LATE_CANCELLED = "late cancelled"
    EARLY_CANCELLED = "early cancelled"
    SUBSTITUTED = "substituted"
    WAITING = "waiting"


HELD: Final = "places held"
INTEREST: Final = "interest registered"
# Bookings that take up a place, before the day and after it: not given back, not handed on, not waiting.
PLACES_HELD: Final = (BookingStatus.BOOKED.value, BookingStatus.ATTENDED.value, BookingStatus.DID_NOT_ATTEND.value)


class ActionStatus(StrEnum):
    """Status of an action of the plan, in the words of the register."""

    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    COMPLETE = "complete"
    PROPOSED_CLOSED = "proposed closed"
    CLOSED = "closed"


FINISHED: Final = (ActionStatus.COMPLETE.value, ActionStatus.CLOSED.value)  # 'proposed closed' is not agreed yet


class StatusReason(StrEnum):
    """Why an action cannot show what it should."""

    OUTSIDE_OWN_CONTROL = "outside own control"
    NO_MEASURE_YET = "no measure yet"


class Role(StrEnum):
    """What a person who signs in is here for."""

    LEADER = "leader"
    HR = "hr"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


def slug(name: str) -> str:
    """Spell a name for a link or a file name: lower case, words joined by hyphens.

    'We are a team' → 'we-are-a-team'. Letters lose their accents; a name without any letter or digit of
    the Latin script keeps its own letters.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    source = plain if re.search(r"[A-Za-z0-9]", plain) else unicodedata.normalize("NFC", name)
    return re.sub(r"[\W_]+", "-", source.lower()).strip("-")


def element_named(text: str) -> str | None:
    """Give the official element a text names, by its official name, its short name, an alias or a slug."""
    wanted = " ".join(text.casefold().split())
    for element in ELEMENTS:
        if wanted in (element.casefold(), slug(element)):
            return element
    return ELEMENT_ALIASES.get(wanted)
