"""The template: the tables an exchange of data is made of, column by column.

One declaration serves four readers: the generator of the empty template and its guide, the import that
checks files against it, the export that writes the same form back, and the demo. A table is one file
(`ideas.csv`) or one sheet of a workbook (`ideas`).
"""

from __future__ import annotations

from typing import Final

from data_access.importing.template_columns import Kind, TemplateColumn, TemplateTable
from data_access.importing.template_conversation import CONVERSATION_TABLES
from data_access.importing.template_plan import PLAN_TABLES
from data_access.importing.template_sessions import SESSION_TABLES
from data_access.importing.template_surveys import SURVEY_TABLES
from data_access.importing.template_workforce import WORKFORCE_TABLES
from data_access.problems import NothingThere

__all__ = ["BY_NAME", "TEMPLATE", "Kind", "TemplateColumn", "TemplateTable", "template_table"]

TEMPLATE: Final[tuple[TemplateTable, ...]] = (
    *CONVERSATION_TABLES,
    *SESSION_TABLES,
    *SURVEY_TABLES,
    *WORKFORCE_TABLES,
    *PLAN_TABLES,
)
BY_NAME: Final[dict[str, TemplateTable]] = {table.name: table for table in TEMPLATE}


def template_table(name: str) -> TemplateTable:
    """Give the table of the template with that name; raises `NothingThere` naming those there are."""
    if name not in BY_NAME:
        raise NothingThere(f"The template has no table '{name}'. Tables: {', '.join(BY_NAME)}.")
    return BY_NAME[name]
