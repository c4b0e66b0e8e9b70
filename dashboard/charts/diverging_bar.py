"""Agree to the right and disagree to the left of one line, each bar with its words."""

from __future__ import annotations

from typing import Final, NamedTuple

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts._rows import MARK_PX, add_words, drawn, figure_of_rows, hover, place_rows
from dashboard.results import Result
from dashboard.wording import HIDDEN, cell, counted, number, whole_per_cent

KIND: Final = "diverging_bar"
SPOKEN: Final = "Diverging bar chart"

# '62% disagree' takes 98 of 328 px on either side; the bars share the rest.
_ROOM: Final = 0.74
_ZERO: Final = {"color": theme.SECONDARY_INK, "width": 1.5}


class _Votes(NamedTuple):
    agree: int
    passed: int | None
    disagree: int

    @property
    def sided(self) -> int:
        return self.agree + self.disagree


def draw(result: Result) -> go.Figure:
    """Draw agree and disagree as shares of a row's votes for or against; passes stand in its line of detail."""
    chart = result.metric.chart
    rows = drawn(result)
    hidden = set(result.hidden_rows)
    labels = [cell(row[chart.category], result.metric.column(chart.category)) for row in rows]
    votes = [_votes(row, chart.values) for row in rows]
    details = [_detail(found, is_hidden=at in hidden) for at, found in enumerate(votes)]
    figure = figure_of_rows(result, labels, details)
    middles = place_rows(labels, details).middles
    for is_agree in (False, True):
        _add_side(figure, labels, votes, middles, is_agree=is_agree)
    for at, (found, middle) in enumerate(zip(votes, middles, strict=True)):
        if found is None or found.sided == 0:
            add_words(figure, f"{HIDDEN} hidden" if at in hidden else "No votes for or against", x=0, y=middle)
        figure.add_shape(type="line", x0=0, x1=0, y0=middle - MARK_PX * 0.7, y1=middle + MARK_PX * 0.7, line=_ZERO)
    left, right = (max([_share(found, is_agree=side) for found in votes] or [0]) for side in (False, True))
    room = _ROOM * max(left + right, 0.01)
    figure.update_xaxes(range=[-left - room, right + room], visible=False)
    figure.update_layout(barmode="overlay")
    return figure


def _add_side(
    figure: go.Figure, labels: list[str], votes: list[_Votes | None], middles: tuple[float, ...], *, is_agree: bool
) -> None:
    word, sign = ("agree", 1) if is_agree else ("disagree", -1)
    colour = theme.DUO[0] if is_agree else theme.DUO[1]
    shares = [_share(found, is_agree=is_agree) for found in votes]
    figure.add_bar(
        name=word.capitalize(),
        x=[sign * share for share in shares],
        y=middles,
        orientation="h",
        width=MARK_PX,
        marker={"color": colour, "line": {"color": theme.WHITE, "width": 1}},
        hovertext=[_hover(label, found) for label, found in zip(labels, votes, strict=True)],
        hoverinfo="text",
    )
    for found, share, middle in zip(votes, shares, middles, strict=True):
        if found is not None and found.sided:
            words = f"{whole_per_cent(share)} {word}"
            add_words(figure, words, x=sign * share, y=middle, anchor="left" if is_agree else "right")


def _votes(row: dict[str, object], values: tuple[str, ...]) -> _Votes | None:
    agree, passed, disagree = (row[name] for name in values)
    if agree is None or disagree is None:
        return None
    return _Votes(int(str(agree)), None if passed is None else int(str(passed)), int(str(disagree)))


def _share(found: _Votes | None, *, is_agree: bool) -> float:
    if found is None or not found.sided:
        return 0.0
    return (found.agree if is_agree else found.disagree) / found.sided


def _detail(found: _Votes | None, *, is_hidden: bool) -> str:
    if found is None or not found.sided:
        return "Votes hidden" if is_hidden else ""
    passed = "" if found.passed is None else f", {counted(found.passed, 'pass', 'passes')}"
    return f"{counted(found.sided, 'vote')} for or against{passed}"


def _hover(label: str, found: _Votes | None) -> str:
    if found is None:
        return hover(label, [])
    facts = [("Agree", found.agree), ("Pass", found.passed), ("Disagree", found.disagree)]
    return hover(label, [(name, f"{number(count)} votes") for name, count in facts if count is not None])
