"""How far two coders agree who read the same posts."""

from __future__ import annotations

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._crossed import with_names
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted
from data_access.coding.agreement import BENCHMARK, SMALLEST_SAMPLE, Estimate, kappa, mean_f1

ALL_THEMES = "All themes together"
_COUNTS = ("both", "only_first", "only_second", "neither")

METRIC = Metric(
    key="coder_agreement",
    title="How far coders agree",
    question="Would another coder have given the same themes?",
    cells=("coder_decisions", "coder_overlaps", "votes_by_theme"),
    columns=(
        Column("name", "Theme"),
        Column("posts", "Posts both coded", "count", "posts"),
        Column("both", "Both gave it", "count", "decisions"),
        Column("only_one", "Only one gave it", "count", "decisions"),
        Column("neither", "Neither gave it", "count", "decisions"),
        Column("kappa", "Cohen's kappa", "ratio", absent="[z]"),
        Column("kappa_low", "Kappa, lower end", "ratio", "95% interval", absent="[z]"),
        Column("kappa_high", "Kappa, upper end", "ratio", "95% interval", absent="[z]"),
        Column("f1", "F1", "ratio", absent="[z]"),
        Column("f1_low", "F1, lower end", "ratio", "95% interval", absent="[z]"),
        Column("f1_high", "F1, upper end", "ratio", "95% interval", absent="[z]"),
    ),
    chart=Chart(kind="none", category="name"),
    measure="Agreement of two coders on the posts both coded",
    numerator="Kappa: agreement beyond chance. F1: twice the themes both gave over all that either gave, the mean of "
    "posts; of one theme, over its decisions",
    denominator="Posts that two coders coded in the same version of the frame; every theme is a decision on each",
    interval="Kappa: Fleiss, Cohen and Everitt, 95%. F1 of all themes: mean ± 1.96 s/√n, from "
    f"{SMALLEST_SAMPLE} posts on",
    source="Codes of two coders in the newest version that was coded twice; accepted suggestions are left out",
    caveat=f"The benchmark of the mean F1 is {BENCHMARK}. Posts that a coder read and gave no theme leave no trace, so "
    "they are not compared. Decisions on one post are alike, so the true uncertainty of kappa is wider",
    row=("theme", "themes"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give a row for all themes together, then one a theme, the least agreement first; empty where none coded twice.

    With an element, its themes alone stand below those of all.
    """
    decisions, overlaps = _newest(cells["coder_decisions"]), _newest(cells["coder_overlaps"])
    if decisions.is_empty():
        return pl.DataFrame(schema=_schema())
    posts = int(overlaps["items"].sum())
    every = decisions.select(pl.col(*_COUNTS).sum()).row(0)
    rows = [_row(ALL_THEMES, posts, every, mean_f1(overlaps))]
    named = with_names(decisions, cells["votes_by_theme"], selection, "theme")
    own = [_row(row["name"], posts, tuple(row[name] for name in _COUNTS)) for row in named.iter_rows(named=True)]
    given = [row for row in own if row["both"] or row["only_one"]]
    rows += sorted(given, key=lambda row: (row["kappa"] is None, row["kappa"] or 0.0, row["name"]))
    return pl.DataFrame(rows, _schema())


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Give kappa and the mean F1 of all themes with their intervals, and how it stands to the benchmark."""
    if table.is_empty():
        return "No posts were coded by two people, so agreement is not known."
    row = table.row(0, named=True)
    known = "not known" if row["kappa"] is None else f"{row['kappa']:.2f}"
    between = "" if row["kappa_low"] is None else f" ({row['kappa_low']:.2f} to {row['kappa_high']:.2f})"
    return f"Two coders' kappa is {known}{between}; the mean F1 is {row['f1']:.2f}, {_standing(row)}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of posts and the benchmark."""
    posts = 0 if table.is_empty() else table["posts"][0]
    return f"{counted(posts, 'post')} coded by two people; benchmark of F1 {BENCHMARK}"


_KINDS = {"count": pl.Int64, "ratio": pl.Float64}


def _schema() -> pl.Schema:
    return pl.Schema({column.name: _KINDS.get(column.kind, pl.String) for column in METRIC.columns})


def _standing(row: dict[str, float | None]) -> str:
    low, high, value = row["f1_low"], row["f1_high"], row["f1"]
    if low is None or high is None or value is None:
        return f"too few posts to hold against the benchmark of {BENCHMARK}"
    if low >= BENCHMARK:
        return f"surely above the benchmark of {BENCHMARK}"
    if high < BENCHMARK:
        return f"surely below the benchmark of {BENCHMARK}"
    return f"not surely above or below the benchmark of {BENCHMARK}"


def _newest(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("frame_version") == pl.col("frame_version").max())


def _row(name: str, posts: int, counts: tuple[int, ...], f1: Estimate | None = None) -> dict[str, object]:
    both, only_first, only_second, neither = counts
    agreed = kappa(both, only_first, only_second, neither)
    given = 2 * both + only_first + only_second
    score = f1 or Estimate(2 * both / given if given else None)
    return {
        "name": name,
        "posts": posts,
        "both": both,
        "only_one": only_first + only_second,
        "neither": neither,
        "kappa": agreed.value,
        "kappa_low": agreed.low,
        "kappa_high": agreed.high,
        "f1": score.value,
        "f1_low": score.low,
        "f1_high": score.high,
    }
