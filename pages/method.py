"""How every number is counted, how people are protected, and how to cite."""

from __future__ import annotations

from dashboard.components import definition_list, footer, page_header, protection, result_card, sources
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(title="Method", url="method", section="Trust", order=80)
PURPOSE = "What every number means, how the people behind it are protected, and what moderators did."


def render(context: Context) -> None:
    """Explain protection, show the moderation ledger, then define every metric and say how to cite."""
    ledger = context.result("moderation_ledger")
    page_header.without_filters(PAGE, PURPOSE, context)
    protection.show(ledger.stamp)
    result_card.show(context, ledger)
    definition_list.show()
    sources.show(ledger.stamp)
    footer.show(context)
