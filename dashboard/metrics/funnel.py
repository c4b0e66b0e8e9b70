"""How far people went: registered, signed in, voted, commented, posted."""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.filters import Selection
from dashboard.specs import Cells, Chart, Column, Metric
from dashboard.wording import counted, per_cent

METRIC = Metric(
    key="funnel",
    title="From registering to taking part",
    question="How many of those who registered took part, and how?",
    cells=("totals",),
    columns=(
        Column("stage", "Stage"),
        Column("participants", "Participants", "count", "participants"),
        Column("share", "Share of registered", "share", "of registered participants", absent="[z]"),
    ),
    chart=Chart(kind="bar", category="stage", values=("participants",)),
    measure="Participants at each stage",
    numerator="Distinct people who reached the stage",
    denominator="People who registered",
    interval="None: everybody is counted, nobody is sampled",
    source="The platform's registrations and sign-ins; ideas, comments and votes after moderation",
    caveat="Stages are not steps of one ladder: a person may comment without voting. Registered does not mean "
    "invited, so this is no response rate. Many sources do not say who registered or signed in",
    takes_element=False,
    row=("stage", "stages"),
)

STAGES: Final = {
    "registered": "Registered",
    "signed_in": "Signed in",
    "participants": "Took part in any way",
    "voters": "Voted",
    "commenters": "Commented",
    "contributors": "Posted an idea or a comment",
}


def derive(cells: Cells, selection: Selection) -> pl.DataFrame:
    """Give one row a stage, in the order people meet them.

    In:   totals
    Out:  stage, participants (null where hidden or not supplied), share of registered, is_hidden
    """
    wanted = pl.DataFrame({"measure": list(STAGES), "stage": list(STAGES.values())}).with_row_index("place")
    stages = wanted.join(cells["totals"], on="measure", how="left").sort("place")
    registered = pl.col("count").filter(pl.col("measure") == "registered").first()
    return stages.select(
        "stage",
        pl.col("count").alias("participants"),
        pl.when(registered > 0).then(pl.col("count") / registered).alias("share"),
        pl.col("is_hidden").fill_null(value=False),
    )


def headline(table: pl.DataFrame, selection: Selection) -> str:
    """Say how many took part, of those who registered where that is known."""
    rows = {row["stage"]: row for row in table.iter_rows(named=True)}
    took_part, registered = rows[STAGES["participants"]], rows[STAGES["registered"]]
    if took_part["participants"] is None:
        return "The number who took part cannot be shown."
    people = counted(took_part["participants"], "person", "people")
    if took_part["share"] is None:
        return f"{people} took part; how many registered is not known."
    return f"{people} took part, {per_cent(took_part['share'])} of the {registered['participants']:,} who registered."


def base(table: pl.DataFrame, selection: Selection) -> str:
    """Give the number who registered, or who took part where that is not known."""
    for stage, words in ((STAGES["registered"], "registered"), (STAGES["participants"], "took part")):
        count = table.filter(pl.col("stage") == stage)["participants"].item()
        if count is not None:
            return f"{counted(count, 'person', 'people')} {words}"
    return ""
