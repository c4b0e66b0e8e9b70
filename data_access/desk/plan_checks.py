"""What a register and its history must be before a row of them is stored; everything wrong is said at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

import polars as pl

from data_access.desk.plan_shapes import ACTIONS, NUMBER_OF_ACTIONS, UPDATES, PlanTable
from data_access.problems import Fault, ImportRefused
from data_access.vocabulary import ActionStatus, StatusReason

# The work behind the plan began in January 2021, so no date of it is older: a date before is a slip of the
# keyboard. https://www.england.nhs.uk/future-of-human-resources-and-organisational-development/ (annexes)
FIRST_DAY: Final = date(2021, 1, 1)
EVIDENCE_KINDS: Final = ("theme", "idea", "feedback", "session action")
RESPONSES: Final = ("done", "doing", "cannot do")
_LISTS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "updates": {
        "status": tuple(ActionStatus),
        "reason": tuple(StatusReason),
        "expected_status": tuple(ActionStatus),
    },
    "evidence": {"kind": EVIDENCE_KINDS, "response": RESPONSES},
}


def check_register(numbers: list[int | None]) -> None:
    """Refuse a register that is not the 35 actions, each once, naming what is missing, repeated or foreign."""
    known = [number for number in numbers if number is not None]
    wanted = range(1, NUMBER_OF_ACTIONS + 1)
    differences = {
        "missing": [str(number) for number in wanted if number not in known],
        "repeated": [f"{number} ({times} times)" for number, times in sorted(Counter(known).items()) if times > 1],
        "out of range": [str(number) for number in sorted(set(known)) if number not in wanted],
        "without a number": [f"{numbers.count(None)} rows"] if None in numbers else [],
    }
    if not any(differences.values()):
        return
    said = "; ".join(f"{name}: {', '.join(items)}" for name, items in differences.items() if items)
    faults = [
        Fault(ACTIONS.name, 0, "number", f"{name}: {item}", f"each of 1 to {NUMBER_OF_ACTIONS} once")
        for name, items in differences.items()
        for item in items
    ]
    raise ImportRefused(
        f"The register does not hold the {NUMBER_OF_ACTIONS} actions of the plan, so nothing was loaded ({said}).",
        faults,
        f"Supply one row for each number from 1 to {NUMBER_OF_ACTIONS}.",
    )


def check_tables(
    frames: Mapping[PlanTable, pl.DataFrame], lines: Mapping[PlanTable, Sequence[int]], now: datetime
) -> None:
    """Refuse rows without what they need, repeated keys, words that are not in a list and impossible dates.

    lines: the number of each row in its file.
    """
    faults = [fault for table, frame in frames.items() for fault in _faults(table, frame, lines[table], now)]
    if faults:
        raise ImportRefused("The plan's tables have faults, so nothing was loaded.", faults)


def _faults(table: PlanTable, frame: pl.DataFrame, lines: Sequence[int], now: datetime) -> Iterator[Fault]:
    seen: set[tuple[object, ...]] = set()
    for line, row in zip(lines, frame.iter_rows(named=True), strict=True):
        yield from (Fault(table.name, line, column, shape, wanted) for column, shape, wanted in _wrong(table, row, now))
        key = tuple(row[name] for name in table.key)
        if key in seen and table is not ACTIONS:
            yield Fault(table.name, line, ", ".join(table.key), "the same as an earlier row", "each key once")
        seen.add(key)


def _wrong(table: PlanTable, row: dict[str, object], now: datetime) -> Iterator[tuple[str, str, str]]:
    yield from ((name, "empty", "a value") for name in table.required if row[name] is None)
    number = row.get(table.action)
    if isinstance(number, int) and table is not ACTIONS and not 1 <= number <= NUMBER_OF_ACTIONS:
        yield table.action, f"number {number}", f"the number of an action, 1 to {NUMBER_OF_ACTIONS}"
    for name, words in _LISTS.get(table.name, {}).items():
        if row[name] is not None and row[name] not in words:
            yield name, "another word", f"one of {', '.join(words)}"
    yield from _wrong_dates(table, row, now)


def _wrong_dates(table: PlanTable, row: dict[str, object], now: datetime) -> Iterator[tuple[str, str, str]]:
    for name, value in row.items():
        if isinstance(value, date) and not isinstance(value, datetime) and value < FIRST_DAY:
            yield name, f"{value}", f"a day from {FIRST_DAY} on; the plan is no older"
    low, high = row.get("due_earliest"), row.get("due_latest")
    if isinstance(low, date) and isinstance(high, date) and low > high:
        yield "due_latest", f"{high}", f"a day not before due_earliest, {low}"
    happened = row.get("as_at" if table is UPDATES else "reached_on")
    if isinstance(happened, date) and happened > now.date():
        yield ("as_at" if table is UPDATES else "reached_on"), f"{happened}", f"a day not after today, {now.date()}"
    recorded = row.get("recorded_at")
    if isinstance(recorded, datetime) and recorded > now:
        yield "recorded_at", f"{recorded:%Y-%m-%d %H:%M}", "a time that is not in the future"
