"""Words that many participants used: the cells of the word cloud."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.publishing.ground import Ground
from data_access.publishing.stop_words import STOP_WORDS

# Lower bounds of the steps, as multiples of the threshold: sizes in a cloud need no more, and a count that
# is only known to its step gives nothing away when it moves by one.
STEPS: Final = (1, 2, 5, 10, 20)
# Three letters and more, with inner apostrophes and hyphens; digits are not words.
_WORD: Final = r"\p{L}(?:['’-]?\p{L}){2,}"


def words(ground: Ground) -> pl.DataFrame:
    """Count distinct participants per word over the wording that a release shows.

    Out:  one row a word that at least `threshold` participants used: word (lower case), used_by_at_least (the
          lower bound of its step). Wording without a known author has nobody to count and is left out.
    """
    threshold = ground.facts.threshold
    used = words_used(_wordings(ground)).group_by("word").agg(people=pl.col("author").n_unique())
    enough = used.filter(pl.col("people") >= threshold)
    step = pl.lit(threshold, pl.Int64)
    for times in STEPS[1:]:
        step = pl.when(pl.col("people") >= times * threshold).then(pl.lit(times * threshold)).otherwise(step)
    return enough.select("word", used_by_at_least=step.cast(pl.Int64)).sort("word").collect()


def words_used(wordings: pl.LazyFrame) -> pl.LazyFrame:
    """Give who used which word: author, word, each pair once. In: author, wording."""
    lower = pl.col("wording").str.to_lowercase().str.replace_all("’", "'")
    found = lower.str.extract_all(_WORD)
    return (
        wordings.select("author", word=found)
        .explode("word")
        .drop_nulls()
        .with_columns(pl.col("word").str.replace("'s$", ""))
        .filter((pl.col("word").str.len_chars() >= 3) & ~pl.col("word").is_in(STOP_WORDS))
        .unique()
    )


def _wordings(ground: Ground) -> pl.LazyFrame:
    shown = pl.concat([ground.ideas.join(ground.live, on="idea", how="semi"), *_live_comments(ground)], how="diagonal")
    return shown.lazy().select("author", wording=pl.concat_str("title", "text", separator=" "))


def _live_comments(ground: Ground) -> list[pl.DataFrame]:
    return [ground.comments.filter("is_live").select("author", "title", "text")]
