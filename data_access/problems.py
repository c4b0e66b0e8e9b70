"""What can go wrong in a way the user can mend, and the exit code of each kind.

Two families: a `UserProblem` is shown as it is, in one plain line or a short list; everything else is a
bug and keeps its traceback. Messages say what, where, what was expected and what to do next. They never
hold participants' words or identifiers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class UserProblem(Exception):
    """A problem its reader can mend. `exit_code` is what the command line returns."""

    exit_code = 1


class BadConfiguration(UserProblem):
    """The environment or the installation is not set up as it must be."""

    exit_code = 3


class NothingThere(UserProblem):
    """Something asked for by name (release, table, metric, import, conversation) does not exist."""

    exit_code = 4


class BadSelection(UserProblem):
    """A filter names something that is not offered. Never answered with 'all'."""

    exit_code = 5


class NotAllowed(UserProblem):
    """The viewer may not see or do this."""

    exit_code = 6


class Tampered(UserProblem):
    """Bytes differ from what a manifest or a chain says they were."""

    exit_code = 7


class VaultUnavailable(UserProblem):
    """The vault cannot be opened, is locked, or has a schema this version does not know."""

    exit_code = 8


class ChangedMeanwhile(UserProblem):
    """Somebody else changed the same thing since it was read. The message says what; nothing was saved."""

    exit_code = 9


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one place of one file, without quoting its content.

    `row` is the line as a spreadsheet numbers it (the header is row 1), 0 when the whole file is meant.
    `shape` describes the value without giving it away: 'text of 12 characters', 'empty', 'number -3'.
    """

    file: str
    row: int
    column: str
    shape: str
    expected: str
    remedy: str = ""
    code: str = ""

    def line(self) -> str:
        """Give the fault as one plain line."""
        place = f"row {self.row:,}" if self.row else "file"
        column = f"  {self.column}" if self.column else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"  {place}{column}  {self.shape}  expected {self.expected}{remedy}"


class ImportRefused(UserProblem):
    """Nothing was imported. `faults` lists everything wrong, all at once."""

    exit_code = 2

    def __init__(self, headline: str, faults: Sequence[Fault] = (), remedy: str = "") -> None:
        """Keep the faults for `--json` and for the list of rejects."""
        self.headline = headline
        self.faults = tuple(faults)
        self.remedy = remedy
        super().__init__(self.text())

    def text(self, limit: int = 20) -> str:
        """Give the headline, at most `limit` faults a file, and the remedy."""
        lines = [self.headline]
        for file in dict.fromkeys(fault.file for fault in self.faults):
            own = [fault for fault in self.faults if fault.file == file]
            lines.append(f" {file}: {len(own):,} {'fault' if len(own) == 1 else 'faults'}")
            lines.extend(fault.line() for fault in own[:limit])
            if len(own) > limit:
                lines.append(f"  … and {len(own) - limit:,} more of this file (all with --json)")
        if self.remedy:
            lines.append(self.remedy)
        return "\n".join(lines)
