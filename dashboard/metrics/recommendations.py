"""What an analyst recommends after the conversation, and what each recommendation rests on."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.filters import Selection
from dashboard.metrics._ideas import wordings
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, verb

METRIC = Metric(
    key="recommendations",
    title="What is recommended",
    question="What should follow from what people said, and what does that rest on?",
    cells=("plan_recommendations", "plan_actions", "votes_by_theme", "votes_by_idea", "texts"),
    columns=(
        Column("number", "No", "count"),
        Column("text", "Recommendation"),
        Column("evidence", "What it rests on"),
        Column("missing", "Evidence not in this release", absent="[z]"),
        Column("written_on", "Written on", "date"),
    ),
    chart=Chart(kind="none", category="text"),
    measure="Recommendations of the analysts, each with its evidence",
    numerator="Recommendations that stood on the day shown",
    denominator="None: they are listed, not counted out of anything",
    interval="None: nothing is estimated",
    source="The analysts' summary report on the desk; evidence by public ids of this release and of the plan",
    caveat="A recommendation is an analyst's judgement. Its evidence may have changed since; follow it to see",
    takes_element=False,
    row=("recommendation", "recommendations"),
)


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """List the conversation's recommendations with their evidence in words, oldest first."""
    own = cells["plan_recommendations"].filter(pl.col("conversation") == selection.conversation).sort("number")
    names = _names(cells)
    rows = [(row["number"], row["text"], *_told(row["evidence"], names), row["written_on"]) for row in own.to_dicts()]
    schema = {"number": pl.Int64, "text": pl.String, "evidence": pl.String, "missing": pl.String, "written_on": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Count the recommendations, and those whose evidence is not all there."""
    if table.is_empty():
        return "No recommendation was written yet."
    lacking = table["missing"].is_not_null().sum()
    told = f"{counted(table.height, 'recommendation')} {verb(table.height, 'rests', 'rest')} on evidence"
    return f"{told}; some of it is not in this release for {lacking} of them." if lacking else f"{told}."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number of recommendations."""
    return counted(table.height, "recommendation")


def _names(cells: Cells) -> dict[tuple[str, str], str]:
    """Give what evidence can point at, by kind and id, as it is called on the pages."""
    ideas = dict(wordings(cells["texts"]).rows())
    stand = cells["votes_by_idea"]["idea"]
    themes = cells["votes_by_theme"].select("theme", "name").unique().sort("theme").rows()
    actions = cells["plan_actions"]["number"]
    return {
        **{("theme", code): f"theme ‘{name}’" for code, name in themes},
        **{("idea", key): f"idea ‘{ideas[key]}’" for key in stand if key in ideas},
        **{("action", str(number)): f"action {number}" for number in actions},
    }


def _told(evidence: list[dict[str, Any]], names: dict[tuple[str, str], str]) -> tuple[str, str | None]:
    """Say what is there, and what is not; elements are always there."""
    there: list[str] = []
    gone: list[str] = []
    for one in evidence:
        known = f"element ‘{one['id']}’" if one["kind"] == "element" else names.get((one["kind"], one["id"]))
        (there if known else gone).append(known or f"{one['kind']} {one['id']}")
    return "; ".join(there), "; ".join(gone) or None
