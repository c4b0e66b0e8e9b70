"""Scores of staff surveys by the template: decimals, bounds, and a score mended later."""

from __future__ import annotations

import pytest

from data_access.problems import ImportRefused

HEAD = "element,year,score,responses,source\n"


def test_scores_are_kept_to_their_decimals_and_elements_by_any_name(bring, files, rows):
    lines = "We work flexibly,2022,6.27,600000,NHS Staff Survey\nstaff voice,2022,7,,NHS Staff Survey\n"
    bring("template", files({"survey_scores.csv": HEAD + lines}))
    assert rows("SELECT element, year, score, responses FROM survey_score ORDER BY element") == [
        ("We each have a voice that counts", 2022, 7.0, None),
        ("We work flexibly", 2022, 6.27, 600000),
    ]


@pytest.mark.parametrize("score", ["11", "-1", "6,27", "6.27.1", "good", "1e1"])
def test_what_is_no_score_is_refused_with_what_is_expected(score, bring, files, rows):
    with pytest.raises(ImportRefused) as refused:
        bring("template", files({"survey_scores.csv": f'{HEAD}We work flexibly,2022,"{score}",,NHS Staff Survey\n'}))
    (fault,) = refused.value.faults
    assert (fault.row, fault.column) == (2, "score")
    assert fault.expected == "a number, 0 to 10, with a point for the decimals"
    assert rows("SELECT count(*) FROM survey_score") == [(0,)]


def test_a_corrected_score_takes_the_place_of_the_first(bring, files, rows):
    line = "We work flexibly,2022,{},,NHS Staff Survey\n"
    bring("template", files({"survey_scores.csv": HEAD + line.format("6.2")}))
    report = bring("template", files({"survey_scores.csv": HEAD + line.format("6.3")}, "later"), conversation="talk")
    (ledger,) = report.ledger
    assert (ledger.rows, ledger.accepted) == (1, 1)
    assert rows("SELECT score FROM survey_score ORDER BY id") == [(6.2,), (6.3,)]
