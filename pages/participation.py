"""Who took part, when, and in which sessions."""

from __future__ import annotations

from dashboard.components import cards, footer, kpi_row, page_header
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(
    title="Participation",
    url="participation",
    section="Listen",
    order=50,
    figures=("funnel", "activity_by_day", "participants_by_region"),
)
PURPOSE = (
    "How many took part, how and when, online and in live sessions. The two stand side by side and are not summed."
)


def render(context: Context) -> None:
    """Show the figures, how far people went, each day, regions where they were cut, and the sessions."""
    page_header.show(PAGE, PURPOSE, context)
    kpi_row.show(context, context.result("conversation_totals"))
    cards.side_by_side(context, "funnel", "activity_by_day")
    if not context.result("participants_by_region").is_empty:
        cards.below(context, "participants_by_region")
    cards.side_by_side(context, "sessions", "feedback_by_question")
    footer.show(context)
