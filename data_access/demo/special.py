"""Ideas that are there for a reason: planted outcomes, awkward text, personal details, posts to be removed."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from data_access.demo.people import PILOTS, VOTERS
from data_access.demo.shapes import DAY, DemoIdea, Person
from data_access.demo.stock import stock_file
from data_access.vocabulary import ELEMENTS

PLANTED: Final = ("divided", "merge_target", "merge_source", "rival", "flipped")
_POSTED_FROM: Final = 8 * 3600  # planted ideas are there before the first visit of the first day matters
# Numbers beginning 999 are kept for tests: https://docs.rs/crate/nhs-number/latest/source/docs/ranges/README.md
_TEST_RANGE: Final = "999012345"


def planted_ideas(people: list[Person], first: int) -> dict[str, DemoIdea]:
    """Give the ideas whose votes are planned one by one, by name; ids count on from `first`."""
    stock = stock_file("planted")
    return {
        name: DemoIdea(
            id=f"I{first + place:04d}",
            author=people[PILOTS + place].id,
            posted_at=_POSTED_FROM + 240 * place,
            title=stock[name]["title"],
            text=stock[name]["text"],
            theme=stock[name]["theme"],
            elements=(stock[name]["element"],),
            is_planted=True,
        )
        for place, name in enumerate(PLANTED)
    }


def unusual_ideas(rng: Random, people: list[Person], first: int) -> dict[str, list[DemoIdea]]:
    """Give awkward, personal and removable ideas and those that will be split, by kind."""
    awkward = stock_file("awkward")
    numbered = [
        *(("awkward", post) for post in awkward["awkward"]),
        *(("personal", post) for post in awkward["personal"]),
        *(("removed", _removable(rng, text)) for text in stock_file("voices")["removed"]),
        *(("split", post) for post in stock_file("moderation")["splits"]),
    ]
    answer: dict[str, list[DemoIdea]] = {}
    for place, (kind, post) in enumerate(numbered, start=first):
        answer.setdefault(kind, []).append(_idea(rng, people, f"I{place:04d}", post))
    return answer


def nhs_number(nine_digits: str) -> str:
    """Add the check digit to nine digits and write the number as people do, 999 012 3453.

    Modulus 11: weights 10 to 2, the check digit is 11 less the remainder, 0 for 11. Raises `ValueError` for
    the nine digits in eleven that have no valid tenth.
    """
    remainder = sum(int(digit) * weight for digit, weight in zip(nine_digits, range(10, 1, -1), strict=True)) % 11
    check = (11 - remainder) % 11
    if check == 10:
        raise ValueError("these nine digits have no check digit")
    digits = f"{nine_digits}{check}"
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def _idea(rng: Random, people: list[Person], name: str, post: dict[str, Any]) -> DemoIdea:
    author = people[rng.randrange(PILOTS, VOTERS)]
    early = [visit for visit in author.visits if 0 < visit < 12 * DAY] or [rng.randrange(9 * 3600, 12 * 3600)]
    return DemoIdea(
        id=name,
        author=author.id,
        posted_at=rng.choice(early) + 45,
        title=post["title"],
        text=post["text"].replace("{nhs_number}", nhs_number(_TEST_RANGE)),
        theme=post.get("theme", "listening"),
        elements=(post.get("element", rng.choice(ELEMENTS)),),
    )


def _removable(rng: Random, text: str) -> dict[str, str]:
    return {"title": " ".join(text.split()[:6]).rstrip(",.") + " …", "text": text, "element": rng.choice(ELEMENTS)}
