"""The chain of evidence: what each link of the plan resolves to in a release, and what stands behind an action.

A link is an action, a kind and a public id. It resolves when the release holds something that stands under
that id: a theme of the newest coding frame, a session, a feedback point, or an idea. An idea that was merged
away resolves to the idea that carries its votes now (release table `lineage`); one that was removed, or split
without an heir, resolves to nothing, and whoever counts on it is told.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.metrics._ideas import HELD_BACK, WITHDRAWN, wordings
from dashboard.metrics._votes import with_balance
from dashboard.specs import Cells, Column
from data_access.vocabulary import NOT_CODED

CHAIN: Final = (
    "plan_actions",
    "plan_evidence",
    "votes_by_theme",
    "votes_by_idea",
    "idea_themes",
    "idea_elements",
    "lineage",
    "texts",
    "sessions",
)
STANDS: Final = "stands"
NOT_HERE: Final = "not in this release"
NO_ELEMENT: Final = "No element"
CHAIN_SOURCE: Final = "Links recorded on the desk, held against the release shown; votes from the release"
ONE_CONVERSATION: Final = "Links to another conversation than the one shown do not resolve here"
SUPPORT_COLUMNS: Final = (
    Column("ideas", "Ideas behind it", "count", "ideas"),
    Column("agree", "Agree", "count", "votes"),
    Column("disagree", "Disagree", "count", "votes"),
    Column("votes", "All votes (gross)", "count", "votes"),
    Column("agree_share", "Agree share", "share", "of votes for or against", absent="[z]"),
    Column("agree_low", "Agree share, lower end", "share", "95% interval", absent="[z]"),
    Column("agree_high", "Agree share, upper end", "share", "95% interval", absent="[z]"),
)
# A theme is strong when even the lower end of its interval passes two thirds of the votes for or against,
# and enough people voted that no team decides it alone. Both numbers stand on the cards.
STRONG_SHARE: Final = 2 / 3
STRONG_VOTERS: Final = 100
STRONG: Final = (
    f"strong: at least {STRONG_VOTERS} voters, and the lower end of the 95% interval of the agree share is "
    "two thirds or more"
)


def resolved_links(cells: Cells) -> pl.DataFrame:
    """Say of every link what it resolves to.

    In:   plan_evidence and the tables of the release
    Out:  one row a link, by action, kind and item: action, kind, item, response, response_text, state
          ('stands', 'merged into …', 'removed', 'split', 'not in this release'), resolved (public id, null
          where nothing stands), name (of the theme or session, wording of the idea or feedback point)
    """
    links = cells["plan_evidence"].select("action", "kind", "item", "response", "response_text")
    targets = pl.concat([_themes(cells), _ideas(cells), _sessions(cells), _feedback(cells)])
    return (
        links.join(targets, on=("kind", "item"), how="left")
        .with_columns(pl.col("state").fill_null(NOT_HERE))
        .sort("action", "kind", "item")
    )


def standing_links(cells: Cells) -> pl.DataFrame:
    """Keep the links that resolve."""
    return resolved_links(cells).filter(pl.col("resolved").is_not_null())


def ideas_behind(cells: Cells) -> pl.DataFrame:
    """Give the distinct ideas behind each action: action, idea. Those linked, and those of linked themes."""
    links = standing_links(cells)
    themes = links.filter(pl.col("kind") == "theme").select("action", theme="resolved")
    own = links.filter(pl.col("kind") == "idea").select("action", idea="resolved")
    coded = themes.join(cells["idea_themes"].select("idea", "theme"), on="theme").select("action", "idea")
    standing = cells["votes_by_idea"].select("idea")
    return pl.concat([own, coded]).unique().join(standing, on="idea", how="semi").sort("action", "idea")


def support(cells: Cells) -> pl.DataFrame:
    """Add up the votes on the distinct ideas behind each action, with the agree share and its interval.

    Out:  one row an action, all of them: number, ideas, agree, pass, disagree, votes, agree_share, agree_low,
          agree_high; the last three are null without a vote for or against. Votes add; voters would not.
    """
    counts = ("agree", "pass", "disagree")
    votes = ideas_behind(cells).join(cells["votes_by_idea"].select("idea", *counts), on="idea")
    behind = votes.group_by("action").agg(pl.len().cast(pl.Int64).alias("ideas"), pl.col(*counts).sum())
    every = cells["plan_actions"].select("number").sort("number")
    whole = every.join(behind, left_on="number", right_on="action", how="left", maintain_order="left")
    return with_balance(whole.with_columns(pl.col("ideas", *counts).fill_null(0)))


def themes_with_actions(cells: Cells) -> pl.DataFrame:
    """Give every theme with its balance, the actions linked to it and whether it is strong.

    An action is linked to a theme by a link to it or to a standing idea that is coded with it.
    Out:  one row a theme ('Not yet coded' is none): theme, name, element, ideas, voters, balance, is_hidden,
          actions (numbers, ascending), is_strong (null where the votes are hidden)
    """
    themes = with_balance(cells["votes_by_theme"].filter(pl.col("theme") != NOT_CODED))
    links = standing_links(cells)
    direct = links.filter(pl.col("kind") == "theme").select("action", theme="resolved")
    by_idea = (
        links.filter(pl.col("kind") == "idea")
        .join(cells["idea_themes"].select("idea", "theme"), left_on="resolved", right_on="idea")
        .select("action", "theme")
    )
    actions = pl.concat([direct, by_idea]).unique().group_by("theme").agg(pl.col("action").sort().alias("actions"))
    is_strong = (pl.col("voters") >= STRONG_VOTERS) & (pl.col("agree_low") >= STRONG_SHARE)
    return (
        themes.join(actions, on="theme", how="left")
        .with_columns(
            pl.col("actions").fill_null([]),
            pl.when(~pl.col("is_hidden")).then(is_strong.fill_null(value=False)).alias("is_strong"),
        )
        .sort("agree_low", "name", "theme", descending=[True, False, False], nulls_last=True)
    )


def elements_of_links(cells: Cells) -> pl.DataFrame:
    """Give the elements of each link that resolves: kind, item, element; an idea may belong to several."""
    links = standing_links(cells).select("kind", "item", "resolved").unique()
    themes = cells["votes_by_theme"].select(kind=pl.lit("theme"), resolved="theme", element="element")
    ideas = cells["idea_elements"].select(kind=pl.lit("idea"), resolved="idea", element="element")
    sessions = cells["sessions"].select(kind=pl.lit("session action"), resolved="session", element="element")
    points = (
        cells["texts"]
        .filter(pl.col("kind") == "feedback")
        .join(cells["sessions"].select("session", "element"), left_on="idea", right_on="session")
        .select(kind=pl.lit("feedback"), resolved="id", element="element")
    )
    known = pl.concat([themes, ideas, sessions, points]).drop_nulls("element")
    return (
        links.join(known, on=("kind", "resolved"), how="left")
        .select("kind", "item", pl.col("element").fill_null(NO_ELEMENT))
        .sort("kind", "item", "element")
    )


def _themes(cells: Cells) -> pl.DataFrame:
    themes = cells["votes_by_theme"].filter(pl.col("theme") != NOT_CODED)
    return _target("theme", themes, item="theme", resolved=pl.col("theme"), name=pl.col("name"))


def _ideas(cells: Cells) -> pl.DataFrame:
    stands_as = pl.when(pl.col("stands_as") != "").then("stands_as")
    moved = pl.format("merged into {}", "stands_as")
    state = (
        pl.when(pl.col("stands_as") == pl.col("idea"))
        .then(pl.lit(STANDS))
        .when(stands_as.is_not_null())
        .then(moved)
        .otherwise(pl.col("state"))
    )
    said = cells["lineage"].join(
        wordings(cells["texts"]).rename({"idea": "stands_as"}), on="stands_as", how="left", maintain_order="left"
    )
    name = pl.when(stands_as.is_not_null()).then(pl.col("wording").fill_null(WITHDRAWN))
    return _target("idea", said, item="idea", resolved=stands_as, name=name, state=state)


def _sessions(cells: Cells) -> pl.DataFrame:
    return _target(
        "session action", cells["sessions"], item="session", resolved=pl.col("session"), name=pl.col("title")
    )


def _feedback(cells: Cells) -> pl.DataFrame:
    points = cells["texts"].filter(pl.col("kind") == "feedback")
    text = pl.when(pl.col("is_held_back")).then(pl.lit(HELD_BACK)).otherwise(pl.col("text").replace("", WITHDRAWN))
    return _target("feedback", points, item="id", resolved=pl.col("id"), name=text)


def _target(
    kind: str, frame: pl.DataFrame, *, item: str, resolved: pl.Expr, name: pl.Expr, state: pl.Expr | None = None
) -> pl.DataFrame:
    """Give what links of a kind can resolve to: kind, item, state, resolved, name."""
    return frame.select(
        kind=pl.lit(kind),
        item=pl.col(item),
        state=state if state is not None else pl.lit(STANDS),
        resolved=resolved,
        name=name.cast(pl.String),
    )
