"""Made-up votes: who votes on what and when, and how; popularity by Zipf's law, shares of agreement by element."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Final, NamedTuple

from data_access.demo.chance import Weighted, within_day
from data_access.demo.people import VOTERS
from data_access.demo.shapes import CLOSES_AT, DAY, CastVote, DemoIdea, Person, Row, moment
from data_access.vocabulary import ELEMENTS, Vote

ORDINARY: Final = 58_500
PASS_SHARE: Final = 0.07
CHANGES: Final = 0.03
SELF_VOTES: Final = 0.6
TOO_LATE: Final = 24
ZIPF_EXPONENT: Final = 0.62
# Agreement among those who agree or disagree. Two elements share a value on purpose; one stands out.
AGREEMENT: Final[Mapping[str, float]] = dict(zip(ELEMENTS, (0.73, 0.70, 0.75, 0.77, 0.67, 0.86, 0.67), strict=True))
EQUAL: Final = (ELEMENTS[4], ELEMENTS[6])
TOP: Final = ELEMENTS[5]
_NOT_TAGGED: Final = 0.72
# Popular ideas lie close to their element's share, others vary: the most divided idea is the planted one.
_NOISE_OF_POPULAR: Final = 0.3
_NOISE: Final = 0.8
_POPULAR: Final = 70
_TRIES: Final = 40


class Ballot(NamedTuple):
    """Somebody votes on something; how is decided later. `is_own`: on an idea of theirs."""

    cast_at: int
    person: Person
    idea: DemoIdea
    is_own: bool = False


def ballots(rng: Random, people: list[Person], ideas: list[DemoIdea]) -> list[Ballot]:
    """Say who votes on which idea and when: the popular ones more often, nobody twice, only what stands."""
    open_ideas = [idea for idea in ideas if not idea.is_planted]
    _set_draws(rng, open_ideas)
    shelf = _Shelf(ideas)
    answer = list(_own(rng, people, open_ideas))
    for person in people[:VOTERS]:
        answer.extend(_of_person(rng, person, shelf))
    return answer


def cast(rng: Random, ballots: list[Ballot], ideas: list[DemoIdea], fixed: list[CastVote]) -> list[CastVote]:
    """Decide every ballot, add changes of mind and votes that come too late, and the planned votes."""
    _set_tastes(rng, ballots, ideas, fixed)
    votes = []
    for ballot in ballots:
        vote = Vote.AGREE.value if ballot.is_own else _decided(rng, ballot)
        votes.append(CastVote(ballot.cast_at, ballot.person.id, ballot.idea.id, vote))
        if rng.random() < CHANGES and not ballot.is_own:
            votes.extend(_changed(rng, ballot, vote))
    voted = rng.sample([ballot for ballot in ballots if ballot.idea.gone_at > CLOSES_AT], TOO_LATE)
    late = [CastVote(_too_late(rng), ballot.person.id, ballot.idea.id, Vote.DISAGREE.value) for ballot in voted]
    return sorted([*votes, *fixed, *late])


def vote_rows(votes: list[CastVote]) -> list[Row]:
    """Write votes as the template takes them, in order of time."""
    return [
        {"participant": vote.participant, "idea": vote.idea, "cast_at": moment(vote.cast_at), "vote": vote.vote}
        for vote in votes
    ]


def _set_draws(rng: Random, ideas: list[DemoIdea]) -> None:
    """Rank ideas by chance, early ones a little ahead; the draw falls with the rank."""
    ranked = sorted(ideas, key=lambda idea: rng.random() + idea.posted_at / (60 * DAY))
    for rank, idea in enumerate(ranked, start=1):
        idea.draw = (rank + 8) ** -ZIPF_EXPONENT


def _own(rng: Random, people: list[Person], ideas: list[DemoIdea]) -> Iterator[Ballot]:
    authors = {person.id: person for person in people[:VOTERS]}
    for idea in ideas:
        if idea.author in authors and rng.random() < SELF_VOTES:
            yield Ballot(min(idea.posted_at + rng.randrange(20, 90), idea.gone_at), authors[idea.author], idea, True)


def _of_person(rng: Random, person: Person, shelf: _Shelf) -> Iterator[Ballot]:
    done: set[str] = set()

    def is_wanted(idea: DemoIdea) -> bool:
        return idea.id not in done and idea.author != person.id

    for cast_at in _times(rng, person):
        idea = shelf.seen(rng, cast_at, is_wanted)
        if idea is not None:
            done.add(idea.id)
            yield Ballot(cast_at, person, idea)


def _times(rng: Random, person: Person) -> Iterator[int]:
    """Spread a person's votes over their visits, some seconds of reading between two."""
    each, more = divmod(person.appetite, len(person.visits))
    for place, visit in enumerate(person.visits):
        now = visit
        for _ in range(each + (place < more)):
            now += rng.randrange(6, 45)
            yield min(now, within_day(visit), CLOSES_AT - 1)


class _Shelf:
    """The ideas people may vote on, the popular ones in front."""

    def __init__(self, ideas: list[DemoIdea]) -> None:
        self._ideas = [idea for idea in ideas if not idea.is_planted]
        self._by_id = {idea.id: idea for idea in ideas}
        self._popular = Weighted([idea.draw for idea in self._ideas])

    def seen(self, rng: Random, now: int, is_wanted: Callable[[DemoIdea], bool]) -> DemoIdea | None:
        """Give an idea that stands at that moment and is wanted; none if many tries find none."""
        for _ in range(_TRIES):
            idea = self._standing(self._ideas[self._popular.draw(rng)], now)
            if idea is not None and not idea.is_planted and is_wanted(idea):
                return idea
        return None

    def _standing(self, idea: DemoIdea | None, now: int) -> DemoIdea | None:
        while idea is not None and idea.gone_at <= now:
            idea = self._by_id.get(idea.stands_as)
        return idea if idea is not None and idea.posted_at <= now else None


def _set_tastes(rng: Random, ballots: list[Ballot], ideas: list[DemoIdea], fixed: list[CastVote]) -> None:
    """Tune each idea's log odds so that every element ends at its share of agreement, whatever is popular."""
    weight: dict[str, int] = defaultdict(int)
    for ballot in ballots:
        weight[ballot.idea.id] += 1
    agreed = {idea.id: [0, 0] for idea in ideas if idea.is_planted}
    for vote in fixed:
        if vote.vote != Vote.PASS.value:
            agreed[vote.idea][0] += 1
            agreed[vote.idea][1] += vote.vote == Vote.AGREE.value
    popular = {idea.id for idea in sorted(ideas, key=lambda idea: -idea.draw)[:_POPULAR]}
    noise = {idea.id: rng.gauss(0, _NOISE_OF_POPULAR if idea.id in popular else _NOISE) for idea in ideas}
    shift = {element: _log_odds(share) for element, share in AGREEMENT.items()}
    for _ in range(25):
        for idea in ideas:
            centre = shift[idea.elements[0]] if idea.elements else _log_odds(_NOT_TAGGED)
            idea.taste = centre + noise[idea.id]
        for element, wanted in AGREEMENT.items():
            shift[element] += 1.2 * (_log_odds(wanted) - _log_odds(_share(element, ideas, weight, agreed)))


def _share(element: str, ideas: list[DemoIdea], weight: Mapping[str, int], fixed: Mapping[str, list[int]]) -> float:
    """Expected share of agreement on an element; what moderators withheld does not count."""
    total = agree = 0.0
    for idea in ideas:
        if element not in idea.elements or (idea.gone_at < CLOSES_AT and not idea.stands_as):
            continue
        if idea.is_planted:
            total, agree = total + fixed[idea.id][0], agree + fixed[idea.id][1]
        else:
            votes = weight[idea.id] * (1 - PASS_SHARE)
            total, agree = total + votes, agree + votes * _odds_share(idea.taste)
    return agree / total


def _decided(rng: Random, ballot: Ballot) -> str:
    if rng.random() < PASS_SHARE:
        return Vote.PASS.value
    agrees = rng.random() < _odds_share(ballot.idea.taste + ballot.person.leaning)
    return (Vote.AGREE if agrees else Vote.DISAGREE).value


def _changed(rng: Random, ballot: Ballot, vote: str) -> Iterator[CastVote]:
    """Vote once more, mostly the other way; at a later visit if there is one."""
    later = [visit for visit in ballot.person.visits if visit > ballot.cast_at + 3600]
    when = min(rng.choice(later) if later else ballot.cast_at, CLOSES_AT - 400) + rng.randrange(30, 200)
    if when >= ballot.idea.gone_at or when <= ballot.cast_at:
        return
    other = Vote.DISAGREE if vote == Vote.AGREE.value else Vote.AGREE
    yield CastVote(when, ballot.person.id, ballot.idea.id, other.value if rng.random() < 0.7 else vote)


def _too_late(rng: Random) -> int:
    return CLOSES_AT + rng.randrange(8 * 3600, 40 * 3600)


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))


def _odds_share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
