"""How people voted: the balance of each element, what is surest, what divides, and where groups differ."""

from __future__ import annotations

from dashboard.components import cards, footer, link_choice, page_header
from dashboard.context import Context
from dashboard.specs import Page

FIGURES = ("vote_balance", "top_ideas", "divided_ideas", "region_differences", "staff_group_differences")
PAGE = Page(title="Sentiment", url="sentiment", section="", order=30, figures=FIGURES)
PURPOSE = "What people voted for and against. Their votes are the measure; no machine guesses at feelings."
VIEWS = {
    "ideas": "Elements and ideas",
    "groups": "Regions and staff groups",
    "time": "Over the weeks",
    "opinion": "Opinion groups",
    "sources": "Three sources",
}
AUTHORS = {"counted": "Authors’ own votes counted", "taken-off": "Authors’ own votes taken off"}


def render(context: Context) -> None:
    """Show one of five views: elements and ideas, groups, change over the weeks, opinion groups, three sources."""
    page_header.show(PAGE, PURPOSE, context)
    if link_choice.is_offered(context, {"view": VIEWS, "authors": AUTHORS}):
        _view(context)
    footer.show(context)


def _view(context: Context) -> None:
    view = link_choice.show(context, "view", "View", VIEWS)
    if view == "ideas":
        _ideas(context)
    elif view == "groups":
        cards.side_by_side(context, "region_differences", "staff_group_differences")
        cards.side_by_side(context, "consensus_by_region", "consensus_by_staff_group")
        cards.below(context, "consensus_ideas")
    elif view == "time":
        cards.side_by_side(context, "change_by_element", "late_ideas")
    elif view == "opinion":
        cards.side_by_side(context, "polis_representative", "polis_consensus")
        cards.below(context, "polis_group_consensus")
    else:
        cards.below(context, "three_sources")


def _ideas(context: Context) -> None:
    cards.below(context, "vote_balance")
    authors = link_choice.show(context, "authors", "Votes on ideas", AUTHORS)
    ending = "" if authors == "counted" else "_without_authors"
    cards.side_by_side(context, f"top_ideas{ending}", f"divided_ideas{ending}")
    cards.if_any(context, "supplied_totals")
