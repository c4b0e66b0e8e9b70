"""All ideas that stand, in the words of their authors."""

from __future__ import annotations

from dashboard.components import cards, footer, idea_list, page_header
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(title="Ideas", url="ideas", section="", order=40, figures=("ideas",))
PURPOSE = "Every idea that stands after moderation, to read, search and follow to its votes, comments and actions."


def render(context: Context) -> None:
    """Show the list of ideas of the selection and what they share, or the one idea the link names."""
    ideas = context.result("ideas")
    page_header.show(PAGE, PURPOSE, context)
    if idea_list.show(context, ideas):
        cards.if_any(context, "supplied_totals")
        cards.side_by_side(context, "elements_per_idea", "element_overlap")
    footer.show(context)
