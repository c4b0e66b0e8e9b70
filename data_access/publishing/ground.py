"""The ground that every table of a conversation is counted from: resolved, with the fate of every row."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from data_access.disclosure.personal_details import wording_shown
from data_access.publishing.engines import Engine, PolarsEngine
from data_access.publishing.fates import COUNTED, comment_fates, final, numbered, vote_fates
from data_access.publishing.material import Facts, Material, events, posts
from data_access.publishing.resolve import Resolution, resolve
from data_access.publishing.vote_rows import VoteRows


@dataclass(frozen=True)
class Ground:
    """One conversation, resolved.

    standings  idea, id, since_day, until_day, state, root, reason: every idea, every period
    now        the last period of each
    ideas      idea, id, author, day, is_seed, elements, title, text, is_held_back, is_withdrawn: supplied or made
               by an event; wording as a moderator left it, empty where it is held back or withdrawn
    rows       the votes of closed days as they were cast; their fates are worked out where they are counted
    engine     what counts over them; `tallied` is what has been counted so far, see `tallying`
    comments   every comment with its fate, and its wording as for ideas
    """

    material: Material
    resolution: Resolution
    standings: pl.DataFrame
    now: pl.DataFrame
    ideas: pl.DataFrame
    comments: pl.DataFrame
    rows: VoteRows
    engine: Engine = field(default_factory=PolarsEngine)
    tallied: dict[str, pl.DataFrame] = field(default_factory=dict, compare=False, repr=False)

    @property
    def facts(self) -> Facts:
        """What is fixed for the conversation."""
        return self.material.facts

    @property
    def live(self) -> pl.DataFrame:
        """Give the ideas that stand: idea, id."""
        return self.now.filter(pl.col("idea") == pl.col("root")).select("idea", "id")

    @property
    def fated(self) -> pl.LazyFrame:
        """Give every vote of closed days with its fate, part by part: nobody is in two parts."""
        return pl.concat(vote_fates(part, self.now.lazy()) for part in self.rows.scans())

    @property
    def votes(self) -> pl.DataFrame:
        """Give every vote of closed days with its fate, all in memory."""
        return self.fated.collect()

    @property
    def counted(self) -> pl.LazyFrame:
        """Give the votes that count: participant, root, value; one row a participant and idea that stands."""
        return self.fated.filter(pl.col("fate") == COUNTED).select("participant", "root", "value")

    @property
    def standing_comments(self) -> pl.LazyFrame:
        """Give the comments that count: id, author, day, root."""
        return self.comments.lazy().filter(pl.col("root").is_not_null()).select("id", "author", "day", "root")

    @property
    def carried_ideas(self) -> pl.LazyFrame:
        """Give the ideas that stand, for themselves or merged: idea, author, day, root."""
        roots = self.now.lazy().filter(pl.col("root").is_not_null()).select("idea", "root")
        return self.ideas.lazy().join(roots, on="idea").select("idea", "author", "day", "root")

    @property
    def presence(self) -> pl.LazyFrame:
        """Give who took part in which idea by voting, commenting or posting: participant, root, each pair once."""
        return (
            pl.concat(
                [
                    self.counted.select("participant", "root"),
                    self.standing_comments.select(participant="author", root="root"),
                    self.carried_ideas.select(participant="author", root="root"),
                ]
            )
            .drop_nulls()
            .unique()
        )


def prepare(material: Material, engine: Engine | None = None) -> Ground:
    """Resolve a conversation and give every comment its fate; votes are left to `engine`, this machine's if None."""
    resolution = resolve(
        posts(material.ideas),
        posts(material.comments),
        events(material.events, "idea"),
        events(material.events, "comment"),
        moderation_mode=material.facts.moderation_mode,
        closes_at_ms=material.facts.closes_at_ms,
    )
    standings = numbered(resolution.ideas, material.idea_numbers)
    now = final(standings)
    return Ground(
        material=material,
        resolution=resolution,
        standings=standings,
        now=now,
        ideas=_ideas(material, now, resolution.ideas.retitled),
        comments=wording_shown(
            _reworded(comment_fates(material.comments, resolution.comments, now), resolution.comments.retitled),
            material.decisions,
            _withdrawn(material, "comment"),
        ),
        rows=material.rows,
        engine=engine or PolarsEngine(),
    )


def _ideas(material: Material, now: pl.DataFrame, retitled: pl.DataFrame) -> pl.DataFrame:
    """Join the ideas that were supplied with those an event made: without author, worded by the event."""
    made = now.filter(pl.col("state") != "unknown").join(material.ideas, on="idea", how="anti").select("idea", "id")
    supplied = material.ideas.select("idea", "id", "author", "day", "is_seed", "elements", "title", "text")
    every = pl.concat([supplied, made], how="diagonal").with_columns(
        pl.col("is_seed").fill_null(value=False), pl.col("elements", "title", "text").fill_null("")
    )
    worded = wording_shown(_reworded(every, retitled), material.decisions, _withdrawn(material, "idea"))
    return worded.sort("idea")


def _withdrawn(material: Material, kind: str) -> list[str]:
    return [post for its_kind, post in material.withdrawn if its_kind == kind]


def _reworded(posts_: pl.DataFrame, retitled: pl.DataFrame) -> pl.DataFrame:
    """Put a moderator's wording in place of the author's; comments have no title of their own."""
    titled = posts_ if "title" in posts_.columns else posts_.with_columns(title=pl.lit(""))
    return (
        titled.join(retitled, on="id", how="left")
        .with_columns(title=pl.coalesce("new_title", "title"), text=pl.coalesce("new_text", "text"))
        .drop("new_title", "new_text")
    )
