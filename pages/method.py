"""How every number is counted, how people are protected, what moderators did, and how to cite."""

from __future__ import annotations

from dashboard.components import cards, definition_list, footer, glossary, link_choice, page_header, protection, sources
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(
    title="Method", url="method", section="About", order=80, figures=("moderation_ledger", "what_moderation_changed")
)
PURPOSE = "What every number means, how the people behind it are protected, and what moderators did."
VIEWS = {"numbers": "Protection and definitions", "words": "Words", "moderation": "What moderators did"}


def render(context: Context) -> None:
    """Explain protection and define every metric, or account for moderation and what it changed."""
    stamp = context.result("conversation_totals").stamp
    page_header.without_filters(PAGE, PURPOSE, context)
    view = link_choice.show(context, "view", "View", VIEWS)
    if view == "moderation":
        _moderation(context)
    elif view == "words":
        glossary.show()
    else:
        protection.show(stamp)
        definition_list.show()
        sources.show(stamp)
    footer.show(context)


def _moderation(context: Context) -> None:
    cards.below(context, "moderation_ledger", "moderation_agreement", "what_moderation_changed", "idea_lineage")
