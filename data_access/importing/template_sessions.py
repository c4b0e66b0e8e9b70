"""The template's tables of sessions and programmes."""

from __future__ import annotations

from typing import Final

from data_access.importing.template_columns import (
    Kind,
    TemplateColumn,
    TemplateTable,
    choice_column,
    date_column,
    id_column,
    person_column,
    text_column,
    whole_column,
)
from data_access.vocabulary import BookingStatus, FeedbackMoment, ProgrammeKind, SessionKind

_OWN_PSEUDONYM: Final = ". It gets a pseudonym of its own that never meets the conversation's"
_ROLE: Final = "Line manager, peer, supervisor, champion …"

SESSION_TABLES: Final[tuple[TemplateTable, ...]] = (
    TemplateTable(
        "sessions",
        "One row a live event.",
        (
            id_column("session", "Id of the session"),
            choice_column(
                "kind",
                "Open to all staff, or a regional group led by HR and OD; the first if empty",
                SessionKind,
                needed=False,
            ),
            text_column("title", "Topic", needed=True),
            TemplateColumn(
                "element", Kind.ELEMENTS, "The one element it was about; a trust's own names are understood", at_most=1
            ),
            TemplateColumn("region", Kind.REGION, "The region of a regional group"),
            date_column("held_on", "Date"),
            text_column("host_roles", "Roles of the hosts, joined by |; not their names"),
            text_column("recording_link", "Where the recording is, https://…"),
            text_column("slides_link", "Where the slides are, https://…"),
            text_column("notes_link", "Where the board of notes is, https://…"),
            text_column("input_link", "Where those who missed it add their feedback, https://…"),
            text_column("introduction", "A few sentences above the themes; no names"),
            text_column("key_themes", "What came up, joined by |"),
            text_column("actions_agreed", "What was agreed, joined by |"),
            whole_column("attended", "How many came, if it was counted"),
        ),
        key=("session",),
    ),
    TemplateTable(
        "feedback",
        "One row a note from a session, under the question it answers, in the order they are to be read. Never of a "
        "reflective group: such files are refused.",
        (
            id_column("point", "Id of the note"),
            id_column("session", "The session it comes from", refers_to="sessions"),
            text_column("question", "The question that was asked"),
            text_column("text", "The note", needed=True),
            choice_column(
                "given",
                "In the session, afterwards by those who caught up, or about the session itself; the first if empty",
                FeedbackMoment,
                needed=False,
            ),
        ),
        key=("point",),
    ),
    TemplateTable(
        "programmes",
        "One row a training programme or series of reflective groups.",
        (
            id_column("programme", "Id of the programme"),
            choice_column("kind", "What it offers", ProgrammeKind),
            text_column("name", "Its name", needed=True),
            whole_column("cost_per_place_pence", "What a place costs, in pence, if known"),
            whole_column("notice_days", "Cancelling later than this many days before counts as late"),
        ),
        key=("programme",),
    ),
    TemplateTable(
        "cohorts",
        "One row a dated run of a programme.",
        (
            id_column("cohort", "Id of the cohort"),
            id_column("programme", "The programme it belongs to", refers_to="programmes"),
            date_column("held_on", "Date"),
            TemplateColumn("region", Kind.REGION, "Region it is held for, if any"),
            whole_column("capacity", "Number of places"),
            whole_column("minutes", "How long it lasts, in minutes; a reflective group meets for 75"),
        ),
        key=("cohort",),
    ),
    TemplateTable(
        "interests",
        "One row a person who registered interest in a programme before there was a place to book.",
        (
            id_column("interest", "Id of the registration"),
            id_column("programme", "The programme it is for", refers_to="programmes"),
            person_column("person", note=_OWN_PSEUDONYM),
            text_column("role", _ROLE),
            TemplateColumn("region", Kind.REGION, "Where the person works"),
            date_column("registered_on", "When it was registered"),
        ),
        key=("interest",),
    ),
    TemplateTable(
        "bookings",
        "One row a place booked. Reflective groups: attendance only, never content.",
        (
            id_column("booking", "Id of the booking"),
            id_column("cohort", "The cohort booked", refers_to="cohorts"),
            person_column("person", note=_OWN_PSEUDONYM),
            text_column("role", _ROLE),
            TemplateColumn("region", Kind.REGION, "Where the person works"),
            date_column("booked_on", "When it was booked"),
            choice_column(
                "status",
                "What became of it. substituted: given to somebody else, who has a row of their own",
                BookingStatus,
            ),
            whole_column(
                "confidence_after",
                "Answer after the course, 1 (not at all) to 5 (very confident); dropped for reflective groups",
                at_least=1,
                at_most=5,
            ),
        ),
        key=("booking",),
    ),
)
