"""The tables of a release: what each promises, column by column.

A release holds these tables and nothing else; `data_access.publishing` fills them, `data_access.releases`
checks them on writing and on opening, and every number on screen is one of their cells. Where a table has
`is_hidden`, its measures are null when it is true and never null otherwise (`pass` aside: a source with
thumbs only has no pass, which is absent, not 0).

Every table begins with `conversation`, the key of the conversation its row belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from data_access.frames.conversation import CONVERSATION_TABLES
from data_access.frames.grouped import GROUPED_TABLES
from data_access.frames.lineage import LINEAGE_TABLES
from data_access.frames.moderation import MODERATION_TABLES
from data_access.frames.opinion import OPINION_TABLES
from data_access.frames.participation import PARTICIPATION_TABLES
from data_access.frames.periods import PERIOD_TABLES
from data_access.frames.programmes import PROGRAMME_TABLES
from data_access.frames.sessions import SESSION_TABLES
from data_access.frames.table import Table, check_frame
from data_access.frames.themes import CODING_TABLES
from data_access.frames.votes import VOTE_TABLES
from data_access.problems import NothingThere

__all__ = ["BY_NAME", "GROUPED_TABLES", "TABLES", "Table", "check_frame", "table_named"]

TABLES: Final[tuple[Table, ...]] = (
    *CONVERSATION_TABLES,
    *VOTE_TABLES,
    *MODERATION_TABLES,
    *LINEAGE_TABLES,
    *SESSION_TABLES,
    *PROGRAMME_TABLES,
    *OPINION_TABLES,
    *PERIOD_TABLES,
    *PARTICIPATION_TABLES,
    *CODING_TABLES,
    *GROUPED_TABLES,
)
BY_NAME: Final[Mapping[str, Table]] = {table.name: table for table in TABLES}


def table_named(name: str) -> Table:
    """Give the promised table of that name.

    Raises `NothingThere` listing the names there are.
    """
    if name not in BY_NAME:
        raise NothingThere(f"There is no table '{name}'. Tables: {', '.join(sorted(BY_NAME))}.")
    return BY_NAME[name]
