"""Statistics of opinion groups as Polis defines them, as Polars expressions over counts.

Of a statement in a set of people: `agree`, `disagree`, and `seen` = agree + disagree + pass. The formulae are
those of Small, Bjorkegren, Erkkilä, Shaw and Megill, "Polis: scaling deliberation by mapping high dimensional
opinion spaces", Recerca 26 (2021), with the pseudo-counts of its published mathematics.
"""

from __future__ import annotations

from typing import Final

import polars as pl

Z_90_ONE_SIDED: Final = 1.2816
MOST_STATEMENTS: Final = 5
META_PRIORITY: Final = 49.0


def smoothed(part: pl.Expr, seen: pl.Expr) -> pl.Expr:
    """Give (part + 1) / (seen + 2): a share that is a half where nobody has seen the statement."""
    return (part + 1) / (seen + 2)


def one_proportion_z(part: pl.Expr, seen: pl.Expr) -> pl.Expr:
    """Give z of a share against a half. It is 1 at nought of nought, so small numbers need a gate of their own."""
    return 2 * (seen + 1).sqrt() * ((part + 1) / (seen + 1) - 0.5)


def two_proportion_z(part: pl.Expr, other_part: pl.Expr, seen: pl.Expr, other_seen: pl.Expr) -> pl.Expr:
    """Give z of the difference of two shares, one added to all four counts; 0 where both shares are 1."""
    own, other = (part + 1) / (seen + 1), (other_part + 1) / (other_seen + 1)
    both = (part + other_part + 2) / (seen + other_seen + 2)
    spread = (both * (1 - both) * (1 / (seen + 1) + 1 / (other_seen + 1))).sqrt()
    return pl.when(part + other_part == seen + other_seen).then(0.0).otherwise((own - other) / spread)


def importance(agree: pl.Expr, passed: pl.Expr, seen: pl.Expr, extremity: pl.Expr) -> pl.Expr:
    """Give how much a statement is worth showing: few pass on it, many agree, and it divides."""
    return (1 - smoothed(passed, seen)) * (extremity + 1) * smoothed(agree, seen)


def priority(agree: pl.Expr, passed: pl.Expr, seen: pl.Expr, extremity: pl.Expr, *, is_meta: bool = False) -> pl.Expr:
    """Give how soon a statement would be shown next; statements about the conversation itself have a fixed 49."""
    if is_meta:
        return pl.lit(META_PRIORITY)
    return (importance(agree, passed, seen, extremity) * (1 + 8 * pl.lit(2.0).pow(-seen / 5))) ** 2


def group_consensus(agree: pl.Expr, seen: pl.Expr) -> pl.Expr:
    """Give the group-aware consensus, GAC: the product over groups of the smoothed agree share.

    An aggregation: one row a group in, one number out. It falls with the number of groups.
    """
    return smoothed(agree, seen).product()


def group_consensus_root(agree: pl.Expr, seen: pl.Expr) -> pl.Expr:
    """Give GAC^(1/k), the geometric mean over k groups: comparable whatever their number."""
    return smoothed(agree, seen).log().mean().exp()


def representative(cells: pl.DataFrame) -> pl.DataFrame:
    """Say how far each statement sets each group apart from the others.

    In:   one row a statement and group, every group of each: idea, opinion_group, agree, pass, disagree
    Out:  the same rows with, for agree and for disagree, the smoothed share (p_), its z against a half (pt_), the
          ratio to the other groups together (r_), its z (rt_); `side` is the one that sets the group apart more
          surely, `strength` the product r·rt·p·pt of that side, `is_sure` whether both its z pass 90 %, one-sided
    """
    seen = pl.sum_horizontal("agree", "pass", "disagree")
    whole = cells.with_columns(seen=seen).with_columns(
        (pl.col(name).sum().over("idea") - pl.col(name)).alias(f"other_{name}")
        for name in ("agree", "disagree", "seen")
    )
    measured = whole.with_columns(*_measures("agree"), *_measures("disagree"))
    is_agree = pl.col("rt_agree") > pl.col("rt_disagree")
    return measured.with_columns(
        side=pl.when(is_agree).then(pl.lit("agree")).otherwise(pl.lit("disagree")),
        strength=pl.when(is_agree).then(_strength("agree")).otherwise(_strength("disagree")),
        is_sure=pl.when(is_agree).then(_is_sure("agree")).otherwise(_is_sure("disagree")),
    )


def selected(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep the statements that stand for each group: at most five, agreement before disagreement.

    In:   `representative`. Sure ones by strength; where a group has none, its strongest. The strongest agreement
    comes first among the sure ones.
    """
    sure = rows.filter("is_sure")
    none = rows.join(sure, on="opinion_group", how="anti")
    best = none.sort(_ORDER, descending=_DOWN).unique("opinion_group", keep="first", maintain_order=True)
    ranked = pl.concat([sure, best]).with_columns(is_agree=pl.col("side") == "agree")
    first = pl.col("is_agree") & (
        pl.col("strength") == pl.col("strength").filter(pl.col("is_agree")).max().over("opinion_group")
    )
    return (
        ranked.with_columns(is_first=first.fill_null(value=False))
        .sort("opinion_group", "is_first", "strength", "idea", descending=[False, True, True, False])
        .group_by("opinion_group", maintain_order=True)
        .head(MOST_STATEMENTS)
        .sort("opinion_group", "is_agree", "is_first", "strength", "idea", descending=[False, True, True, True, False])
        .drop("is_agree", "is_first")
    )


def consensus(counts: pl.DataFrame) -> pl.DataFrame:
    """Give the statements most people are of one mind on, over everybody: at most five a side, agreement first.

    In:   idea, agree, pass, disagree
    Out:  rows with side, p (smoothed share of that side, above a half), pt (its z, sure at 90 %), by p·pt
    """
    seen = pl.sum_horizontal("agree", "pass", "disagree")
    sides = [
        counts.with_columns(side=pl.lit(side), p=smoothed(pl.col(side), seen), pt=one_proportion_z(pl.col(side), seen))
        .filter((pl.col("p") > 0.5) & (pl.col("pt") > Z_90_ONE_SIDED))
        .sort(pl.col("p") * pl.col("pt"), "idea", descending=[True, False])
        .head(MOST_STATEMENTS)
        for side in ("agree", "disagree")
    ]
    return pl.concat(sides)


_ORDER: Final = ("opinion_group", "strength", "idea")
_DOWN: Final = (False, True, False)


def _measures(side: str) -> list[pl.Expr]:
    part, seen = pl.col(side), pl.col("seen")
    other_part, other_seen = pl.col(f"other_{side}"), pl.col("other_seen")
    return [
        smoothed(part, seen).alias(f"p_{side}"),
        one_proportion_z(part, seen).alias(f"pt_{side}"),
        (smoothed(part, seen) / smoothed(other_part, other_seen)).alias(f"r_{side}"),
        two_proportion_z(part, other_part, seen, other_seen).alias(f"rt_{side}"),
    ]


def _strength(side: str) -> pl.Expr:
    return pl.col(f"r_{side}") * pl.col(f"rt_{side}") * pl.col(f"p_{side}") * pl.col(f"pt_{side}")


def _is_sure(side: str) -> pl.Expr:
    return (pl.col(f"rt_{side}") > Z_90_ONE_SIDED) & (pl.col(f"pt_{side}") > Z_90_ONE_SIDED)
