"""What the tile map and the XmR chart draw: words and patterns beside colour, limits only where there are some."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.charts import figure
from dashboard.charts.tile_map import PLACES
from dashboard.components.deeper import label_at
from dashboard.exports._picture import picture
from dashboard.filters import Selection
from dashboard.results import answer
from data_access.reference import regions

TALK = Selection("talk")


def mapped(made_up_release, **participants: int | None):
    cells = [
        {"region": name.replace("_", " "), "participants": count, "is_hidden": count is None}
        for name, count in participants.items()
    ]
    return answer("participants_by_region_map", source=made_up_release(region=cells), selection=TALK)


def words_of(drawn) -> list[str]:
    return [note.text for note in drawn.layout.annotations]


def test_every_region_has_a_tile_of_its_own():
    assert set(PLACES) == set(regions()["region"])
    for one, (across, down) in PLACES.items():
        for other, place in PLACES.items():
            assert one == other or down != place[1] or abs(across - place[0]) >= 1


def test_a_tile_says_its_count_and_a_hidden_one_is_hatched_with_words(made_up_release):
    drawn = figure(mapped(made_up_release, London=40, Midlands=None))
    told = words_of(drawn)
    assert "London<br><b>40</b>" in told
    assert "Midlands<br><b>[c] hidden</b>" in told
    hatches = [shape for shape in drawn.layout.shapes if shape.type == "line"]
    across, down = PLACES["Midlands"]
    assert len(hatches) == 9
    for line in hatches:
        assert across < min(line.x0, line.x1) <= max(line.x0, line.x1) < across + 1
        assert down < min(line.y0, line.y1) <= max(line.y0, line.y1) < down + 1


def test_regions_that_were_not_given_are_outlined_without_a_figure(made_up_release):
    drawn = figure(mapped(made_up_release, London=40))
    assert words_of(drawn).count("Midlands<br><b>no figure here</b>") == 1
    tiles = [shape for shape in drawn.layout.shapes if shape.type == "rect"]
    assert [tile.line.dash for tile in tiles].count("dot") == 6


def test_a_tap_on_a_tile_chooses_its_region(made_up_release):
    """A tap is known by the place of its row in the table, so marks stand in that order."""
    result = mapped(made_up_release, Not_stated=90, South_West=20, London=40)
    (marks,) = figure(result).data
    for at, (x, y) in enumerate(zip(marks.x, marks.y, strict=True)):
        region = label_at(result, at)
        assert (x, y) == ((None, None) if region == "Not stated" else tuple(end + 0.5 for end in PLACES[region]))


def weeks(made_up_release, counts: list[int]):
    rows = [
        {"week": date(2021, 2, 1) + timedelta(days=7 * at), "participants": count} for at, count in enumerate(counts)
    ]
    return answer("xmr_by_week", source=made_up_release(participants_by_week=rows), selection=TALK)


def test_limits_and_mean_are_drawn_and_named_and_signals_have_a_shape(made_up_release):
    result = weeks(made_up_release, [9, 11] * 6 + [9, 9, 25])
    drawn = figure(result)
    limits = result.table.select("low", "mean", "high").row(0)
    assert sorted(shape.y0 for shape in drawn.layout.shapes) == pytest.approx(limits)
    assert [text.split()[0] for text in words_of(drawn)][:3] == ["Upper", "Mean", "Lower"]
    assert drawn.data[0].marker.symbol[-1] == "diamond"
    assert set(drawn.data[0].marker.symbol[:-1]) == {"circle"}


def test_below_ten_points_no_limit_is_drawn(made_up_release):
    drawn = figure(weeks(made_up_release, [9, 11, 25]))
    assert not drawn.layout.shapes
    assert "Fewer than ten points: a plain line, no claim" in words_of(drawn)


def test_both_can_be_drawn_on_paper(made_up_release):
    """A picture knows bars, points, lines, shapes and words, and refuses everything else."""
    for result in (mapped(made_up_release, London=40, Midlands=None), weeks(made_up_release, [9, 11] * 6)):
        assert len(picture(result, 600).axes[0].texts) >= len(words_of(figure(result)))
