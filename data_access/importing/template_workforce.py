"""The template's table of the workforce that participants are held against."""

from __future__ import annotations

from typing import Final

from data_access.importing.template_columns import Kind, TemplateColumn, TemplateTable, text_column, whole_column

WORKFORCE_TABLES: Final[tuple[TemplateTable, ...]] = (
    TemplateTable(
        "workforce",
        "One row a part of the workforce that could have taken part, from your own statistics: name a region, an ICB "
        "or a staff group; a row that names none is all of England. Nothing is estimated from it.",
        (
            TemplateColumn("region", Kind.REGION, "NHS England region, name or ODS code; may be empty beside an ICB"),
            TemplateColumn("icb", Kind.ICB, "Integrated care board, ODS code or name, as at the conversation's date"),
            text_column("staff_group", "In the words of the conversation's staff-group scheme; not beside a place"),
            TemplateColumn("as_at", Kind.DATE, "The day the figure is of", is_required=True),
            whole_column(
                "headcount", "People employed there, counted by heads and not full-time equivalents", needed=True
            ),
            text_column("source", "Whose statistics, so that others can find them", needed=True),
        ),
        key=("region", "icb", "staff_group", "as_at"),
    ),
)
