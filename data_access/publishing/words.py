"""Words that many participants used: the cells of the word cloud."""

from __future__ import annotations

from typing import Final

import polars as pl

from data_access.publishing.ground import Ground
from data_access.publishing.slices import element_labels, element_members
from data_access.publishing.stop_words import STOP_WORDS
from data_access.vocabulary import NOT_CODED

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
    used = words_used(_wordings(ground)).group_by("word").agg(people=pl.col("author").n_unique())
    return _stepped(used, ground.facts.threshold).select("word", "used_by_at_least").sort("word").collect()


def words_by_element(ground: Ground) -> pl.DataFrame:
    """Count distinct participants per word within each element, as `words` does over everything.

    Out:  element (also 'Not yet coded'), word, used_by_at_least; a word of an idea of two elements counts in both.
    """
    members = element_members(ground)
    rest = ground.live.join(members, on="idea", how="anti").select("idea", element=pl.lit(NOT_CODED))
    named = pl.concat([members.join(element_labels(), on="label").select("idea", "element"), rest])
    placed = _wordings(ground).join(named.lazy().rename({"idea": "root"}), on="root")
    used = words_used(placed, "element").group_by("element", "word").agg(people=pl.col("author").n_unique())
    return _stepped(used, ground.facts.threshold).sort("element", "word").collect()


def _stepped(used: pl.LazyFrame, threshold: int) -> pl.LazyFrame:
    """Keep the words that enough people used, with the lower bound of their step in place of the count."""
    step = pl.lit(threshold, pl.Int64)
    for times in STEPS[1:]:
        step = pl.when(pl.col("people") >= times * threshold).then(pl.lit(times * threshold)).otherwise(step)
    enough = used.filter(pl.col("people") >= threshold)
    return enough.with_columns(used_by_at_least=step.cast(pl.Int64)).drop("people")


def words_used(wordings: pl.LazyFrame, *within: str) -> pl.LazyFrame:
    """Give who used which word: author, word, each pair once, also by the columns named. In: author, wording."""
    lower = pl.col("wording").str.to_lowercase().str.replace_all("’", "'")
    found = lower.str.extract_all(_WORD)
    return (
        wordings.select("author", *within, word=found)
        .explode("word")
        .drop_nulls()
        .with_columns(pl.col("word").str.replace("'s$", ""))
        .filter((pl.col("word").str.len_chars() >= 3) & ~pl.col("word").is_in(STOP_WORDS))
        .unique()
    )


def _wordings(ground: Ground) -> pl.LazyFrame:
    ideas = ground.ideas.join(ground.live, on="idea", how="semi").with_columns(root="idea")
    shown = pl.concat([ideas, *_live_comments(ground)], how="diagonal")
    return shown.lazy().select("author", "root", wording=pl.concat_str("title", "text", separator=" "))


def _live_comments(ground: Ground) -> list[pl.DataFrame]:
    return [ground.comments.filter("is_live").select("author", "root", "title", "text")]
