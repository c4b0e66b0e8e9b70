"""Words: ranked bars as the figure, and the cloud as a picture beside it.

A cloud is weak for comparing sizes, so it never stands alone: its sizes are the steps of the table.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import polars as pl
from wordcloud import WordCloud

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover
from dashboard.charts._rows import MARK_PX, add_words, figure_of_rows, place_rows
from dashboard.results import Result
from dashboard.wording import number

KIND: Final = "cloud"
SPOKEN: Final = "Word cloud"
RANKED: Final = 20
_ROOM: Final = 1.55  # the longest bar leaves 110 of 340 px for "at least 1,000"
WIDTH, HEIGHT = 640, 400  # on a phone it is shrunk to half
_SEED: Final = 1948  # any fixed number: the same words give the same picture
_SCRIPTS: Final = ("LATIN", "GREEK", "CYRILLIC")
_COLOURS: Final = (theme.DARK_BLUE, theme.DARK_PINK, theme.DARK_GREY)  # at least 4.5:1 on white, as they are text


def _font() -> str | None:
    """Find DejaVu Sans, which comes with Matplotlib, itself needed by wordcloud; its own font is monospaced."""
    found = find_spec("matplotlib")
    font = Path(str(found.origin)).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans-Bold.ttf" if found else None
    return str(font) if font is not None and font.exists() else None


def draw(result: Result) -> Drawing:
    """Draw the first twenty words as bars as long as their step."""
    words, steps = _ranked(result, RANKED)
    details = [""] * len(words)
    places = place_rows(words, details).middles
    drawing = figure_of_rows(result, words, details)
    column = result.metric.column(result.metric.chart.values[0])
    drawing.add_bar(
        x=steps,
        y=places,
        width=MARK_PX,
        marker={"color": theme.DARK_BLUE},
        hovertext=[hover(word, [(column.label, number(step))]) for word, step in zip(words, steps, strict=True)],
    )
    for step, place in zip(steps, places, strict=True):
        add_words(drawing, f"at least {number(step)}", x=step, y=place)
    drawing.update_xaxes(range=[0, max([*steps, 1]) * _ROOM], visible=False)
    return drawing


def picture(result: Result) -> bytes:
    """Draw the cloud as PNG: bigger is a higher step. The same result gives the same bytes.

    Raises `ValueError` where there are no words.
    """
    words, steps = _ranked(result, result.metric.chart.limit or result.table.height)
    order = sorted(set(steps))
    # Sizes go by the place of the step, not by the count: a word of ten times the users is not ten times as tall.
    sizes = {word: float(order.index(step) + 1) for word, step in zip(words, steps, strict=True)}
    colours = {word: _COLOURS[order.index(step) % len(_COLOURS)] for word, step in zip(words, steps, strict=True)}
    cloud = WordCloud(
        font_path=_font(),
        width=WIDTH,
        height=HEIGHT,
        background_color=theme.WHITE,
        prefer_horizontal=1.0,
        relative_scaling=0.6,
        min_font_size=18,
        max_font_size=64,
        margin=6,
        random_state=_SEED,
        color_func=lambda word, **_: colours[word],
    )
    buffer = io.BytesIO()
    cloud.generate_from_frequencies(sizes).to_image().save(buffer, format="PNG")
    return buffer.getvalue()


def drawable(result: Result) -> Result:
    """Keep the words whose letters the cloud's font has; others would be boxes."""
    keep = [all(map(_has_letter, word)) for word in result.table[result.metric.chart.category]]
    return replace(result, table=result.table.filter(pl.Series(keep, dtype=pl.Boolean)))


def _has_letter(sign: str) -> bool:
    return not sign.isalpha() or unicodedata.name(sign, "").startswith(_SCRIPTS)


def _ranked(result: Result, limit: int) -> tuple[list[str], list[int]]:
    chart = result.metric.chart
    ranked = result.table.sort([chart.values[0], chart.category], descending=[True, False]).head(limit)
    return ranked[chart.category].to_list(), ranked[chart.values[0]].to_list()
