"""The accessibility statement."""

from __future__ import annotations

from dashboard.components import accessibility_statement, footer, page_header
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(title="Accessibility", url="accessibility", section="About", order=90)
PURPOSE = "How far everybody can use this dashboard, what does not work yet, and whom to tell."


def render(context: Context) -> None:
    """Show the statement; it has no numbers, so no filters stand above it."""
    page_header.without_filters(PAGE, PURPOSE, context)
    accessibility_statement.show(context.contact)
    footer.show(context)
