"""What people talked about: elements, themes, how they cross, and how far the coding can be trusted."""

from __future__ import annotations

from dashboard.components import cards, footer, page_header, suggest_tray, theme_drill
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(
    title="Themes",
    url="themes",
    section="Listen",
    order=20,
    figures=("themes", "theme_elements", "theme_balance", "theme_overlap", "theme_weeks"),
)
PURPOSE = "What people had ideas about, by element of the People Promise, by theme and by word."


def render(context: Context) -> None:
    """Show elements and themes, what they say, how they cross, and what is coded, by whom and how surely."""
    page_header.show(PAGE, PURPOSE, context)
    cards.side_by_side(context, "ideas_by_element", "themes")
    cards.below(context, "not_coded")
    theme_drill.show(context)
    cards.side_by_side(context, "theme_balance", "words")
    cards.side_by_side(context, "theme_elements", "theme_weeks")
    cards.side_by_side(context, "theme_overlap", "theme_regions")
    cards.below(context, "theme_sources", "coder_agreement", "theme_versions")
    suggest_tray.show(context)
    footer.show(context)
