"""Imports in words and columns, and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from data_access.importing.history import ImportSummary
from data_access.importing.report import ImportReport
from data_access.problems import ImportRefused

_LEDGER: Final = ("table", "file", "rows", "new", "changed", "unchanged", "repeated", "quarantined")
_IMPORTS: Final = ("import", "conversation", "adapter", "state", "imported at", "by", "rows", "accepted", "duplicate")


def print_report(report: ImportReport) -> None:
    """Print what an import did, or would do: notices, ledger, rows set aside."""
    for notice in report.notices:
        print(notice)
    if report.was_already_imported:
        print("Nothing was changed.")
        return
    print(_headline(report))
    print_ledger([line.as_dict() for line in report.ledger])
    if report.faults:
        said = "Rows that would be refused:" if report.is_check else "Rows set aside:"
        print(ImportRefused(said, report.faults).text())


def report_as_dict(report: ImportReport) -> dict[str, object]:
    """Give a report as JSON prints it; the proof has a command of its own."""
    return {
        "import": report.number,
        "conversation": report.conversation,
        "is_check": report.is_check,
        "was_already_imported": report.was_already_imported,
        "first_imported_at": report.first_imported_at,
        "ledger": [line.as_dict() for line in report.ledger],
        "faults": [asdict(fault) for fault in report.faults],
        "notices": report.notices,
    }


def print_proof_summary(proof: Mapping[str, Any]) -> None:
    """Print one import of the past with its ledger."""
    print(f"Import {proof['import']} of '{proof['conversation']}' ({proof['adapter']}), {proof['state']}")
    print_ledger(proof["ledger"])


def print_ledger(lines: Sequence[Mapping[str, object]]) -> None:
    """Print the ledger, a line a table; its last column is headed as people say it."""
    _print_table((*_LEDGER[:-1], "refused"), [[line[name] for name in _LEDGER] for line in lines])


def print_imports(found: Sequence[ImportSummary]) -> None:
    """Print one line an import, or how to begin."""
    if not found:
        print("Nothing has been imported yet. Start with: lookforward import --help")
        return
    _print_table((*_IMPORTS, "refused"), [_cells(one) for one in found])


def _headline(report: ImportReport) -> str:
    if report.is_check:
        return f"Checked; nothing was written. What would happen to '{report.conversation}':"
    return f"Import {report.number} of '{report.conversation}':" if report.number else "Tables of the plan:"


def _cells(one: ImportSummary) -> list[object]:
    counts = [one.rows, one.accepted, one.duplicate, one.quarantined]
    when = f"{one.imported_at:%Y-%m-%d %H:%M}"
    return [one.number, one.conversation, one.adapter, one.state, when, one.started_by, *counts]


def _print_table(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows in columns, numbers to the right."""
    cells = [list(heading), *([f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(heading))]
    is_numeric = [bool(rows) and isinstance(rows[0][place], int) for place in range(len(heading))]
    for row in cells:
        laid_out = [
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(row, widths, is_numeric, strict=True)
        ]
        print("  " + "  ".join(laid_out).rstrip())
