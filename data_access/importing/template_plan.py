"""The template's tables of the plan. They belong to the desk: no participant data."""

from __future__ import annotations

from typing import Final

from data_access.importing.template_columns import (
    TemplateTable,
    choice_column,
    date_column,
    id_column,
    moment_column,
    text_column,
    whole_column,
)
from data_access.vocabulary import ActionStatus, StatusReason

PLAN_TABLES: Final[tuple[TemplateTable, ...]] = (
    TemplateTable(
        "plan_actions",
        "The register: one row for each of the 35 actions of the plan.",
        (
            whole_column("number", "1 to 35", needed=True, at_least=1, at_most=35),
            text_column("theme", "Theme of the plan it belongs to"),
            text_column("owner_level", "National, regional, system (ICS) or organisation, as stated"),
            text_column("leads", "Posts that lead it, joined by |"),
            text_column("wording", "Its published wording; leave empty if you do not have it"),
            text_column("due_stated", "The date exactly as the plan states it: 'by 2023', 'from 2024'"),
            date_column("due_earliest", "Earliest day that meets it"),
            date_column("due_latest", "Latest day that meets it; overdue is worked out from this alone"),
            text_column("governance", "Which board oversees it"),
            text_column("measure", "How success is measured, if anybody has said"),
            text_column("priority", "Immediate priority published for it, if any; it is not the wording"),
            text_column("source", "Where this row comes from"),
            text_column("confidence", "How sure this row is and what is missing from it"),
        ),
        key=("number",),
        belongs_to="desk",
    ),
    TemplateTable(
        "plan_commitments",
        "Commitments of the plan whose action number is not known; kept apart from the 35.",
        (
            id_column("commitment", "Id, such as U01"),
            text_column("theme", "Theme of the plan"),
            text_column("owner_level", "Who owns it, as stated"),
            text_column("wording", "What was promised", needed=True),
            text_column("due_stated", "The date as stated"),
            text_column("source", "Where this row comes from"),
            text_column("confidence", "How sure this row is and what is missing from it"),
        ),
        key=("commitment",),
        belongs_to="desk",
    ),
    TemplateTable(
        "milestones",
        "Steps of an action.",
        (
            whole_column("action", "Number of the action", needed=True, at_least=1, at_most=35),
            id_column("milestone", "Id of the milestone"),
            text_column("text", "What will have happened", needed=True),
            text_column("due_stated", "Date as stated"),
            date_column("due_latest", "Latest day"),
            date_column("reached_on", "Day it was reached, if it was"),
        ),
        key=("milestone",),
        belongs_to="desk",
    ),
    TemplateTable(
        "updates",
        "History of the actions' status: one row each time somebody recorded one.",
        (
            whole_column("action", "Number of the action", needed=True, at_least=1, at_most=35),
            date_column("as_at", "The day the status describes"),
            moment_column("recorded_at", "When it was written down", needed=True),
            choice_column("status", "Status in the words of the register", ActionStatus),
            choice_column("reason", "Why it cannot show more, if so", StatusReason, needed=False),
            text_column("note", "A short note"),
            choice_column("expected_status", "Status expected at the year's end, if said", ActionStatus, needed=False),
            date_column("expected_by", "The day it is expected for; 31 March after as_at if left out"),
            text_column("recorded_by", "Post of the person who recorded it"),
        ),
        key=("action", "as_at", "recorded_at"),
        belongs_to="desk",
    ),
    TemplateTable(
        "evidence",
        "Links from an action to what people said.",
        (
            whole_column("action", "Number of the action", needed=True, at_least=1, at_most=35),
            choice_column("kind", "What it points to", ("theme", "idea", "feedback", "session action")),
            id_column("item", "Id of the theme, idea, feedback point or session"),
            choice_column("response", "'You said, we did'", ("done", "doing", "cannot do"), needed=False),
            text_column("response_text", "What was done, or why it cannot be"),
        ),
        key=("action", "kind", "item"),
        belongs_to="desk",
    ),
)
