"""Write docs/performance.md and its charts from what was measured and kept in benchmarks/results/.

.venv/bin/python -m benchmarks.write_performance
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from matplotlib.figure import Figure

from benchmarks.measuring import RESULTS, ROOT
from dashboard import theme

TARGET: Final = ROOT / "docs" / "performance.md"
CHARTS: Final = ROOT / "docs" / "performance"
NOTES: Final = RESULTS / "notes.md"
VERDICTS: Final[Mapping[bool | None, str]] = {True: "met", False: "**missed**", None: ""}
Found = dict[str, Any]

HEAD: Final = """# Performance

What was measured, beside what was aimed at. Every figure comes from a command in `benchmarks/` and can be measured
again: `make bench` does all of them at a million votes, `.venv/bin/python -m benchmarks.s3_pages --votes 10000000` one
of them at another size. This page is written by `python -m benchmarks.write_performance` from the records in
`benchmarks/results/`; nothing in it is typed by hand but the notes at its end, which lie there too.

Votes are made up (`benchmarks/made_up.py`): a few ideas draw most votes, half of them fall on five days of
seventy-five, participants are votes / 12, moderation removes and merges ideas. They go through the real import and the
real publishing. Peers (pandas, DuckDB, SQLite, PostgreSQL, a bare Streamlit page) are measured in the same run of the
same program, so ratios hold better than seconds on a machine that others use too.
"""


def records() -> list[Found]:
    """Give what was kept, by figure and size."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(RESULTS.glob("s*.json"))]
    return sorted(found, key=lambda one: (one["figure"], one["votes"], one["ideas"]))


def document(found: Sequence[Found]) -> str:
    """Give the whole document."""
    parts = [HEAD, _machines(found), _growth(found)]
    for figure in sorted({one["figure"] for one in found}):
        own = [one for one in found if one["figure"] == figure]
        parts.append(f"## {figure}. {own[0]['title']}\n")
        parts += [_table(one) for one in own]
    if NOTES.is_file():
        parts.append(NOTES.read_text(encoding="utf-8"))
    return "\n".join(parts)


def _machines(found: Sequence[Found]) -> str:
    """Name each machine with its programs once, and how busy it was while it measured."""
    lines = ["## The machine\n"]
    seen: dict[tuple[Any, ...], list[float]] = {}
    for one in found:
        machine = one["machine"]
        versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
        key = (machine["processor"], machine["cores"], machine["memory_gib"], versions)
        seen.setdefault(key, []).append(machine["load"])
    for (processor, cores, memory, versions), loads in seen.items():
        busy = f"{min(loads):.0f} to {max(loads):.0f} processes wanted its {cores} cores while it measured"
        lines.append(f"* {processor}, {cores} cores, {memory:.0f} GiB; {versions}; {busy}.")
    return "\n".join([*lines, ""])


def _table(one: Found) -> str:
    size = f"{one['votes']:,} votes, {one['ideas']:,} ideas" if one["votes"] else "The demonstration"
    lines = [f"**{size}** ({one['machine']['measured_at'][:10]})\n", "| what | median | spread | runs | target | |"]
    lines.append("|---|---:|---|---:|---|---|")
    for line in one["lines"]:
        runs = line["runs"]
        middle, spread = _number(statistics.median(runs)), f"{_number(min(runs))} to {_number(max(runs))}"
        spread = spread if len(runs) > 1 else ""
        unit = line["unit"] if line["unit"] != "x" else "times"
        verdict, note = VERDICTS[line["is_met"]], f" ({line['note']})" if line["note"] else ""
        lines.append(
            f"| {line['name']}{note} | {middle} {unit} | {spread} | {len(runs)} | {line['target']} | {verdict} |"
        )
    return "\n".join([*lines, ""])


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _growth(found: Sequence[Found]) -> str:
    """Give the charts of growth, with their numbers beside them, and write their files."""
    fixed = _most_sizes([one for one in found if one["figure"] == "S3"])
    published = _most_sizes([one for one in found if one["figure"] == "S2"])
    parts = ["## Growth\n"]
    pages = list(_points(fixed, "any page, 95 of 100 times within"))
    busy = list(_points(fixed, "any page, processor time, the middle one"))
    if len(pages) > 1:
        series = {"95 of 100 pages within": pages, "processor time, middle page": busy}
        parts.append(_chart("pages", f"A page's data with {fixed[0]['ideas']:,} ideas", "milliseconds", series))
    seconds = list(_points(published, "publish"))
    if len(seconds) > 1:
        line = [(votes, seconds[0][1] * votes / seconds[0][0]) for votes, _ in seconds]
        series = {"publish": seconds, "in step with the votes": line}
        parts.append(_chart("publish", "Publishing", "seconds", series))
    return "\n".join(parts) if len(parts) > 1 else ""


def _most_sizes(found: Sequence[Found]) -> list[Found]:
    """Give the records of the number of ideas that was measured at most sizes, by votes."""
    by_ideas: dict[int, list[Found]] = {}
    for one in found:
        by_ideas.setdefault(one["ideas"], []).append(one)
    return max(by_ideas.values(), key=len, default=[])


def _points(found: Sequence[Found], name: str) -> Iterator[tuple[int, float]]:
    for one in found:
        for line in one["lines"]:
            if line["name"] == name:
                yield one["votes"], statistics.median(line["runs"])


def _chart(name: str, title: str, unit: str, series: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    CHARTS.mkdir(parents=True, exist_ok=True)
    _draw(CHARTS / f"{name}.svg", title, unit, series)
    sizes = [votes for votes, _ in next(iter(series.values()))]
    table = [f"| {unit} | " + " | ".join(f"{votes:,} votes" for votes in sizes) + " |", "|---|" + "---:|" * len(sizes)]
    table += [
        f"| {label} | " + " | ".join(_number(value) for _, value in points) + " |" for label, points in series.items()
    ]
    return "\n".join(
        [f"![{title}: {unit} by votes; the numbers are in the table below](performance/{name}.svg)\n", *table, ""]
    )


def _draw(file: Path, title: str, unit: str, series: Mapping[str, Sequence[tuple[int, float]]]) -> None:
    """Draw lines over votes, both axes by powers of ten, in the dashboard's own colours."""
    figure = Figure(figsize=(8, 4), layout="constrained")
    axes = figure.add_subplot()
    for (label, points), colour, style in zip(series.items(), theme.CATEGORICAL, ("o-", "s--", "^:"), strict=False):
        axes.plot([at for at, _ in points], [value for _, value in points], style, color=colour, label=label)
    axes.set(xscale="log", yscale="log", xlabel="votes", ylabel=unit, title=title)
    axes.grid(color=theme.GRID)
    axes.set_axisbelow(True)
    axes.legend(frameon=False)
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    """Write the page and its charts."""
    TARGET.write_text(document(records()), encoding="utf-8")
    print(TARGET)


if __name__ == "__main__":
    main()
