"""Agree to the right and disagree to the left of one line, each bar with its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from dashboard import theme
from dashboard.charts._drawing import Drawing
from dashboard.charts._labels import hover
from dashboard.charts._rows import MARK_PX, add_words, drawn, figure_of_rows, place_rows
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

    def share(self, *, is_agree: bool) -> float:
        return (self.agree if is_agree else self.disagree) / self.sided if self.sided else 0.0


_NOTHING: Final = _Votes(0, 0, 0)


def draw(result: Result) -> Drawing:
    """Draw agree and disagree as shares of a row's votes for or against; passes stand in its line of detail."""
    chart = result.metric.chart
    rows, hidden = drawn(result), set(result.hidden_rows)
    labels = [cell(row[chart.category], result.metric.column(chart.category)) for row in rows]
    votes = [_votes(row, chart.values) for row in rows]
    details = [_detail(found, is_hidden=at in hidden) for at, found in enumerate(votes)]
    places = place_rows(labels, details).middles
    drawing = figure_of_rows(result, labels, details)
    for is_agree in (False, True):
        _add_side(drawing, labels, votes, places, is_agree=is_agree)
    for at, (found, place) in enumerate(zip(votes, places, strict=True)):
        if not found.sided:
            add_words(drawing, f"{HIDDEN} hidden" if at in hidden else "No votes for or against", x=0, y=place)
        drawing.add_shape(type="line", x0=0, x1=0, y0=place - MARK_PX * 0.7, y1=place + MARK_PX * 0.7, line=_ZERO)
    left, right = (max((found.share(is_agree=side) for found in votes), default=0.0) for side in (False, True))
    room = _ROOM * max(left + right, 0.01)
    drawing.update_xaxes(range=[-left - room, right + room], visible=False)
    drawing.update_layout(barmode="overlay")
    return drawing


def _add_side(
    drawing: Drawing, labels: Sequence[str], votes: Sequence[_Votes], places: Sequence[float], *, is_agree: bool
) -> None:
    word, sign, colour = ("agree", 1, theme.DUO[0]) if is_agree else ("disagree", -1, theme.DUO[1])
    ends = [sign * found.share(is_agree=is_agree) for found in votes]
    drawing.add_bar(
        name=word.capitalize(),
        x=ends,
        y=places,
        width=MARK_PX,
        marker={"color": colour, "line": {"color": theme.WHITE, "width": 1}},
        hovertext=[_hover(label, found) for label, found in zip(labels, votes, strict=True)],
    )
    for found, end, place in zip(votes, ends, places, strict=True):
        if found.sided:
            add_words(
                drawing, f"{whole_per_cent(abs(end))} {word}", x=end, y=place, anchor="left" if is_agree else "right"
            )


def _votes(row: dict[str, Any], values: Sequence[str]) -> _Votes:
    found = _Votes(*(row[name] for name in values))
    return _NOTHING if found.agree is None or found.disagree is None else found


def _detail(found: _Votes, *, is_hidden: bool) -> str:
    if not found.sided:
        return "Votes hidden" if is_hidden else ""
    passed = "" if found.passed is None else f", {counted(found.passed, 'pass', 'passes')}"
    net = found.agree - found.disagree
    signed = f"{'−' if net < 0 else '+'}{number(abs(net))}"
    return f"{number(found.sided)} for or against, net {signed}{passed}"


def _hover(label: str, found: _Votes) -> str:
    facts = [("Agree", found.agree), ("Pass", found.passed), ("Disagree", found.disagree)]
    told = [(name, f"{number(count)} votes") for name, count in facts if count is not None]
    return hover(label, told if found.sided else [])
