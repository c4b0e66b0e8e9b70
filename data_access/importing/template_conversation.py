"""The template's tables of a conversation, its moderation and its coding."""

from __future__ import annotations

from typing import Final

from data_access.importing.template_columns import (
    ELEMENTS_MEANING,
    LARGEST_SEQUENCE,
    Kind,
    TemplateColumn,
    TemplateTable,
    choice_column,
    date_column,
    id_column,
    moment_column,
    person_column,
    text_column,
    whole_column,
)
from data_access.vocabulary import SMALLEST_THRESHOLD, EventKind, ParticipantType, Vote

CONVERSATION_TABLES: Final[tuple[TemplateTable, ...]] = (
    TemplateTable(
        "conversation",
        "One row: what this conversation is and the rules it is published by.",
        (
            text_column("title", "Title shown on every page", needed=True),
            date_column("opens_on", "First day"),
            date_column("closes_on", "Last day; votes cast later are withheld as 'closed'"),
            text_column("timezone", "IANA name; Europe/London if empty"),
            whole_column(
                "threshold",
                "Smallest number of participants that may be shown; 10 if empty, never below 5",
                at_least=SMALLEST_THRESHOLD,
            ),
            choice_column(
                "moderation_mode", "Are posts shown before a moderator looked?", ("permissive", "strict"), needed=False
            ),
            text_column("staff_group_scheme", "Which list the staff groups come from"),
            TemplateColumn("is_demo", Kind.YES_NO, "yes if the data are made up; every page then says so"),
        ),
        key=(),
    ),
    TemplateTable(
        "participants",
        "One row a participant: the few things asked at the door, nothing that names anybody.",
        (
            person_column("participant"),
            choice_column(
                "participant_type", "HR/OD profession, or a customer of HR and OD", ParticipantType, needed=False
            ),
            TemplateColumn("region", Kind.REGION, "NHS England region, name or ODS code"),
            TemplateColumn("icb", Kind.ICB, "Integrated care board, ODS code or name, as at the conversation's date"),
            text_column("organisation", "Employer"),
            text_column("staff_group", "In the words of the conversation's staff-group scheme"),
            moment_column("registered_at", "When the person registered"),
            moment_column("signed_in_at", "When the person first signed in"),
        ),
        key=("participant",),
    ),
    TemplateTable(
        "ideas",
        "One row an idea, as it was posted.",
        (
            id_column("idea", "The platform's id of the idea"),
            person_column("author", needed=False),
            moment_column("posted_at", "When it was posted; empty if nobody knows"),
            text_column("title", "Its title, if it has one"),
            text_column("text", "Its words", needed=True),
            TemplateColumn("elements", Kind.ELEMENTS, ELEMENTS_MEANING),
            TemplateColumn("is_seed", Kind.YES_NO, "yes if the facilitators posted it to start the conversation"),
        ),
        key=("idea",),
    ),
    TemplateTable(
        "idea_totals",
        "Only for sources that give no votes: one row an idea, how many said what. Leave it out if you have votes.",
        (
            id_column("idea", "The idea counted", refers_to="ideas"),
            whole_column("agree", "How many agreed, liked or supported; empty if the source does not count it"),
            whole_column("passed", "How many passed; empty if the source offers no pass"),
            whole_column("disagree", "How many disagreed or disliked; empty if the source offers no such thing"),
            text_column("source", "Which platform counted"),
        ),
        key=("idea",),
    ),
    TemplateTable(
        "comments",
        "One row a comment on an idea, or a reply to a comment.",
        (
            id_column("comment", "The platform's id of the comment"),
            id_column("idea", "The idea it stands under", refers_to="ideas"),
            id_column("reply_to", "The comment it answers, if it is a reply", needed=False, refers_to="comments"),
            person_column("author", needed=False),
            moment_column("posted_at", "When it was posted; empty if nobody knows"),
            text_column("text", "Its words", needed=True),
        ),
        key=("comment",),
    ),
    TemplateTable(
        "votes",
        "One row each time somebody votes; a change of mind is a second row.",
        (
            person_column("participant"),
            id_column("idea", "The idea voted on", refers_to="ideas"),
            moment_column("cast_at", "When it was cast", needed=True),
            choice_column("vote", "What they said of it", Vote),
        ),
        key=("participant", "idea", "cast_at", "vote"),
    ),
    TemplateTable(
        "reports",
        "One row each time somebody reported a post to the moderators.",
        (
            id_column("report", "The platform's id of the report"),
            choice_column("post_kind", "What was reported", ("idea", "comment")),
            id_column("post", "Id of the idea or comment"),
            person_column("reporter", needed=False),
            moment_column("reported_at", "When"),
            text_column("reason", "As chosen from the platform's list; not free text"),
        ),
        key=("report",),
    ),
    TemplateTable(
        "moderation_log",
        "One row each thing a moderator did, in order.",
        (
            whole_column("sequence", "Its place in the log", needed=True, at_most=LARGEST_SEQUENCE),
            moment_column("happened_at", "When", needed=True),
            choice_column("kind", "What was done", EventKind),
            choice_column("post_kind", "To what; idea if empty", ("idea", "comment"), needed=False),
            id_column("target", "merge: the idea that remains; otherwise the post it was done to"),
            id_column("sources", "merge: the ideas that go into the target, joined by |", needed=False),
            id_column("parts", "split: the ideas it was broken into, joined by |", needed=False),
            id_column("inherits", "split: the one part that keeps the votes and comments, if any", needed=False),
            text_column("title", "retitle, merge: the new title"),
            text_column("text", "retitle: the new words, if they changed"),
            text_column("reason", "remove: why, from the moderators' list"),
            text_column("note", "A moderator's note; stays in the vault"),
        ),
        key=("sequence",),
    ),
    TemplateTable(
        "themes",
        "The coding frame: one row a theme of one version.",
        (
            whole_column("frame_version", "Version of the frame, counted from 1", needed=True, at_least=1),
            id_column("theme", "Code of the theme"),
            text_column("name", "Its name", needed=True),
            TemplateColumn("element", Kind.ELEMENTS, "The one element it belongs to, if any", at_most=1),
            id_column("parent", "Code of the theme above it", needed=False),
            text_column("definition", "When it applies"),
        ),
        key=("frame_version", "theme"),
    ),
    TemplateTable(
        "codes",
        "Who gave which theme to which post; one row an assignment.",
        (
            whole_column("frame_version", "Version of the frame it was coded in", needed=True, at_least=1),
            choice_column("item_kind", "What was coded", ("idea", "comment", "feedback")),
            id_column("item", "Id of the idea, comment or feedback point"),
            id_column("theme", "Code of the theme", refers_to="themes"),
            id_column("coder", "Initials or number of the coder"),
            TemplateColumn("is_withdrawn", Kind.YES_NO, "yes takes an assignment of an earlier import back"),
        ),
        key=("frame_version", "item_kind", "item", "theme", "coder"),
    ),
    TemplateTable(
        "theme_map",
        "What became of a theme in a later version; leave out those that kept their code. One row a successor.",
        (
            whole_column("from_version", "Version of the frame the theme is in", needed=True, at_least=1),
            id_column("from_theme", "Code of the theme there", refers_to="themes"),
            whole_column("to_version", "The later version", needed=True, at_least=1),
            id_column(
                "to_theme", "Code of the theme it has become; empty if none covers it", needed=False, refers_to="themes"
            ),
            text_column("note", "Why; stays in the vault"),
        ),
        key=("from_version", "from_theme", "to_version", "to_theme"),
    ),
)
