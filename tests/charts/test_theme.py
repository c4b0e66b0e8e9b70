"""Colours against the Web Content Accessibility Guidelines: 3:1 for marks (1.4.11), 4.5:1 for words (1.4.3)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dashboard import theme
from data_access.vocabulary import ActionStatus


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of an sRGB colour."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right():
    """Published values: black on white, NHS Blue on white."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast(theme.NHS_BLUE, theme.WHITE) == pytest.approx(6.38, abs=0.005)


@pytest.mark.parametrize("colour", [*theme.CATEGORICAL, *theme.DUO, theme.OUTLINE, theme.NHS_BLUE])
def test_marks_stand_out_from_white(colour):
    assert contrast(colour, theme.WHITE) >= 3


def test_neighbours_in_the_palette_stand_out_from_one_another():
    assert min(contrast(one, other) for one, other in pairwise(theme.CATEGORICAL)) >= 3
    assert contrast(*theme.DUO) >= 3


def test_the_quiet_colour_has_an_outline_that_stands_out():
    assert contrast(theme.QUIET, theme.WHITE) < 3 < contrast(theme.OUTLINE, theme.WHITE)


@pytest.mark.parametrize("ink", [theme.INK, theme.SECONDARY_INK])
def test_words_can_be_read_on_the_card_and_on_the_page(ink):
    assert min(contrast(ink, theme.WHITE), contrast(ink, theme.PAGE)) >= 4.5


@pytest.mark.parametrize("style", [*theme.STATUS_STYLES.values(), theme.NO_STATUS])
def test_words_can_be_read_on_every_status(style):
    assert contrast(style.ink, style.fill) >= 4.5


def test_every_status_has_a_style_and_a_shape_of_its_own():
    assert set(theme.STATUS_STYLES) == {str(status) for status in ActionStatus}
    shapes = [style.symbol for style in (*theme.STATUS_STYLES.values(), theme.NO_STATUS)]
    assert len(set(shapes)) == len(shapes)


def test_no_more_than_four_statuses_are_told_by_a_colour():
    greys = {theme.WHITE, theme.DARK_GREY}
    assert len({style.fill for style in theme.STATUS_STYLES.values()} - greys) <= theme.MAX_COLOURS
