"""Ideas like one idea: released wordings that share rare words, and themes in common.

Votes are not used: who agreed with both of two ideas is a count of people that would often be below the threshold.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from dashboard.metrics._ideas import wordings

HOW: Final = (
    "Likeness is worked out from released wording: the cosine of the words two ideas share, rare words counting for "
    "more, and a quarter more for each theme in common. Votes are not used."
)
THEME_BONUS: Final = 0.25
SMALLEST_LIKENESS: Final = 0.12  # below, two ideas share little but common words
SHORTEST_WORD: Final = 4  # shorter ones are mostly grammar
SHARED_SHOWN: Final = 4
_WORD: Final = r"\p{L}[\p{L}'’-]+"


def related_ideas(texts: pl.DataFrame, idea_themes: pl.DataFrame, idea: str, *, limit: int = 5) -> pl.DataFrame:
    """Give the ideas most like one: idea, wording, likeness (0 to 1 and over with themes), shared (words), themes.

    In:   texts, idea_themes of one conversation. Wordings held back or withdrawn have no words and are like nothing.
    Out:  at most `limit` rows, most alike first, then by idea; `shared` the rarest words of both, `themes` a count
    """
    weights = _weights(texts)
    own = weights.filter(pl.col("idea") == idea).select("word", own="weight")
    alike = (
        weights.filter(pl.col("idea") != idea)
        .join(own, on="word")
        .group_by("idea")
        .agg(
            likeness=(pl.col("weight") * pl.col("own")).sum(),
            shared=pl.col("word").sort_by(pl.col("own"), "word", descending=[True, False]).head(SHARED_SHOWN),
        )
    )
    themes = idea_themes.filter(pl.col("idea") == idea).select("theme")
    common = idea_themes.join(themes, on="theme", how="semi").group_by("idea").agg(themes=pl.len().cast(pl.Int64))
    return (
        alike.filter(pl.col("likeness") >= SMALLEST_LIKENESS)
        .join(common, on="idea", how="left")
        .with_columns(pl.col("themes").fill_null(0), pl.col("shared").list.join(", "))
        .with_columns(likeness=pl.col("likeness") * (1 + THEME_BONUS * pl.col("themes")))
        .join(wordings(texts), on="idea")
        .sort(["likeness", "idea"], descending=[True, False])
        .select("idea", "wording", "likeness", "shared", "themes")
        .head(limit)
    )


def _weights(texts: pl.DataFrame) -> pl.DataFrame:
    """Give the weight of each word in each idea, of length 1 an idea: idea, word, weight (tf · idf)."""
    shown = texts.filter((pl.col("kind") == "idea") & ~pl.col("is_held_back"))
    said = pl.concat_str("title", "text", separator=" ", ignore_nulls=True).str.to_lowercase()
    words = (
        shown.select(pl.col("id").alias("idea"), word=said.str.extract_all(_WORD))
        .explode("word")
        .drop_nulls()
        .with_columns(pl.col("word").str.replace("['’]s$", "").str.replace("s$", ""))
        .filter(pl.col("word").str.len_chars() >= SHORTEST_WORD - 1)
        .group_by("idea", "word")
        .agg(times=pl.len())
    )
    ideas = words["idea"].n_unique()
    used_in = pl.len().over("word")
    weighed = words.with_columns(weight=(1 + pl.col("times").log()) * ((1 + ideas) / (1 + used_in)).log())
    length = (pl.col("weight") ** 2).sum().over("idea").sqrt()
    return weighed.filter(length > 0).with_columns(weight=pl.col("weight") / length)
