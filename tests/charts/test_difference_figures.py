"""Differences around a line at nought, and bars of opinion groups."""

from __future__ import annotations

from dashboard.charts import alt_text, figure
from dashboard.filters import Selection
from dashboard.results import answer
from data_access.vocabulary import ELEMENTS
from tests.sentiment.conftest import cell, element, idea, worth
from tests.sentiment.test_opinion_group_metrics import two_groups

VOICE = ELEMENTS[2]


def differences(made_up_release):
    release = made_up_release(
        region_by_element=[
            cell("region", "London", 900, 100, about=VOICE),
            cell("region", "Midlands", 501, 499, about=VOICE),
            cell("region", "South East", None, None, about=VOICE),
        ],
        votes_by_element=[element(VOICE, 1901, 1099)],
        votes_by_idea=[idea("1", 5, 5)],
        vote_clustering=[worth(VOICE, 1.0)],
    )
    return answer("region_differences", source=release, selection=Selection("talk"))


def texts_of(drawn):
    return [annotation.text for annotation in drawn.layout.annotations]


def test_a_difference_is_told_in_points_with_its_interval_and_verdict(made_up_release):
    """900 of 1,000 against 1,001 of 2,000; 501 of 1,000 against 1,400 of 2,000."""
    drawn = figure(differences(made_up_release))
    words = " ".join(texts_of(drawn))
    assert "+40 points, interval +37" in words.replace("+39.9", "+40")
    assert "−19.9 points" in words
    assert ", more" in words
    assert ", less" in words
    assert "[c] hidden" in words


def test_the_scale_is_the_same_on_both_sides_of_nought(made_up_release):
    axis = figure(differences(made_up_release)).layout.xaxis
    low, high = axis.range
    assert low == -high
    assert axis.ticktext[1] == "0"


def test_what_is_not_clear_is_drawn_hollow(made_up_release):
    release = made_up_release(
        region_by_element=[cell("region", "London", 52, 48, about=VOICE)],
        votes_by_element=[element(VOICE, 102, 98)],
        vote_clustering=[worth(VOICE, 1.0)],
    )
    drawn = figure(answer("region_differences", source=release, selection=Selection("talk")))
    assert list(drawn.data[0].marker.color) == ["#FFFFFF"]


def test_opinion_groups_are_drawn_with_group_side_and_wording(made_up_release):
    release = made_up_release(**two_groups())
    for key in ("polis_representative", "polis_consensus", "polis_group_consensus"):
        result = answer(key, source=release, selection=Selection("talk"))
        drawn = figure(result)
        assert 20 <= len(alt_text(result)) <= 250
        assert any("Rotas" in text for text in texts_of(drawn))
