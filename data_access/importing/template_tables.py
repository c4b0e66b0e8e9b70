"""The template: the tables an exchange of data is made of, column by column.

One declaration serves four readers: the generator of the empty template and its guide, the import that
checks files against it, the export that writes the same form back, and the demo. A table is one file
(`ideas.csv`) or one sheet of a workbook (`ideas`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from data_access.problems import NothingThere
from data_access.vocabulary import (
    ELEMENTS,
    ActionStatus,
    BookingStatus,
    EventKind,
    ParticipantType,
    ProgrammeKind,
    SessionKind,
    StatusReason,
    Vote,
)


class Kind(StrEnum):
    """How the text of a cell is read."""

    ID = "id"  # kept letter for letter: '007' stays '007'
    TEXT = "text"
    MOMENT = "date and time"  # ISO 8601; without an offset it is the conversation's local time
    DATE = "date"
    WHOLE = "whole number"
    YES_NO = "yes or no"
    CHOICE = "one of a list"
    ELEMENTS = "elements"  # official names or aliases, several joined by a vertical bar
    REGION = "region"  # name or ODS code
    ICB = "ICB"  # ODS code or name


@dataclass(frozen=True)
class TemplateColumn:
    """One column: how it is read, whether a row needs it, and what it means."""

    name: str
    kind: Kind
    meaning: str
    is_required: bool = False
    choices: tuple[str, ...] = ()
    refers_to: str = ""


@dataclass(frozen=True)
class TemplateTable:
    """One table of the template. `key` columns identify a row across exports."""

    name: str
    about: str
    columns: tuple[TemplateColumn, ...]
    key: tuple[str, ...]
    belongs_to: str = "vault"  # 'desk' for the plan, which holds no participant data


def _id(name: str, meaning: str, *, needed: bool = True, refers_to: str = "") -> TemplateColumn:
    return TemplateColumn(name, Kind.ID, meaning, is_required=needed, refers_to=refers_to)


def _text(name: str, meaning: str, *, needed: bool = False) -> TemplateColumn:
    return TemplateColumn(name, Kind.TEXT, meaning, is_required=needed)


def _moment(name: str, meaning: str, *, needed: bool = False) -> TemplateColumn:
    return TemplateColumn(name, Kind.MOMENT, meaning, is_required=needed)


def _date(name: str, meaning: str) -> TemplateColumn:
    return TemplateColumn(name, Kind.DATE, meaning)


def _whole(name: str, meaning: str, *, needed: bool = False) -> TemplateColumn:
    return TemplateColumn(name, Kind.WHOLE, meaning, is_required=needed)


def _choice(
    name: str, meaning: str, choices: type[StrEnum] | tuple[str, ...], *, needed: bool = True
) -> TemplateColumn:
    return TemplateColumn(name, Kind.CHOICE, meaning, is_required=needed, choices=tuple(str(c) for c in choices))


_PERSON: Final = "The platform's own id; it is turned into a keyed pseudonym on arrival. Never a name or an e-mail"
_ELEMENTS: Final = f"People Promise elements, several joined by |. Official names: {'; '.join(ELEMENTS)}"

TEMPLATE: Final[tuple[TemplateTable, ...]] = (
    TemplateTable(
        "conversation",
        "One row: what this conversation is and the rules it is published by.",
        (
            _text("title", "Title shown on every page", needed=True),
            _date("opens_on", "First day"),
            _date("closes_on", "Last day; votes cast later are withheld as 'closed'"),
            _text("timezone", "IANA name; Europe/London if empty"),
            _whole("threshold", "Smallest number of participants that may be shown; 10 if empty, never below 5"),
            _choice(
                "moderation_mode", "Are posts shown before a moderator looked?", ("permissive", "strict"), needed=False
            ),
            _text("staff_group_scheme", "Which list the staff groups come from"),
            TemplateColumn("is_demo", Kind.YES_NO, "yes if the data are made up; every page then says so"),
        ),
        key=(),
    ),
    TemplateTable(
        "participants",
        "One row a participant: the few things asked at the door, nothing that names anybody.",
        (
            _id("participant", _PERSON),
            _choice("participant_type", "HR/OD profession, or a customer of HR and OD", ParticipantType, needed=False),
            TemplateColumn("region", Kind.REGION, "NHS England region, name or ODS code"),
            TemplateColumn("icb", Kind.ICB, "Integrated care board, ODS code or name, as at the conversation's date"),
            _text("organisation", "Employer"),
            _text("staff_group", "In the words of the conversation's staff-group scheme"),
            _moment("registered_at", "When the person registered"),
            _moment("signed_in_at", "When the person first signed in"),
        ),
        key=("participant",),
    ),
    TemplateTable(
        "ideas",
        "One row an idea, as it was posted.",
        (
            _id("idea", "The platform's id of the idea"),
            _id("author", _PERSON, needed=False),
            _moment("posted_at", "When it was posted", needed=True),
            _text("title", "Its title, if it has one"),
            _text("text", "Its words", needed=True),
            TemplateColumn("elements", Kind.ELEMENTS, _ELEMENTS),
            TemplateColumn("is_seed", Kind.YES_NO, "yes if the facilitators posted it to start the conversation"),
        ),
        key=("idea",),
    ),
    TemplateTable(
        "comments",
        "One row a comment on an idea, or a reply to a comment.",
        (
            _id("comment", "The platform's id of the comment"),
            _id("idea", "The idea it stands under", refers_to="ideas"),
            _id("reply_to", "The comment it answers, if it is a reply", needed=False, refers_to="comments"),
            _id("author", _PERSON, needed=False),
            _moment("posted_at", "When it was posted", needed=True),
            _text("text", "Its words", needed=True),
        ),
        key=("comment",),
    ),
    TemplateTable(
        "votes",
        "One row each time somebody votes; a change of mind is a second row.",
        (
            _id("participant", _PERSON),
            _id("idea", "The idea voted on", refers_to="ideas"),
            _moment("cast_at", "When it was cast", needed=True),
            _choice("vote", "What they said of it", Vote),
        ),
        key=("participant", "idea", "cast_at", "vote"),
    ),
    TemplateTable(
        "reports",
        "One row each time somebody reported a post to the moderators.",
        (
            _id("report", "The platform's id of the report"),
            _choice("post_kind", "What was reported", ("idea", "comment")),
            _id("post", "Id of the idea or comment"),
            _id("reporter", _PERSON, needed=False),
            _moment("reported_at", "When"),
            _text("reason", "As chosen from the platform's list; not free text"),
        ),
        key=("report",),
    ),
    TemplateTable(
        "moderation_log",
        "One row each thing a moderator did, in order.",
        (
            _whole("sequence", "Its place in the log", needed=True),
            _moment("happened_at", "When", needed=True),
            _choice("kind", "What was done", EventKind),
            _choice("post_kind", "To what; idea if empty", ("idea", "comment"), needed=False),
            _id("target", "merge: the idea that remains; otherwise the post it was done to"),
            _id("sources", "merge: the ideas that go into the target, joined by |", needed=False),
            _id("parts", "split: the ideas it was broken into, joined by |", needed=False),
            _id("inherits", "split: the one part that keeps the votes and comments, if any", needed=False),
            _text("title", "retitle, merge: the new title"),
            _text("text", "retitle: the new words, if they changed"),
            _text("reason", "remove: why, from the moderators' list"),
            _text("note", "A moderator's note; stays in the vault"),
        ),
        key=("sequence",),
    ),
    TemplateTable(
        "themes",
        "The coding frame: one row a theme of one version.",
        (
            _whole("frame_version", "Version of the frame, counted from 1", needed=True),
            _id("theme", "Code of the theme"),
            _text("name", "Its name", needed=True),
            TemplateColumn("element", Kind.ELEMENTS, "The one element it belongs to, if any"),
            _id("parent", "Code of the theme above it", needed=False),
            _text("definition", "When it applies"),
        ),
        key=("frame_version", "theme"),
    ),
    TemplateTable(
        "codes",
        "Who gave which theme to which post; one row an assignment.",
        (
            _whole("frame_version", "Version of the frame it was coded in", needed=True),
            _choice("item_kind", "What was coded", ("idea", "comment", "feedback")),
            _id("item", "Id of the idea, comment or feedback point"),
            _id("theme", "Code of the theme", refers_to="themes"),
            _id("coder", "Initials or number of the coder"),
        ),
        key=("frame_version", "item_kind", "item", "theme", "coder"),
    ),
    TemplateTable(
        "sessions",
        "One row a live event.",
        (
            _id("session", "Id of the session"),
            _choice(
                "kind",
                "Open to all staff, or a regional group led by HR and OD; the first if empty",
                SessionKind,
                needed=False,
            ),
            _text("title", "Topic", needed=True),
            TemplateColumn(
                "element", Kind.ELEMENTS, "The one element it was about; a trust's own names are understood"
            ),
            _date("held_on", "Date"),
            _text("host_roles", "Roles of the hosts, joined by |; not their names"),
            _text("recording_link", "Where the recording is"),
            _text("slides_link", "Where the slides are"),
            _text("key_themes", "What came up, joined by |"),
            _text("actions_agreed", "What was agreed, joined by |"),
            _whole("attended", "How many came, if it was counted"),
        ),
        key=("session",),
    ),
    TemplateTable(
        "feedback",
        "One row a note from a session, under the question it answers.",
        (
            _id("point", "Id of the note"),
            _id("session", "The session it comes from", refers_to="sessions"),
            _text("question", "The question that was asked"),
            _text("text", "The note", needed=True),
        ),
        key=("point",),
    ),
    TemplateTable(
        "programmes",
        "One row a training programme or series of reflective groups.",
        (
            _id("programme", "Id of the programme"),
            _choice("kind", "What it offers", ProgrammeKind),
            _text("name", "Its name", needed=True),
            _whole("cost_per_place_pence", "What a place costs, in pence, if known"),
            _whole("notice_days", "Cancelling later than this many days before counts as late"),
        ),
        key=("programme",),
    ),
    TemplateTable(
        "cohorts",
        "One row a dated run of a programme.",
        (
            _id("cohort", "Id of the cohort"),
            _id("programme", "The programme it belongs to", refers_to="programmes"),
            _date("held_on", "Date"),
            TemplateColumn("region", Kind.REGION, "Region it is held for, if any"),
            _whole("capacity", "Number of places"),
        ),
        key=("cohort",),
    ),
    TemplateTable(
        "bookings",
        "One row a place booked. Reflective groups: attendance only, never content.",
        (
            _id("booking", "Id of the booking"),
            _id("cohort", "The cohort booked", refers_to="cohorts"),
            _id("person", _PERSON + ". It gets a pseudonym of its own that never meets the conversation's"),
            _text("role", "Line manager, peer, supervisor, champion …"),
            TemplateColumn("region", Kind.REGION, "Where the person works"),
            _date("booked_on", "When it was booked"),
            _choice("status", "What became of it", BookingStatus),
            _whole("confidence_after", "Answer after the course, 1 (not at all) to 5 (very confident)"),
        ),
        key=("booking",),
    ),
    TemplateTable(
        "plan_actions",
        "The register: one row for each of the 35 actions of the plan.",
        (
            _whole("number", "1 to 35", needed=True),
            _text("theme", "Theme of the plan it belongs to"),
            _text("owner_level", "National, regional, system (ICS) or organisation, as stated"),
            _text("leads", "Posts that lead it, joined by |"),
            _text("wording", "Its published wording; leave empty if you do not have it"),
            _text("due_stated", "The date exactly as the plan states it: 'by 2023', 'from 2024'"),
            _date("due_earliest", "Earliest day that meets it"),
            _date("due_latest", "Latest day that meets it; overdue is worked out from this alone"),
            _text("governance", "Which board oversees it"),
            _text("measure", "How success is measured, if anybody has said"),
            _text("priority", "Immediate priority published for it, if any; it is not the wording"),
            _text("source", "Where this row comes from"),
            _text("confidence", "How sure this row is and what is missing from it"),
        ),
        key=("number",),
        belongs_to="desk",
    ),
    TemplateTable(
        "plan_commitments",
        "Commitments of the plan whose action number is not known; kept apart from the 35.",
        (
            _id("commitment", "Id, such as U01"),
            _text("theme", "Theme of the plan"),
            _text("owner_level", "Who owns it, as stated"),
            _text("wording", "What was promised", needed=True),
            _text("due_stated", "The date as stated"),
            _text("source", "Where this row comes from"),
            _text("confidence", "How sure this row is and what is missing from it"),
        ),
        key=("commitment",),
        belongs_to="desk",
    ),
    TemplateTable(
        "milestones",
        "Steps of an action.",
        (
            _whole("action", "Number of the action", needed=True),
            _id("milestone", "Id of the milestone"),
            _text("text", "What will have happened", needed=True),
            _text("due_stated", "Date as stated"),
            _date("due_latest", "Latest day"),
            _date("reached_on", "Day it was reached, if it was"),
        ),
        key=("milestone",),
        belongs_to="desk",
    ),
    TemplateTable(
        "updates",
        "History of the actions' status: one row each time somebody recorded one.",
        (
            _whole("action", "Number of the action", needed=True),
            _date("as_at", "The day the status describes"),
            _moment("recorded_at", "When it was written down", needed=True),
            _choice("status", "Status in the words of the register", ActionStatus),
            _choice("reason", "Why it cannot show more, if so", StatusReason, needed=False),
            _text("note", "A short note"),
            _text("recorded_by", "Post of the person who recorded it"),
        ),
        key=("action", "as_at", "recorded_at"),
        belongs_to="desk",
    ),
    TemplateTable(
        "evidence",
        "Links from an action to what people said.",
        (
            _whole("action", "Number of the action", needed=True),
            _choice("kind", "What it points to", ("theme", "idea", "feedback", "session action")),
            _id("item", "Id of the theme, idea, feedback point or session"),
            _choice("response", "'You said, we did'", ("done", "doing", "cannot do"), needed=False),
            _text("response_text", "What was done, or why it cannot be"),
        ),
        key=("action", "kind", "item"),
        belongs_to="desk",
    ),
)

BY_NAME: Final[dict[str, TemplateTable]] = {table.name: table for table in TEMPLATE}


def template_table(name: str) -> TemplateTable:
    """Give the table of the template with that name; raises `NothingThere` naming those there are."""
    if name not in BY_NAME:
        raise NothingThere(f"The template has no table '{name}'. Tables: {', '.join(BY_NAME)}.")
    return BY_NAME[name]
