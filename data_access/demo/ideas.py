"""Made-up ideas, composed from the stock so that titles never repeat and no two posts read alike."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

from data_access.demo.chance import shares, within_day
from data_access.demo.people import PILOTS, RETURNING, VOTERS
from data_access.demo.shapes import DemoIdea, Person, Row, moment
from data_access.demo.stock import Proposal, Topic, stock_file, topics
from data_access.vocabulary import ELEMENTS

COMPOSED: Final = 866  # with planted, awkward, removed and split ideas and parts about 900
SEEDS: Final = 12
POSTERS: Final = 520
IN_TWO_ELEMENTS: Final = 0.12
_SETTING: Final = " – "  # joins a title to the setting it is posted again for
IN_NONE: Final = 0.06


def composed_ideas(rng: Random, people: list[Person]) -> list[DemoIdea]:
    """Compose the ordinary ideas of all seven elements, in order of time; the first are the opening ones."""
    drafts = list(_drafts(rng))
    rng.shuffle(drafts)
    opening = [draft for draft in drafts if _SETTING not in draft[1]][:SEEDS]  # nobody opens with a repeat
    drafts = opening + [draft for draft in drafts if draft not in opening]
    moments = sorted(_moments(rng, people, len(drafts)))
    return [
        DemoIdea(
            id=f"I{place:04d}",
            author=author,
            posted_at=posted_at,
            title=title,
            text=text,
            theme=topic.theme,
            elements=_elements(rng, topic.element),
            topic=topic,
            is_seed=place <= SEEDS,
        )
        for place, ((posted_at, author), (topic, title, text)) in enumerate(zip(moments, drafts, strict=True), start=1)
    ]


def idea_rows(ideas: list[DemoIdea]) -> list[Row]:
    """Write ideas as the template takes them, in order of time."""
    return [
        {
            "idea": idea.id,
            "author": idea.author,
            "posted_at": moment(idea.posted_at),
            "title": idea.title,
            "text": idea.text,
            "elements": "|".join(idea.elements),
            "is_seed": "yes" if idea.is_seed else "no",
        }
        for idea in sorted(ideas, key=lambda idea: (idea.posted_at, idea.id))
    ]


def _drafts(rng: Random) -> Iterator[tuple[Topic, str, str]]:
    """Yield topic, title and text: every title of the stock once, then some again for another setting."""
    settings = stock_file("voices")["settings"]
    plain = [
        (topic, proposal, title) for topic in topics() for proposal in topic.proposals for title in proposal.titles
    ]
    again = [
        (topic, proposal, f"{title}{_SETTING}{rng.choice(settings)}")
        for topic, proposal, title in rng.sample(plain, COMPOSED - len(plain))
    ]
    seen: set[str] = set()
    for topic, proposal, title in [*plain, *again]:
        while (text := _text(rng, topic, proposal)) in seen:
            pass
        seen.add(text)
        yield topic, title, text


def _text(rng: Random, topic: Topic, proposal: Proposal) -> str:
    voices = stock_file("voices")
    problem, reason = rng.choice(topic.problems), rng.choice(topic.reasons)
    opener, closer = rng.choice(voices["openers"]), rng.choice(voices["closers"])
    orders = (
        (opener, problem, proposal.text, reason, closer),
        (opener, problem, proposal.text, closer),
        (proposal.text, problem, reason, closer),
        (opener, proposal.text, reason),
        (problem, proposal.text),
        (problem, reason, proposal.text, closer),
    )
    return " ".join(part for part in rng.choice(orders) if part)


def _moments(rng: Random, people: list[Person], number: int) -> list[tuple[int, str]]:
    """Give a time and an author for each idea: opening ones by the pilots, the rest on people's visits."""
    opening = [
        (person.visits[0] + 60 * place, person.id) for place in range(SEEDS) for person in (people[place % RETURNING],)
    ]
    posters = rng.sample(people[PILOTS:VOTERS], POSTERS)
    each = shares(rng, number - SEEDS, POSTERS, 0.9)
    later = [
        (_during(rng, rng.choice(person.visits)), person.id)
        for person, count in zip(posters, each, strict=True)
        for _ in range(count)
    ]
    return opening + later


def _during(rng: Random, visit: int) -> int:
    return min(visit + rng.randrange(60, 1500), within_day(visit))


def _elements(rng: Random, element: str) -> tuple[str, ...]:
    chance = rng.random()
    if chance < IN_NONE:
        return ()
    if chance < IN_NONE + IN_TWO_ELEMENTS:
        others = [other for other in ELEMENTS if other != element]
        return (element, rng.choice(others))
    return (element,)
