"""Made-up scores of a staff survey, so that the demonstration shows three sources side by side."""

from __future__ import annotations

import random
from typing import Final

from data_access.demo.shapes import Row
from data_access.vocabulary import ELEMENTS

SOURCE: Final = "Made-up staff survey, for demonstration only"
YEARS: Final = (2021, 2022)
_RANGE: Final = (5.4, 7.4)  # where national scores of the elements have lain


def score_rows(rng: random.Random) -> list[Row]:
    """Give a score for each element and year; the second year moves by at most 0.2."""
    rows = []
    for element in ELEMENTS:
        score = rng.uniform(*_RANGE)
        for year in YEARS:
            answered = str(rng.randrange(540, 660) * 1000)
            told = {"element": element, "year": str(year), "score": f"{score:.2f}", "responses": answered}
            rows.append({**told, "source": SOURCE})
            score += rng.uniform(-0.2, 0.2)
    return rows
