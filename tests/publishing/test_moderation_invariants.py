"""The twelve invariants on 2,000 made-up conversations, and proof that they see the bugs they are there for."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from data_access.publishing import fates, moderation, resolve
from data_access.publishing.moderation import Board, Event, Standing
from data_access.vocabulary import Withheld
from tests.publishing.invariants import Case, broken, busy_cases, cases

IN_CI = settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SEARCH = settings(
    max_examples=1_000,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
BY_PERSON_AND_ROOT = pl.col("order").max().over("participant", "root")


@IN_CI
@given(cases)
def test_the_invariants_of_moderation_hold(case: Case):
    assert list(broken(case)) == []


def drop_supersession(patch: pytest.MonkeyPatch) -> None:
    """Votes on merged ideas are summed instead of united: a person counts several times."""
    sound = fates.vote_fates

    def all_count(votes: pl.LazyFrame, now: pl.LazyFrame) -> pl.LazyFrame:
        is_superseded = pl.col("fate") == fates.SUPERSEDED
        fate = pl.when(is_superseded).then(pl.lit(fates.COUNTED, pl.Int8)).otherwise("fate")
        return sound(votes, now).with_columns(fate=fate, by=pl.lit(None, pl.Int64))

    patch.setattr(fates, "vote_fates", all_count)


def ignore_removal(patch: pytest.MonkeyPatch) -> None:
    """A removed idea keeps its votes."""
    sound = Board.standing

    def keeps(board: Board, post: str) -> Standing:
        removed, board._removed = board._removed, set()
        found = sound(board, post)
        board._removed = removed
        return Standing(board._own_state(post), found.root, found.reason) if post in board._posted else found

    patch.setattr(Board, "standing", keeps)


def allow_merging_again(patch: pytest.MonkeyPatch) -> None:
    """What was merged can be merged once more, elsewhere."""
    sound = Board._why_no_merge

    def lenient(board: Board, event: Event) -> moderation.Rejection | None:
        rejection = sound(board, event)
        again = rejection is moderation.Rejection.SOURCE_NOT_LIVE and all(s in board._posted for s in event.sources)
        target_fine = event.target not in board._posted or board.is_live(event.target)
        return None if again and target_fine else rejection

    patch.setattr(Board, "_why_no_merge", lenient)


def key_by_the_idea_as_posted(patch: pytest.MonkeyPatch) -> None:
    """The latest vote is sought on each idea as it was posted, not on what carries it now."""
    patch.setattr(fates, "vote_fates", _keyed_by("participant", "idea"))


def do_not_sort(patch: pytest.MonkeyPatch) -> None:
    """Events are applied as the file has them."""
    patch.setattr(resolve, "in_order", lambda events: list({event.sequence: event for event in events}.values()))


def let_the_first_vote_stand(patch: pytest.MonkeyPatch) -> None:
    """A change of mind is ignored."""
    sound = fates.vote_fates

    def first(votes: pl.LazyFrame, now: pl.LazyFrame) -> pl.LazyFrame:
        turned = sound(votes.with_columns(order=-pl.col("order")), now)
        return turned.with_columns(order=-pl.col("order"), by=-pl.col("by"))

    patch.setattr(fates, "vote_fates", first)


def hand_a_splits_votes_to_its_first_part(patch: pytest.MonkeyPatch) -> None:
    """Parts do not start empty."""
    sound = Board._split_up

    def generous(board: Board, event: Event) -> None:
        sound(board, event)
        if event.inherits is None:
            board._belongs(event.target, event.parts[0])

    patch.setattr(Board, "_split_up", generous)


def copy_a_splits_votes_to_every_part(patch: pytest.MonkeyPatch) -> None:
    """Votes on what was split are counted on each of its parts."""
    sound = fates.vote_fates

    def copied(votes: pl.LazyFrame, now: pl.LazyFrame) -> pl.LazyFrame:
        found = sound(votes, now)
        split = pl.col("reason") == fates.REASONS.index(Withheld.SPLIT)
        return pl.concat([found, found.filter(split)])

    patch.setattr(fates, "vote_fates", copied)


def restore_nothing(patch: pytest.MonkeyPatch) -> None:
    """Restoring is accepted and does nothing."""
    patch.setattr(Board, "_restore", lambda board, event: None)


def follow_one_merge_only(patch: pytest.MonkeyPatch) -> None:
    """A chain of merges is cut after its first link."""
    sound = Board.standing

    def short(board: Board, post: str) -> Standing:
        found = sound(board, post)
        return found if found.root in (None, post) else Standing(found.state, board._parent[post], None)

    patch.setattr(Board, "standing", short)


def let_withheld_votes_supersede(patch: pytest.MonkeyPatch) -> None:
    """A vote cast after the close replaces one cast in time."""
    sound = fates.vote_fates

    def late_too(votes: pl.LazyFrame, now: pl.LazyFrame) -> pl.LazyFrame:
        every = sound(votes.with_columns(is_late=pl.lit(value=False)), now)
        late = votes.select("order", late="is_late")
        return every.join(late, on="order", maintain_order="left").with_columns(
            fate=pl.when("late").then(pl.lit(fates.WITHHELD, pl.Int8)).otherwise("fate"),
            reason=pl.when("late").then(pl.lit(0, pl.Int8)).otherwise("reason"),
        )

    patch.setattr(fates, "vote_fates", late_too)


def _keyed_by(*key: str) -> Callable[[pl.LazyFrame, pl.LazyFrame], pl.LazyFrame]:
    sound = fates.vote_fates

    def keyed(votes: pl.LazyFrame, now: pl.LazyFrame) -> pl.LazyFrame:
        found = sound(votes, now)
        latest = pl.col("order").max().over(*key)
        fate = pl.when(pl.col("order") < latest).then(pl.lit(fates.SUPERSEDED, pl.Int8))
        stands = pl.col("fate") != fates.WITHHELD
        return found.with_columns(
            fate=pl.when(stands).then(fate.otherwise(pl.lit(fates.COUNTED, pl.Int8))).otherwise("fate"),
            by=pl.when(stands & (pl.col("order") < latest)).then(latest),
        )

    return keyed


CLASSIC_BUGS = (
    drop_supersession,
    ignore_removal,
    allow_merging_again,
    key_by_the_idea_as_posted,
    do_not_sort,
)
MORE_BUGS = (
    let_the_first_vote_stand,
    hand_a_splits_votes_to_its_first_part,
    copy_a_splits_votes_to_every_part,
    restore_nothing,
    follow_one_merge_only,
    let_withheld_votes_supersede,
)


class Seen(AssertionError):
    """A law was broken."""


@SEARCH
@given(busy_cases)
def search(case: Case) -> None:
    """Raise at the first conversation that breaks a law."""
    laws = list(broken(case))
    if laws:
        raise Seen(", ".join(laws))


@pytest.mark.parametrize("bug", [*CLASSIC_BUGS, *MORE_BUGS], ids=lambda bug: bug.__name__)
def test_the_invariants_see_a_bug_put_in(bug: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch):
    """The five classic bugs of merging and splitting, and six more."""
    bug(monkeypatch)
    with pytest.raises(Seen):
        search()
