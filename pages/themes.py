"""What people talked about: elements, themes and words."""

from __future__ import annotations

from dashboard.components import cards, footer, page_header
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(title="Themes", url="themes", section="Listen", order=20)
PURPOSE = "What people had ideas about, by element of the People Promise, by theme and by word."


def render(context: Context) -> None:
    """Show ideas by element, the themes, how people voted on them, and the words."""
    page_header.show(PAGE, PURPOSE, context)
    cards.side_by_side(context, "ideas_by_element", "words")
    cards.side_by_side(context, "themes", "theme_balance")
    footer.show(context)
