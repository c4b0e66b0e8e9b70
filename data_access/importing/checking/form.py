"""What a table of a source must look like: its columns, other spellings of their names, the longest text of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from data_access.importing.checking.cells import LONGEST_TEXT
from data_access.importing.checking.moments import DayOrder
from data_access.importing.template_columns import Kind, TemplateColumn, TemplateTable

LONGEST_ID: Final = 120


@dataclass(frozen=True)
class Form:
    """What a file must look like: its columns, other spellings of their names, the longest text of each.

    `unused` names columns that are known and not needed, so that leaving them out is no news. `dates` says
    which number of 03/04/2022 is the day, where the source always writes it one way.
    """

    table: TemplateTable
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    longest: Mapping[str, int] = field(default_factory=dict)
    unused: frozenset[str] = frozenset()
    dates: DayOrder | None = None

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns no file of this form can do without."""
        return tuple(column.name for column in self.table.columns if column.is_required)

    def spellings(self, column: str) -> tuple[str, ...]:
        """Every way this column may be called, its own name first."""
        return (column, *self.aliases.get(column, ()))

    def fits(self, header: Collection[str]) -> int:
        """Count the columns of a header that this form knows; 0 where one that it needs is missing."""
        if not all(any(name in header for name in self.spellings(needed)) for needed in self.needed):
            return 0
        return sum(any(name in header for name in self.spellings(column.name)) for column in self.table.columns)

    @property
    def known(self) -> frozenset[str]:
        """Every spelling by which a column of this form may be called."""
        others = [name for names in self.aliases.values() for name in names]
        return frozenset([*(column.name for column in self.table.columns), *others])

    def limit(self, column: TemplateColumn) -> int:
        """Give the longest text a cell of this column may hold."""
        usual = LONGEST_ID if column.kind is Kind.ID else LONGEST_TEXT
        return self.longest.get(column.name, usual)

    def found(self, present: Collection[str]) -> dict[str, str | None]:
        """Give the spelling under which a file has each column, None where it lacks it."""
        names = [column.name for column in self.table.columns]
        return {name: next((one for one in self.spellings(name) if one in present), None) for name in names}
