"""What opinion is worked out from beyond totals: authors' own votes, clustering, opinion groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from data_access.disclosure.bands import band, may_be_counted
from data_access.disclosure.threshold import hide
from data_access.publishing.beside import ELEMENT, EVERYTHING
from data_access.publishing.by_slice import family_tally
from data_access.publishing.ground import Ground
from data_access.publishing.ideas import MEASURES, without_pass
from data_access.publishing.slices import element_labels
from data_access.publishing.tallying import tally
from data_access.reference.lattice import lattice

ALL_IDEAS: Final = "All ideas"
TENTHS: Final = 10
_SIDED: Final = ("agree", "disagree", "sided_people", "agree_agree", "agree_sided", "sided_sided")


def own_votes(ground: Ground) -> pl.DataFrame:
    """Count the votes that authors cast on ideas of their own: one row.

    Out:  authors (distinct), votes, agree_band (share of agree among those votes), is_hidden (1 to k-1 authors).
          No vote of one author is given, nor could it be told from this row.
    """
    k = ground.facts.threshold
    found = tally(ground, "own_votes").select("authors", "votes", "agree").sum().row(0)
    authors, votes, agree = found
    share = agree / votes if votes else None
    row = pl.DataFrame({"authors": [authors], "votes": [votes], "is_hidden": [1 <= authors < k], "share": [share]})
    banded = band(pl.col("share").cast(pl.Float64), lattice().band_bounds)
    return hide(row.with_columns(agree_band=pl.when(~pl.col("is_hidden")).then(banded)), ("authors", "votes")).drop(
        "share"
    )


def vote_clustering(ground: Ground) -> pl.DataFrame:
    """Work out what a vote is worth beside an independent answer, on each element and over all ideas.

    Kish's design effect of the agree share, agree / (agree + disagree), with whole participants as the units: the
    linearised variance of the ratio over that of as many independent votes, at least 1, rounded up to a tenth.
    Out:  slice, design_effect, is_hidden (fewer than k participants agreed or disagreed; null there)
    """
    labels = element_labels().select("label", slice="element")
    elements = family_tally(ground, ELEMENT).join(labels, on="label").select("slice", *_SIDED)
    everything = family_tally(ground, EVERYTHING).with_columns(slice=pl.lit(ALL_IDEAS)).select("slice", *_SIDED)
    sided = pl.concat([everything, elements]).with_columns(voters="sided_people", design_effect=_effect(_of_sums()))
    effects = sided.select("slice", "design_effect", "voters").filter(pl.col("voters") > 0)
    order = pl.DataFrame({"slice": [ALL_IDEAS, *labels["slice"]]}).with_row_index("place")
    few = pl.col("voters").fill_null(0) < ground.facts.threshold
    return (
        hide(order.join(effects, on="slice", how="left").with_columns(is_hidden=few), ("design_effect",))
        .sort("place")
        .select("slice", "design_effect", "is_hidden")
    )


def votes_by_opinion_group(ground: Ground) -> pl.DataFrame:
    """Count votes on each idea by the opinion groups the source supplied; empty where it supplied none.

    Groups smaller than k are named and always hidden. The others are shown for an idea only all together: where
    each has k voters on it or more, and those in none of them are nobody or k and more.
    Out:  idea, opinion_group, voters, agree, pass, disagree, is_hidden; every idea that stands by every group
    """
    k, declared = ground.facts.threshold, ground.material.opinion_groups
    sizes = declared.group_by("opinion_group").agg(people=pl.col("participant").n_unique()).sort("opinion_group")
    large = sizes.filter(pl.col("people") >= k)["opinion_group"]
    if not large.len():
        return _no_groups()
    cast = tally(ground, "by_opinion_group")
    is_large = pl.col("opinion_group").is_in(large.implode()).fill_null(value=False)
    by_group = cast.filter(is_large)
    others = cast.filter(~is_large).group_by("root").agg(others=pl.col("voters").sum())
    every = ground.live.rename({"idea": "root", "id": "idea"}).join(sizes.select("opinion_group"), how="cross")
    counted = (
        every.join(by_group, on=["root", "opinion_group"], how="left")
        .join(others, on="root", how="left")
        .with_columns(pl.col(*MEASURES, "others").fill_null(0), is_large=is_large)
    )
    is_whole = (may_be_counted(["voters"], k) | ~pl.col("is_large")).all().over("root")
    no_rest = ~pl.col("others").is_between(1, k - 1)
    shown = hide(counted.with_columns(is_hidden=~(is_whole & no_rest & pl.col("is_large"))), MEASURES)
    ordered = shown.sort("idea", "opinion_group").select("idea", "opinion_group", *MEASURES, "is_hidden")
    return without_pass(ordered, has_pass=ground.facts.has_pass)


@dataclass(frozen=True)
class _Sums:
    """Sums over people, a person's agreements a and sides taken v: how many people, a, v, a², a v and v²."""

    people: pl.Expr
    agree: pl.Expr
    sided: pl.Expr
    agree_agree: pl.Expr
    agree_sided: pl.Expr
    sided_sided: pl.Expr


def design_effect() -> pl.Expr:
    """Give Kish's design effect of an agree share, rounded up to a tenth: an aggregation over agree and votes a person.

    1 where everybody, or only one person, is on one side.
    """
    agree, sided = pl.col("agree"), pl.col("votes")
    sums = ((agree**2).sum(), (agree * sided).sum(), (sided**2).sum())
    return _effect(_Sums(pl.len().cast(pl.Float64), agree.sum(), sided.sum(), *sums))


def _of_sums() -> _Sums:
    """Give the sums as the tally `by_slice` has them."""
    columns = {name: pl.col(name).cast(pl.Float64) for name in _SIDED}
    sided = columns.pop("disagree") + columns["agree"]
    return _Sums(people=columns.pop("sided_people"), sided=sided, **columns)


def _effect(of: _Sums) -> pl.Expr:
    """Work the design effect out. The sums are whole numbers, so that every engine gives the same.

    With p the share, sum (a - p v)² is sum a² - 2 p sum a v + p² sum v².
    """
    share = of.agree / of.sided
    spread = of.agree_agree - 2 * share * of.agree_sided + share**2 * of.sided_sided
    drawn = of.people / (of.people - 1) * spread / of.sided**2
    independent = share * (1 - share) / of.sided
    effect = pl.when((independent > 0) & (of.people > 1)).then(drawn / independent).otherwise(1.0)
    return (effect.clip(lower_bound=1.0) * TENTHS).ceil() / TENTHS


def _no_groups() -> pl.DataFrame:
    kinds = {"idea": pl.String, "opinion_group": pl.String, **dict.fromkeys(MEASURES, pl.Int64)}
    return pl.DataFrame(schema=kinds | {"is_hidden": pl.Boolean})
