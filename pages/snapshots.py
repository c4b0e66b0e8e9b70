"""Snapshots: what the board saw, kept as it was, compared with what was seen later."""

from __future__ import annotations

from dashboard.components import footer, page_header, snapshot_compare, snapshot_list, snapshot_take
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(title="Snapshots", url="snapshots", section="Reports", order=75)
PURPOSE = "Keep the figures of a release and a day of the plan as files that never change, and see later what did."


def render(context: Context) -> None:
    """Offer to take a snapshot of what is selected; list those there are; compare two of them."""
    page_header.show(PAGE, PURPOSE, context)
    snapshot_take.show(context)
    kept = snapshot_list.show(context)
    snapshot_compare.show(context, kept)
    footer.show(context)
