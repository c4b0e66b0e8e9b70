"""The template's table of survey scores that were published elsewhere."""

from __future__ import annotations

from typing import Final

from data_access.importing.template_columns import Kind, TemplateColumn, TemplateTable, text_column, whole_column

HIGHEST_SCORE: Final = 10

SURVEY_TABLES: Final[tuple[TemplateTable, ...]] = (
    TemplateTable(
        "survey_scores",
        "One row a People Promise score of a staff survey, as it was published; it stands beside the conversation.",
        (
            TemplateColumn("element", Kind.ELEMENTS, "The one element it is the score of", is_required=True, at_most=1),
            whole_column("year", "Year of the survey", needed=True, at_least=2000, at_most=2100),
            TemplateColumn(
                "score",
                Kind.NUMBER,
                "The score out of 10, higher is better, with a point for the decimals: 6.27",
                is_required=True,
                at_most=HIGHEST_SCORE,
            ),
            whole_column("responses", "How many staff answered, if it was published"),
            text_column("source", "Which survey and whose results, so that others can find them", needed=True),
        ),
        key=("element", "year", "source"),
    ),
)
