"""Training and reflective groups: who booked, who came, who did not, and what that cost."""

from __future__ import annotations

from dashboard.components import footer, page_header, programme_view
from dashboard.context import Context
from dashboard.specs import Page

PAGE = Page(
    title="Programmes",
    url="programmes",
    section="Sessions and training",
    order=55,
    figures=("programme_places", "programme_dna", "programme_confidence"),
)
PURPOSE = (
    "Places offered, booked and used in training and reflective groups. Groups of people too small to be told apart "
    "safely are shown as bands, or not at all."
)


def render(context: Context) -> None:
    """Show all programmes, then one in full."""
    page_header.without_filters(PAGE, PURPOSE, context)
    programme_view.show(context)
    footer.show(context)
