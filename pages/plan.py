"""The plan that grew out of the conversation: 35 actions, how they stand, and what is not known of them."""

from __future__ import annotations

from dashboard.components import footer, page_header, plan_view
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(
    title="Plan",
    url="plan",
    section="",
    order=60,
    figures=("plan_status", "plan_by_theme", "plan_overdue", "plan_milestones", "plan_register"),
)
PURPOSE = "How the 35 actions stand, which are late, and what the register does and does not know of each."


def render(context: Context) -> None:
    """Show the status of the actions, the board by theme, dates, milestones and the register."""
    page_header.without_filters(PAGE, PURPOSE, context)
    plan_view.show(context)
    footer.show(context)
