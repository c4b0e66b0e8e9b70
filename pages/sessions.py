"""The live sessions: what was asked, what was said, what was agreed."""

from __future__ import annotations

from dashboard.components import footer, page_header, session_list
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(
    title="Sessions",
    url="sessions",
    section="Sessions and training",
    order=52,
    figures=("sessions", "session_elements", "feedback_by_question"),
)
PURPOSE = (
    "What was asked, said and agreed in each live session and each regional group. Notes carry no names, so every one "
    "is counted."
)


def render(context: Context) -> None:
    """Show the sessions and what they left together, or the one the link names."""
    page_header.show(PAGE, PURPOSE, context)
    session_list.show(context)
    footer.show(context)
