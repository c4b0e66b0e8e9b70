"""How people voted: the balance of each element, what is surest and what divides."""

from __future__ import annotations

from dashboard.components import cards, footer, page_header
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(title="Sentiment", url="sentiment", section="Listen", order=30)
PURPOSE = "What people voted for and against. Their votes are the measure; no machine guesses at feelings."


def render(context: Context) -> None:
    """Show the balance of votes by element, then the ideas with the surest support and those that divide."""
    page_header.show(PAGE, PURPOSE, context)
    cards.below(context, "vote_balance")
    cards.side_by_side(context, "top_ideas", "divided_ideas")
    footer.show(context)
