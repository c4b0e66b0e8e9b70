"""The first page: four answers, the figures behind them, and how people voted."""

from __future__ import annotations

from dashboard.components import (
    answer_tiles,
    cards,
    footer,
    kpi_row,
    page_header,
    ranked_themes,
    reading_guide,
    since_snapshot,
)
from dashboard.components.answer_tiles import Question
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(
    title="Overview",
    url="overview",
    section="",
    order=10,
    figures=("themes", "vote_balance", "top_ideas", "divided_ideas", "funnel", "plan_status"),
)
PURPOSE = "What colleagues said, where they agree, who took part, and what has become of it."
QUESTIONS = (
    Question("What are people saying?", ("themes",), "themes", "All themes", ranked_themes.show),
    Question("Where do they agree and divide?", ("top_ideas", "divided_ideas"), "sentiment", "How people voted"),
    Question("Who took part, and who did not?", ("funnel", "representativeness"), "participation", "Participation"),
    Question("Is the plan on track?", ("plan_status", "plan_board"), "plan", "All 35 actions"),
)
GUIDE = (
    "Each card says its main point first. **Table** holds the numbers of the chart, **Download** the whole file, "
    "**About** what was counted and how.",
    "The filter holds on every page and is part of the address: copy the link to share what you see.",
    "**\\[c\\]** stands for a number that is hidden to protect the few people behind it. It is never nought.",
)


def render(context: Context) -> None:
    """Answer four questions, then show the figures behind them and what changed since the last snapshot."""
    page_header.show(PAGE, PURPOSE, context)
    answer_tiles.show(context, QUESTIONS)
    kpi_row.show(context, context.result("conversation_totals"))
    cards.side_by_side(context, "vote_balance", "activity_by_day")
    cards.below(context, "three_sources")
    since_snapshot.show(context, PAGE.figures)
    reading_guide.show(GUIDE)
    footer.show(context)
