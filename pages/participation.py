"""Who took part, when, from where, and whether by more than chance."""

from __future__ import annotations

from dashboard.components import footer, page_header, participation_view
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(
    title="Participation",
    url="participation",
    section="",
    order=50,
    figures=(
        "funnel",
        "activity_by_day",
        "new_and_returning",
        "retention",
        "concentration",
        "participants_by_region",
        "response_rate",
        "representativeness",
        "xmr_by_day",
    ),
)
PURPOSE = (
    "How many took part, how and when, online and in live sessions, and whom they stand for. Conversation and sessions "
    "stand side by side and are not summed."
)


def render(context: Context) -> None:
    """Show one view of participation."""
    page_header.show(PAGE, PURPOSE, context)
    participation_view.show(context)
    footer.show(context)
