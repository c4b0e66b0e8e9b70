"""A picture that can stand alone in a paper: its headline above, and under it what every file says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from dashboard import charts, theme
from dashboard.exports import _cover
from dashboard.exports._figure import is_drawn
from dashboard.exports._once import once
from dashboard.exports._picture import FONT, PIXELS_PER_INCH, POINTS, WIDTH, drawing, height
from dashboard.exports._png_words import with_words
from dashboard.exports._typeset import pixels
from dashboard.results import Result
from data_access.problems import BadSelection

NAMED: Final = 'role="img" aria-labelledby="picture-title picture-about" xml:lang="en-GB"'
LETTER: Final = 0.56  # of the size, on average
BOLD_LETTER: Final = 0.62
LEADING: Final = 1.35
DESCENT: Final = 0.35  # of the size, from the foot of a line to the foot of its letters
EDGE: Final = 6


@dataclass(frozen=True)
class Letters:
    """How a line is written; `size` is in pixels."""

    size: int
    colour: str
    weight: str = "normal"
    letter: float = LETTER


HEAD: Final = Letters(19, theme.NHS_DARK_BLUE, "bold", BOLD_LETTER)
SUB: Final = Letters(14, theme.SECONDARY_INK)
FOOT: Final = Letters(12, theme.SECONDARY_INK)


@once
def svg(result: Result) -> bytes:
    """Give the picture as SVG with a title and a description for screen readers.

    The chart is framed by its headline, measure and base above and by its small print below. Letters stay letters:
    the picture can be searched, read aloud and edited.
    """
    above, end = _lines([(result.headline, HEAD), (f"{result.metric.measure} · {result.base}", SUB)], EDGE)
    below, tall = _lines([(text, FOOT) for text in small_print(result)], end + height(result) + 2 * EDGE)
    chart = re.sub(r"^.*?<svg [^>]*>|</svg>\s*$", "", drawing(result).decode(), flags=re.DOTALL)
    size = f'width="{WIDTH * POINTS:g}pt" height="{tall * POINTS:g}pt" viewBox="0 0 {WIDTH} {tall:g}"'
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} {NAMED}>',
        f'<title id="picture-title">{_escaped(result.headline)}</title>',
        f'<desc id="picture-about">{_escaped(charts.alt_text(result))}</desc>',
        f'<rect width="{WIDTH}" height="{tall:g}" fill="{theme.WHITE}"/>',
        *above,
        f'<g transform="translate(0 {end:g}) scale({1 / POINTS:g})">{chart}</g>',
        *below,
        "</svg>\n",
    )
    return "\n".join(parts).encode()


def png(result: Result) -> bytes:
    """Give the very drawing as PNG, two pixels for each of the screen's, for print."""
    told = {"Title": result.headline, "Description": charts.alt_text(result), "Software": _cover.PRODUCT}
    return with_words(pixels(svg(result), 2 * PIXELS_PER_INCH), told)


def one(results: Sequence[Result]) -> Result:
    """Give the one result a picture is of; raises `BadSelection` for several, or for one that is not drawn."""
    if len(results) != 1:
        raise BadSelection("A picture holds one chart. Choose one figure, or take the pack, which holds them all.")
    if not is_drawn(results[0]):
        raise BadSelection(f"‘{results[0].metric.title}’ is a table and not drawn here. Take it as CSV or Excel.")
    return results[0]


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


def _lines(texts: Sequence[tuple[str, Letters]], top: float) -> tuple[list[str], float]:
    """Write texts under one another from a height in pixels on; give the lines and the height under the last."""
    written = []
    for text, look in texts:
        for line in wrap(text, int((WIDTH - 2 * EDGE) / (look.size * look.letter)), break_long_words=True) or [""]:
            top += look.size * LEADING
            style = f"font: {look.weight} {look.size}px '{FONT}', Verdana, sans-serif; fill: {look.colour}"
            written.append(
                f'<text x="{EDGE}" y="{top - look.size * DESCENT:g}" style="{style}">{_escaped(line)}</text>'
            )
    return written, top + EDGE


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
