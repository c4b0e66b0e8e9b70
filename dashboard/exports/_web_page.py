"""A page that stands alone: the chart library, the charts, every table and every note in one file.

Words reach the page through a template that escapes them. Two things are put in as they are: the chart library, and
the charts' own code, in which Plotly writes data as JSON without angle brackets.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from dashboard import charts
from dashboard.exports import _cover, _pages
from dashboard.exports._figure import figure, is_drawn
from dashboard.results import Result

MOST_ROWS: Final = 500
LAYOUTS: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "layouts"), autoescape=True, undefined=StrictUndefined
)


def web_page(results: Sequence[Result]) -> bytes:
    """Give the page of results, a section each."""
    items = [_item(result, at) for at, result in enumerate(results, start=1)]
    is_drawn = any(item["figure"] for item in items)
    page = LAYOUTS.get_template("pack.html.j2").render(
        title=_cover.title(results),
        cover=_pages.cover_lines(results),
        items=items,
        library=Markup(get_plotlyjs() if is_drawn else ""),  # noqa: S704 - the library as it ships
    )
    return page.encode()


def _item(result: Result, at: int) -> dict[str, Any]:
    return {"sheet": _pages.sheet(result, MOST_ROWS), "alt": charts.alt_text(result), "figure": _drawn(result, at)}


def _drawn(result: Result, at: int) -> Markup | None:
    if not is_drawn(result):
        return None
    code = figure(result).to_html(
        full_html=False, include_plotlyjs=False, config=dict(charts.CONFIG), div_id=f"chart-{at}", default_width="100%"
    )
    return Markup(code)  # noqa: S704 - Plotly's own code around escaped JSON
