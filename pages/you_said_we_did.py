"""What people said and what became of it, told from links between the plan and the conversation, and nothing else."""

from __future__ import annotations

from dashboard.components import answer_letter, cards, footer, page_header
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(title="You said, we did", url="you-said-we-did", section="Reports", order=70, figures=("you_said",))
PURPOSE = "What was said, by element of the People Promise, and what was done, is being done, or cannot be done."


def render(context: Context) -> None:
    """Offer the letter, then show the answers by element."""
    page_header.show(PAGE, PURPOSE, context)
    answer_letter.offer(context)
    cards.below(context, "you_said", "plan_gaps")
    footer.show(context)
