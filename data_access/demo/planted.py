"""Votes planned one by one, so that what a release must say about them is known beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Final

from data_access.demo.chance import within_day
from data_access.demo.facts import ChangedMind, DividedIdea, Merged, Tally
from data_access.demo.moderating import MERGE_DAY
from data_access.demo.people import PILOTS, QUIET_GUESTS, VOTERS
from data_access.demo.shapes import DAY, CastVote, DemoIdea, Person
from data_access.vocabulary import Vote

NORTH: Final = ("North East and Yorkshire", "North West", "Midlands")
SOUTH: Final = ("London", "South East", "South West")
BETWEEN: Final = ("East of England",)

# (agree, pass, disagree). North and south mirror each other, so England is split down the middle.
_DIVIDED: Final = ((NORTH, Tally(288, 10, 52)), (SOUTH, Tally(52, 10, 288)), (BETWEEN, Tally(60, 8, 60)))
# Whoever voted on both children agreed with the first and, later, mostly not with the second.
_ONLY_TARGET: Final = Tally(75, 0, 5)
_ONLY_SOURCE: Final = Tally(104, 0, 6)
_BOTH_FIRST: Final = Tally(115, 0, 5)
_BOTH_LATER: Final = Tally(40, 0, 80)
_RIVAL: Final = Tally(222, 12, 66)
_FLIPPED_FIRST: Final = Tally(62, 10, 148)
_CHANGED: Final = 120  # of those who disagreed agree after the new wording
_CAMPAIGN_DAY: Final = 24


class Plot:
    """Casts planned votes for people who were there, each at a time they might have been."""

    def __init__(self, rng: Random, people: Sequence[Person]) -> None:
        """Only those who vote at all and came early enough take part."""
        first = QUIET_GUESTS.start
        self._rng = rng
        self._people = [
            person
            for place, person in enumerate(people[:VOTERS])
            if place >= PILOTS + 5 and not first <= place < QUIET_GUESTS.stop and person.visits[0] > 9 * 3600
        ]
        self.votes: list[CastVote] = []

    def divided(self, idea: DemoIdea) -> DividedIdea:
        """North agrees, south does not, the east is of two minds."""
        for regions, tally in _DIVIDED:
            self._cast(idea, tally, self._some(tally.voters, regions))
        by_side = {side: tally for (_, tally), side in zip(_DIVIDED, ("north", "south", "between"), strict=True)}
        return DividedIdea(idea.id, NORTH, SOUTH, by_side["north"], by_side["south"], _total(by_side.values()))

    def merged(self, target: DemoIdea, source: DemoIdea, rival: DemoIdea) -> Merged:
        """Two ideas with many voters in common become one; the sum of both would pass the rival, the union does not."""
        early = self._some(310, before=(MERGE_DAY - 1) * DAY)
        only_target, only_source, both = early[:80], early[80:190], early[190:]
        self._cast(target, _ONLY_TARGET, only_target)
        self._cast(source, _ONLY_SOURCE, only_source, before=MERGE_DAY * DAY)
        self._cast(target, _BOTH_FIRST, both, before=MERGE_DAY * DAY)
        self._cast(source, _BOTH_LATER, both, before=MERGE_DAY * DAY, delay=300)
        self._cast(rival, _RIVAL, self._some(_RIVAL.voters))
        return Merged(
            target=target.id,
            source=source.id,
            rival=rival.id,
            target_alone=_total((_ONLY_TARGET, _BOTH_FIRST)),
            source_alone=_total((_ONLY_SOURCE, _BOTH_LATER)),
            together=_total((_ONLY_TARGET, _ONLY_SOURCE, _BOTH_LATER)),
            rival_votes=_RIVAL,
        )

    def flipped(self, idea: DemoIdea) -> ChangedMind:
        """Most disagree; the wording is changed; many of them vote again and agree."""
        voters = self._some(_FLIPPED_FIRST.voters, before=(_CAMPAIGN_DAY - 3) * DAY)
        self._cast(idea, _FLIPPED_FIRST, voters, before=(_CAMPAIGN_DAY - 3) * DAY)
        against = {vote.participant for vote in self.votes if vote.idea == idea.id and vote.vote == Vote.DISAGREE}
        for person in [person for person in voters if person.id in against][:_CHANGED]:
            when = _CAMPAIGN_DAY * DAY + self._rng.randrange(9 * 3600, 20 * 3600)
            self.votes.append(CastVote(when, person.id, idea.id, Vote.AGREE.value))
        first = _FLIPPED_FIRST
        final = Tally(first.agree + _CHANGED, first.passes, first.disagree - _CHANGED)
        return ChangedMind(idea.id, first, final, _CHANGED)

    def _some(self, number: int, regions: Iterable[str] = (), before: int = 10**9) -> list[Person]:
        wanted = set(regions)
        able = [
            person for person in self._people if (not wanted or person.region in wanted) and person.visits[0] < before
        ]
        return self._rng.sample(able, number)

    def _cast(self, idea: DemoIdea, tally: Tally, voters: list[Person], *, before: int = 10**9, delay: int = 0) -> None:
        """Cast each voter's vote on their first visit that fits; `delay` seconds later for a second idea."""
        for person, vote in zip(voters, _shuffled(self._rng, tally), strict=True):
            possible = [visit for visit in person.visits if visit < before]
            when = min(possible[0], within_day(possible[0]) - 600) + 20 + delay + self._rng.randrange(60)
            self.votes.append(CastVote(when, person.id, idea.id, vote))


def _shuffled(rng: Random, tally: Tally) -> Iterator[str]:
    votes = [Vote.AGREE.value] * tally.agree + [Vote.PASS.value] * tally.passes + [Vote.DISAGREE.value] * tally.disagree
    rng.shuffle(votes)
    yield from votes


def _total(tallies: Iterable[Tally]) -> Tally:
    answer = Tally(0, 0, 0)
    for tally in tallies:
        answer = Tally(answer.agree + tally.agree, answer.passes + tally.passes, answer.disagree + tally.disagree)
    return answer
