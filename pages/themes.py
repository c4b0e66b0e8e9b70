"""What people talked about: elements, themes, how they cross, and how far the coding can be trusted."""

from __future__ import annotations

from dashboard.components import cards, footer, link_choice, page_header, suggest_tray, theme_drill
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(
    title="Themes",
    url="themes",
    section="",
    order=20,
    figures=("themes", "theme_elements", "theme_balance", "theme_overlap", "theme_weeks"),
)
VIEWS = {
    "themes": "What came up",
    "read": "Read a theme",
    "cross": "How themes cross",
    "when": "Weeks and regions",
    "coding": "How it was coded",
}
PURPOSE = "What people had ideas about, by element of the People Promise, by theme and by word."


def render(context: Context) -> None:
    """Show one of five views: what came up, one theme to read, how themes cross, weeks and regions, the coding."""
    page_header.show(PAGE, PURPOSE, context)
    if link_choice.is_offered(context, {"view": VIEWS}):
        _view(context, link_choice.show(context, "view", "View", VIEWS))
    footer.show(context)


def _view(context: Context, view: str) -> None:
    if view == "themes":
        cards.side_by_side(context, "ideas_by_element", "themes")
        cards.side_by_side(context, "theme_balance", "words")
    elif view == "read":
        theme_drill.show(context)
    elif view == "cross":
        cards.side_by_side(context, "theme_elements", "theme_overlap")
    elif view == "when":
        cards.side_by_side(context, "theme_weeks", "theme_regions")
    else:
        cards.below(context, "not_coded", "theme_sources", "coder_agreement", "theme_versions")
        suggest_tray.show(context)
