"""What opinion is worked out from beyond totals: authors' own votes, clustering, opinion groups."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.disclosure.bands import band, may_be_counted
from data_access.disclosure.threshold import hide
from data_access.publishing.ground import Ground
from data_access.publishing.ideas import MEASURES, balance, without_pass
from data_access.publishing.slices import element_labels, element_members
from data_access.reference.lattice import lattice
from data_access.vocabulary import NOT_CODED

ALL_IDEAS: Final = "All ideas"
TENTHS: Final = 10


def own_votes(ground: Ground) -> pl.DataFrame:
    """Count the votes that authors cast on ideas of their own: one row.

    Out:  authors (distinct), votes, agree_band (share of agree among those votes), is_hidden (1 to k-1 authors).
          No vote of one author is given, nor could it be told from this row.
    """
    wrote = ground.carried_ideas.select(participant="author", root="root").drop_nulls().unique()
    own = ground.counted.join(wrote, on=["participant", "root"]).collect()
    k, authors = ground.facts.threshold, own["participant"].n_unique()
    share = (own["value"] == 1).sum() / own.height if own.height else None
    row = pl.DataFrame({"authors": [authors], "votes": [own.height], "is_hidden": [1 <= authors < k], "share": [share]})
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
    members = element_members(ground)
    rest = ground.live.join(members, on="idea", how="anti").select("idea", label=pl.lit(_last(labels), pl.Int64))
    slices = pl.concat([members, rest]).join(labels, on="label").select("slice", root="idea")
    everything = ground.live.select(slice=pl.lit(ALL_IDEAS), root="idea")
    sided = ground.counted.filter(pl.col("value") != 0).join(pl.concat([everything, slices]).lazy(), on="root")
    people = sided.group_by("slice", "participant").agg(
        agree=(pl.col("value") == 1).sum().cast(pl.Float64), votes=pl.len().cast(pl.Float64)
    )
    effects = people.group_by("slice").agg(design_effect=design_effect(), voters=pl.len()).collect()
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
    cast = ground.counted.collect().join(declared, on="participant", how="left")
    is_large = pl.col("opinion_group").is_in(large).fill_null(value=False)
    by_group = (
        pl.concat(
            balance(cast.lazy().filter(pl.col("opinion_group") == group), "root").with_columns(
                opinion_group=pl.lit(group)
            )
            for group in large
        )
        if large.len()
        else None
    )
    if by_group is None:
        return _no_groups()
    others = cast.filter(~is_large).group_by("root").agg(others=pl.col("participant").n_unique())
    every = ground.live.rename({"idea": "root", "id": "idea"}).join(sizes.select("opinion_group"), how="cross")
    counted = (
        every.join(by_group.collect(), on=["root", "opinion_group"], how="left")
        .join(others, on="root", how="left")
        .with_columns(pl.col(*MEASURES, "others").fill_null(0), is_large=is_large)
    )
    is_whole = (may_be_counted(["voters"], k) | ~pl.col("is_large")).all().over("root")
    no_rest = ~pl.col("others").is_between(1, k - 1)
    shown = hide(counted.with_columns(is_hidden=~(is_whole & no_rest & pl.col("is_large"))), MEASURES)
    ordered = shown.sort("idea", "opinion_group").select("idea", "opinion_group", *MEASURES, "is_hidden")
    return without_pass(ordered, has_pass=ground.facts.has_pass)


def design_effect() -> pl.Expr:
    """Give Kish's design effect of an agree share, rounded up to a tenth: an aggregation over agree and votes a person.

    1 where everybody, or only one person, is on one side.
    """
    agree, votes = pl.col("agree"), pl.col("votes")
    share, people, total = agree.sum() / votes.sum(), pl.len(), votes.sum()
    drawn = people / (people - 1) * ((agree - share * votes) ** 2).sum() / total**2
    independent = share * (1 - share) / total
    effect = pl.when((independent > 0) & (people > 1)).then(drawn / independent).otherwise(1.0)
    return (effect.clip(lower_bound=1.0) * TENTHS).ceil() / TENTHS


def _last(labels: pl.DataFrame) -> int:
    return int(labels.filter(pl.col("slice") == NOT_CODED)["label"].item())


def _no_groups() -> pl.DataFrame:
    kinds = {"idea": pl.String, "opinion_group": pl.String, **dict.fromkeys(MEASURES, pl.Int64)}
    return pl.DataFrame(schema=kinds | {"is_hidden": pl.Boolean})
