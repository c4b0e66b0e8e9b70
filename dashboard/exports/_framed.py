"""A picture that can stand alone in a paper: its headline above, and under it what every file says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import wrap
from typing import Final

from matplotlib.figure import Figure

from dashboard import charts, theme
from dashboard.exports import _cover
from dashboard.exports._picture import PIXELS_PER_INCH, POINTS, picture, saved
from dashboard.results import Result
from data_access.problems import BadSelection

WIDTH: Final = 760
HEADLINE, SMALL, PRINT = 19, 14, 12
LETTER: Final = 0.56  # of the size, on average
LEADING: Final = 1.35
EDGE: Final = 6


def svg(result: Result) -> bytes:
    """Give the picture as SVG with a title and a description for screen readers.

    Letters stay letters: the picture can be searched, read aloud and edited.
    """
    drawn = saved(lambda: framed(result), "svg", metadata={"Date": None, "Creator": _cover.PRODUCT})
    return _told(drawn.decode(), result).encode()


def png(result: Result) -> bytes:
    """Give the picture as PNG, two pixels a point for print."""
    told = {"Title": result.headline, "Description": charts.alt_text(result), "Software": _cover.PRODUCT}
    return saved(lambda: framed(result), "png", dpi=2 * PIXELS_PER_INCH, metadata=told)


def one(results: Sequence[Result]) -> Result:
    """Give the one result a picture is of; raises `BadSelection` for several, or for one that is not drawn."""
    if len(results) != 1:
        raise BadSelection("A picture holds one chart. Choose one figure, or take the pack, which holds them all.")
    if results[0].metric.chart.kind == "none" or results[0].is_empty:
        raise BadSelection(f"‘{results[0].metric.title}’ is a table and not drawn here. Take it as CSV or Excel.")
    return results[0]


def framed(result: Result) -> Figure:
    """Draw the chart with its headline, measure and base above and its small print below."""
    head = _wrapped(result.headline, HEADLINE, WIDTH)
    sub = _wrapped(f"{result.metric.measure} · {result.base}", SMALL, WIDTH)
    foot = [line for text in small_print(result) for line in _wrapped(text, PRINT, WIDTH)]
    above = (len(head) * HEADLINE + len(sub) * SMALL) * LEADING + 3 * EDGE
    below = len(foot) * PRINT * LEADING + 3 * EDGE
    figure = picture(result, WIDTH, above=above, below=below)
    height = figure.get_size_inches()[1] * figure.dpi
    at = _write(figure, head, EDGE, HEADLINE, theme.NHS_DARK_BLUE, is_bold=True)
    _write(figure, sub, at + EDGE / 2, SMALL, theme.SECONDARY_INK)
    _write(figure, foot, height - below + 2 * EDGE, PRINT, theme.SECONDARY_INK)
    return figure


def small_print(result: Result) -> list[str]:
    """Say filters, data, protection, what is hidden, source, contact and how to cite, a line each."""
    results = [result]
    return [
        *([_cover.MADE_UP] if result.stamp.is_demo else []),
        " ".join(f"{line.rstrip('.')}." for line in (*_cover.filters(results), *_cover.data_lines(results))),
        _cover.protection(results)[0],
        *result.notes,
        f"Source: {result.metric.source}. {_cover.contact(results)}",
        _cover.citation(results),
    ]


def _wrapped(text: str, size: float, width: float) -> list[str]:
    return wrap(text, int((width - 2 * EDGE) / (size * LETTER)), break_long_words=True) or [""]


def _write(
    figure: Figure, lines: Sequence[str], top: float, size: float, colour: str, *, is_bold: bool = False
) -> float:
    """Write lines from a height in pixels on; give the height under the last."""
    height = figure.get_size_inches()[1] * figure.dpi
    for line in lines:
        figure.text(
            EDGE / WIDTH,
            1 - top / height,
            line.replace("$", r"\$"),
            fontsize=size * POINTS,
            color=colour,
            va="top",
            fontweight="bold" if is_bold else "normal",
        )
        top += size * LEADING
    return top


def _told(text: str, result: Result) -> str:
    """Put title and description first inside the picture, as SVG 1.1 asks for, and its language and role."""
    title, about = (_escaped(words) for words in (result.headline, charts.alt_text(result)))
    named = 'role="img" aria-labelledby="picture-title picture-about" xml:lang="en-GB" '
    told = f'<title id="picture-title">{title}</title>\n <desc id="picture-about">{about}</desc>\n'
    return re.sub(r"<svg ([^>]*)>", lambda found: f"<svg {named}{found.group(1)}>\n {told}", text, count=1)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
