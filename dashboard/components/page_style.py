"""The few rules of style that Streamlit's theme cannot express; constant, so no one's words can reach them.

Each rule says why it is here. Containers are found by the class Streamlit derives from their key, elements by
their `data-testid`; remove a rule when the theme learns to say it.
"""

from __future__ import annotations

from typing import Final

from dashboard import theme
from data_access.vocabulary import slug

MOST_COLUMNS: Final = 24  # the widest table of a metric has twenty

# Streamlit leaves 39 px on each side of a card, where a chart then has less than the 340 px it needs. A phone has the
# menu and the way out in one line. Streamlit draws the first elements in its narrow layout, before it knows of the wide
# one, and would then move all of them: width and padding are the same in both.
# The place of a job that is over stays as high as its bar.
_PAGE: Final = """
[data-testid="stMainBlockContainer"] { padding-bottom: 2rem; max-width: 80rem; }
@media (min-width: 56rem) { [data-testid="stMainBlockContainer"] { padding-left: 5rem; padding-right: 5rem; } }
[data-testid="stHeading"] h1 { padding: 0; }
.st-key-page-title [data-testid="stHeading"] { margin: 0 0 0.35rem; }
[data-testid="stHeading"] h2, [data-testid="stHeading"] h3 { padding: 0.1rem 0; margin-bottom: 0.35rem; }
[class*="st-key-card-"] h2, [class*="st-key-answer-"] h2 { font-size: 1.15rem; line-height: 1.3; }
[class*="st-key-answer-"] h2 { color: #003087; }
.st-key-made-up { border-left: 0.4rem solid #003087; padding: 0.15rem 0.75rem; background: #F0F4F5; }
:is([class*="st-key-not-applied-"], [class*="st-key-nothing-to-draw-"]) {
  border-left: 0.3rem solid #4C6272; padding: 0.1rem 0.6rem; background: #F0F4F5;
}
[class*="st-key-no-job-"] { min-height: 85.5px; }
.st-key-newer-data { border-left: 0.4rem solid #005EB8; padding: 0.35rem 0.75rem; }
[class*="st-key-phone-menu-"] { display: none; }
@media (max-width: 767.98px) {
  [class*="st-key-phone-menu-"] { display: block; }
  [data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
}
@media (max-width: 640px) {
  .st-key-account { justify-content: space-between !important; }
  .st-key-account > [data-testid="stElementContainer"]:has([data-testid="stMarkdown"]) { display: none; }
  [data-testid="stMainBlockContainer"] { padding-left: 0.6rem; padding-right: 0.6rem; }
  [class*="st-key-card-"] { padding: 0.6rem; }
}
"""
# Links to pages look like text, and are set in by a button's padding; a long one wraps, never loses its end.
_LINKS: Final = """
[data-testid="stPageLink-NavLink"] { padding: 0.15rem 0; margin: 0; }
[data-testid="stPageLink-NavLink"] p { color: #005EB8; text-decoration: underline; }
[data-testid="stPageLink-NavLink"] :is(span, p) { white-space: normal; overflow: visible; }
.st-key-ranked-themes [data-testid="stPageLink-NavLink"] { padding: 0.3rem 0; }
"""
# A quiet button that opens something is told from text by its line. Those of a calendar and of a help are 19 px high,
# and what is typed into beside a chosen region 4 px wide. Labels of what is switched off fade to 2.8:1, and say which
# filter that is. Links of the menu showed the focus by a tint of grey alone.
_BUTTONS: Final = """
:is([data-testid="stDateInput"] button, button[aria-label^="Help for"]) { min-width: 24px; min-height: 24px; }
[data-testid="stMultiSelect"] [data-baseweb="tag"] [role="presentation"] { min-width: 24px; min-height: 24px; }
[data-testid="stWidgetLabel"] p { color: #000000; }
:is(a, button, summary, [role="tab"], [role="menuitem"], [tabindex="0"]):focus-visible {
  outline: 3px solid #003087 !important; outline-offset: 1px;
}
[data-testid="stMultiSelect"] input { min-width: 24px; min-height: 24px; }
[class*="st-key-open-"] button p { color: #005EB8; text-decoration: underline; }
"""
# Plotly keeps every touch on a chart for itself, so that a finger that lands on one cannot scroll the page. A mark
# takes two taps and has its control elsewhere: fingers pass through, and the hint about clicking is not shown.
_TOUCH: Final = """
@media (pointer: coarse) {
  .js-plotly-plot .draglayer, .js-plotly-plot .draglayer * { pointer-events: none !important; }
  [class*="st-key-hint-"] { display: none; }
}
"""
# A value of seven digits is cut off in a row of six.
_FIGURES: Final = """
[data-testid="stMetricValue"] { font-size: 1.5rem; font-weight: 700; line-height: 1.3; }
"""
# A table of terms breaks long addresses rather than scroll sideways. A result's table is given a height, because
# Streamlit then makes it a region that can be scrolled by keyboard; short ones shrink.
_TABLES: Final = """
[data-testid="stTable"] td * { overflow-wrap: anywhere !important; }
[class*="st-key-table-"] td * { overflow-wrap: break-word !important; }
[class*="st-key-table-"] [data-testid="stElementContainer"] {
  height: auto !important; flex: 0 1 auto !important; overflow: visible;
}
[class*="st-key-table-"] [data-testid="stTable"] { height: auto !important; }
[class*="st-key-table-"] [data-testid="stTable"] > div { height: auto !important; max-height: 32rem; }
[class*="st-key-table-"] td, [class*="st-key-table-"] th { min-width: 3.75rem; vertical-align: top; }
"""


def rules() -> str:
    """Give the style sheet, which goes out with the document: what came with the page's elements would move them."""
    return f"{_PAGE}{_LINKS}{_BUTTONS}{_TOUCH}{_FIGURES}{_TABLES}{_columns()}{_statuses()}"


def _columns() -> str:
    """Set numbers flush right and give long text room; keys of tables name those columns: n3_, w2_, m1_."""
    right = (
        f'[class*="n{at}_"] :is(td, th):nth-child({at}) {{ text-align: right !important; }}'
        for at in range(1, MOST_COLUMNS + 1)
    )
    room = (
        f'[class*="{mark}{at}_"] :is(td, th):nth-child({at}) {{ min-width: {width}; }}'
        for mark, width in (("w", "14rem"), ("m", "8rem"))
        for at in range(1, MOST_COLUMNS + 1)
    )
    return "\n".join((*right, *room))


def _statuses() -> str:
    """Repeat the status of a plan tile in the colour of its edge; the words and the shape say it first."""
    return "\n".join(
        f'[class*="st-key-tile-{slug(status)}-"] {{ border-left: 0.4rem solid '
        f"{theme.OUTLINE if style.fill == theme.WHITE else style.fill}; }}"
        for status, style in theme.STATUS_STYLES.items()
    )
