"""What an import tells whoever started it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from data_access.problems import Fault


@dataclass(frozen=True)
class LedgerLine:
    """What became of the rows of one table of one file.

    Law: `rows` = `accepted` + `duplicate` + `quarantined`. `accepted` = `new` + `changed`; `duplicate`
    counts rows repeated in the file and rows `unchanged` since an earlier import.
    """

    file: str
    table: str
    rows: int
    quarantined: int
    new: int
    changed: int
    unchanged: int
    repeated: int

    def __post_init__(self) -> None:
        assert self.rows == self.accepted + self.duplicate + self.quarantined, "a row went missing"

    @property
    def accepted(self) -> int:
        """Rows that went in."""
        return self.new + self.changed

    @property
    def duplicate(self) -> int:
        """Rows that say what is known already."""
        return self.unchanged + self.repeated

    def as_dict(self) -> dict[str, str | int]:
        """Give the line with its sums, for JSON."""
        return {**vars(self), "accepted": self.accepted, "duplicate": self.duplicate}


@dataclass(frozen=True)
class ImportReport:
    """The answer to one import.

    `number` is None where nothing was stored: a check, a file of the plan only. Where the same files had
    been imported before, `number` is that import's and `first_imported_at` its time. `desk_frames` are
    the plan's tables, checked, for the desk; columns as in the template.
    """

    number: int | None
    conversation: str
    is_check: bool
    first_imported_at: datetime | None
    ledger: tuple[LedgerLine, ...]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...]
    proof: Mapping[str, object]
    desk_frames: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def rows_left_out(self) -> int:
        """Faulty rows that were set aside."""
        return sum(line.quarantined for line in self.ledger)

    @property
    def was_already_imported(self) -> bool:
        """Whether the very same files had been imported before, so that nothing was done."""
        return self.first_imported_at is not None
