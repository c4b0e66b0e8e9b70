"""The twelve invariants of moderation, and what is promised of splits and comments, as one check of one world.

Only what the product resolves is looked at here: `resolve_posts`, `numbered`, `vote_fates`, `comment_fates` and
`balance`, called by their modules so that a bug put into one of them is seen. `broken` names every law a world breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import polars as pl
from hypothesis import strategies as st

from data_access.publishing import fates, ideas, resolve
from data_access.publishing.material import Material, events, posts
from data_access.vocabulary import IdeaState, ModerationMode
from tests.publishing.worlds import EVENTS, IDS, World, busy_worlds, later, material, worlds

COUNTED, SUPERSEDED, WITHHELD = fates.COUNTED, fates.SUPERSEDED, fates.WITHHELD
Vote = dict[str, Any]
_VALUES: Final = ("agree", "pass", "disagree")


@dataclass(frozen=True)
class Outcome:
    """What became of a world. Ideas go by the vault's numbers, votes by their order; worked out when asked for."""

    made: Material

    @cached_property
    def resolved(self) -> resolve.Resolved:
        """The ideas, resolved."""
        made = self.made
        return resolve.resolve_posts(
            posts(made.ideas), events(made.events, "idea"), is_strict=self._is_strict, kind="idea"
        )

    @cached_property
    def now(self) -> pl.DataFrame:
        """What every idea stands as in the end: idea, id, state, root, reason."""
        return fates.final(fates.numbered(self.resolved, self.made.idea_numbers))

    @cached_property
    def fated(self) -> pl.DataFrame:
        """The votes with their fates."""
        return fates.vote_fates(self.made.votes.lazy(), self.now.lazy()).collect()

    @cached_property
    def votes(self) -> list[Vote]:
        """The votes with their fates, row by row."""
        return self.fated.to_dicts()

    @cached_property
    def comments(self) -> list[Vote]:
        """The comments with their fates, row by row."""
        if self.made.comments.is_empty():
            return []
        talk = resolve.resolve_posts(posts(self.made.comments), [], is_strict=self._is_strict, kind="comment")
        return fates.comment_fates(self.made.comments, talk, self.now).to_dicts()

    @property
    def tallies(self) -> pl.DataFrame:
        """Voters, agree, pass and disagree of each idea, as they are published."""
        return ideas.balance(self.fated.lazy().filter(pl.col("fate") == COUNTED), "root").collect()

    @cached_property
    def states(self) -> dict[int, str]:
        """What each idea is in the end, by number."""
        return dict(self.now.select("idea", "state").iter_rows())

    @cached_property
    def roots(self) -> dict[int, int | None]:
        """The idea that carries what was cast on each."""
        return dict(self.now.select("idea", "root").iter_rows())

    @cached_property
    def names(self) -> dict[str, int]:
        """The number of each idea, by the source's id."""
        return dict(self.now.select("id", "idea").iter_rows())

    @cached_property
    def rejections(self) -> dict[int, str | None]:
        """Why each event was rejected, by sequence number; None where it was applied."""
        return dict(self.resolved.outcomes.select("sequence", "rejection").iter_rows())

    @cached_property
    def counted(self) -> dict[tuple[int, int], int]:
        """What each person's vote on each idea that stands is: (person, root) → value."""
        return {(vote["participant"], vote["root"]): vote["value"] for vote in self.votes if vote["fate"] == COUNTED}

    @cached_property
    def figures(self) -> tuple[object, ...]:
        """Everything that is published of it, by name: ideas that an event makes get their numbers anew."""
        name = {number: own for own, number in self.names.items()}
        return (
            {(person, name[root]): value for (person, root), value in self.counted.items()},
            {own: (self.states[number], name.get(self.roots[number] or 0)) for own, number in self.names.items()},
            sorted((comment["id"], name.get(comment["root"] or 0), comment["reason"]) for comment in self.comments),
        )

    def on(self, idea: str) -> dict[int, int]:
        """Who said what of an idea: person → value."""
        number = self.names.get(idea)
        return {person: value for (person, root), value in self.counted.items() if root == number}

    @property
    def _is_strict(self) -> bool:
        return self.made.facts.moderation_mode is ModerationMode.STRICT


def outcome(world: World, *, seed: int = 0, times: int = 1) -> Outcome:
    """Resolve a world; its rows in an order of `seed`, each `times` times."""
    return Outcome(material(world, seed=seed, times=times))


@dataclass(frozen=True)
class Case:
    """A world, an order of its rows, and two ideas to remove, restore and merge."""

    world: World
    seed: int
    one: str
    other: str

    @cached_property
    def found(self) -> Outcome:
        """What became of the world as it is."""
        return outcome(self.world)

    @cached_property
    def merged(self) -> Outcome | None:
        """What becomes of it after one more merge, of `one` into `other`; None where that is rejected."""
        world = later(self.world, what="merge", idea=self.other, sources=(self.one,))
        after = outcome(world)
        return after if after.rejections[world.steps[-1].at] is None else None

    @property
    def applied(self) -> set[int]:
        """The events that were applied, by sequence number."""
        return {sequence for sequence, rejection in self.found.rejections.items() if rejection is None}


def _cases(made: st.SearchStrategy[World]) -> st.SearchStrategy[Case]:
    return st.builds(Case, made, st.integers(1, 9), st.sampled_from(IDS), st.sampled_from(IDS))


busy_cases = _cases(worlds(busy_worlds))
cases = st.one_of(_cases(worlds()), busy_cases)


def every_vote_has_one_fate(case: Case) -> bool:
    cast = sorted(vote["order"] for vote in case.found.votes)
    fated = all((vote["fate"] == WITHHELD) == (vote["reason"] is not None) for vote in case.found.votes)
    return fated and cast == list(range(len(case.world.of("vote"))))


def tallies_add_up_to_the_votes_counted(case: Case) -> bool:
    fate = [vote["fate"] for vote in case.found.votes]
    return sum(sum(tally) for tally in case.found.tallies.select(*_VALUES).iter_rows()) == fate.count(COUNTED)


def a_vote_is_superseded_by_a_later_one_of_the_same_person_and_idea(case: Case) -> bool:
    by_order = {vote["order"]: vote for vote in case.found.votes}

    def is_sound(vote: Vote) -> bool:
        later_one = by_order.get(vote["by"], {})
        same = all(later_one.get(name) == vote[name] for name in ("participant", "root"))
        return same and vote["by"] > vote["order"] and later_one["fate"] == COUNTED

    return all(is_sound(vote) for vote in case.found.votes if vote["fate"] == SUPERSEDED)


def only_live_ideas_carry_votes(case: Case) -> bool:
    return all(case.found.states[root] == IdeaState.LIVE for _, root in case.found.counted)


def roots_are_their_own_roots(case: Case) -> bool:
    roots = case.found.roots
    return all(root is None or roots[root] == root for root in roots.values())


def the_order_of_files_is_irrelevant(case: Case) -> bool:
    return outcome(case.world, seed=case.seed).figures == case.found.figures


def a_second_import_of_the_same_changes_nothing(case: Case) -> bool:
    return outcome(case.world, seed=case.seed, times=2).figures == case.found.figures


def one_vote_counts_for_each_person_and_idea(case: Case) -> bool:
    standing = [vote for vote in case.found.votes if vote["fate"] != WITHHELD]
    pairs = {(vote["participant"], vote["root"]) for vote in standing}
    return len(pairs) == sum(vote["fate"] == COUNTED for vote in standing)


def restoring_undoes_removing(case: Case) -> bool:
    removed = later(case.world, what="remove", idea=case.one)
    if outcome(removed).rejections[removed.steps[-1].at] is not None:
        return True
    return outcome(later(removed, what="restore", idea=case.one)).figures == case.found.figures


def a_merge_unites_the_voters(case: Case) -> bool:
    """Of an idea that stood before; one that the merge makes has the votes that waited for it besides."""
    target = case.found.names.get(case.other)
    merged = case.merged if case.found.states.get(target or 0) == IdeaState.LIVE else None
    united = set(case.found.on(case.one)) | set(case.found.on(case.other))
    return merged is None or (set(merged.on(case.other)) == united and not merged.on(case.one))


def a_merge_changes_no_other_idea(case: Case) -> bool:
    merged = case.merged
    others = set(IDS) - {case.one, case.other}
    return merged is None or all(merged.on(idea) == case.found.on(idea) for idea in others)


def rejected_events_change_nothing_and_carry_a_reason(case: Case) -> bool:
    rejected = {sequence for sequence, rejection in case.found.rejections.items() if rejection is not None}
    told = len(case.found.rejections) == len(case.world.of(*EVENTS)) and all(
        case.found.rejections[sequence] for sequence in rejected
    )
    rest = tuple(step for step in case.world.steps if step.at not in rejected)
    return told and (not rejected or outcome(replace(case.world, steps=rest)).figures == case.found.figures)


def parts_start_with_no_votes_but_the_heirs(case: Case) -> bool:
    """A vote cast on an idea that was split stands on the named heir, or nowhere."""
    split = {step.idea: step for step in case.world.of("split") if step.at in case.applied}
    names = {number: name for name, number in case.found.names.items()}
    for vote in case.found.votes:
        step = split.get(names[vote["idea"]])
        if step is not None and vote["fate"] != WITHHELD and step.inherits is None:
            return False
    return True


def every_comment_is_counted_or_withheld_with_a_reason(case: Case) -> bool:
    said = sorted(comment["id"] for comment in case.found.comments)
    fated = all((comment["root"] is None) == (comment["reason"] is not None) for comment in case.found.comments)
    return fated and said == sorted(f"c{step.at}" for step in case.world.of("comment"))


LAWS: Final[tuple[Callable[[Case], bool], ...]] = (
    every_vote_has_one_fate,
    tallies_add_up_to_the_votes_counted,
    a_vote_is_superseded_by_a_later_one_of_the_same_person_and_idea,
    only_live_ideas_carry_votes,
    roots_are_their_own_roots,
    the_order_of_files_is_irrelevant,
    a_second_import_of_the_same_changes_nothing,
    one_vote_counts_for_each_person_and_idea,
    restoring_undoes_removing,
    a_merge_unites_the_voters,
    a_merge_changes_no_other_idea,
    rejected_events_change_nothing_and_carry_a_reason,
    parts_start_with_no_votes_but_the_heirs,
    every_comment_is_counted_or_withheld_with_a_reason,
)


def broken(case: Case) -> Iterator[str]:
    """Name the laws a case breaks."""
    return (law.__name__ for law in LAWS if not law(case))
