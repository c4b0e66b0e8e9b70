"""What made-up moderators do: merges (chains too), splits, removals, a restore, new titles, and two slips."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Final

from data_access.demo.shapes import CLOSES_AT, DAY, DemoIdea, Log, Row, moment
from data_access.demo.stock import Proposal, stock_file, topics

MERGES: Final = 30
CHAINS: Final = 5
RETITLES: Final = 16
RESTORED: Final = 2
REMOVED_COMMENTS: Final = 9
MERGE_DAY: Final = 15


@dataclass(frozen=True)
class Moderated:
    """The log, the ideas that splits created, and ids that later parts must leave alone."""

    log: Log
    parts: list[DemoIdea]
    touched: frozenset[str]


def moderate(
    rng: Random,
    composed: list[DemoIdea],
    unusual: dict[str, list[DemoIdea]],
    planted: dict[str, DemoIdea],
    first_part: int,
) -> Moderated:
    """Decide everything moderators do to ideas and mark on each idea when it went and what it stands as."""
    log = Log()
    touched = _merge_siblings(rng, composed, log)
    target, source, flipped = planted["merge_target"], planted["merge_source"], planted["flipped"]
    _merge(rng, log, [source], target, MERGE_DAY * DAY + 12 * 3600)
    stock = stock_file("planted")["flipped"]
    log.add(22 * DAY + 9 * 3600, "retitle", flipped.id, title=stock["new_title"], text=stock["new_text"])
    parts = _split(rng, unusual["split"], log, first_part)
    for idea in unusual["removed"]:
        _remove(rng, log, idea)
    free = [idea for idea in composed if idea.id not in touched and not idea.is_seed]
    chosen = rng.sample(free, RETITLES + RESTORED)
    for idea in chosen[:RETITLES]:
        log.add(_after(rng, idea.posted_at), "retitle", idea.id, title=_other_title(idea))
    for idea in chosen[RETITLES:]:
        _remove_and_restore(log, idea)
    _slip(log, source, target)
    return Moderated(log, parts, frozenset(touched | {idea.id for idea in chosen}))


def moderate_comments(rng: Random, log: Log, comments: list[Row], spared: set[str]) -> None:
    """Remove a few comments; the last one twice, by mistake."""
    reasons = stock_file("moderation")["removal_reasons"]
    answered = {row["reply_to"] for row in comments}
    free = [row for row in comments if row["comment"] not in spared | answered]
    for row in rng.sample(free, REMOVED_COMMENTS):
        when = CLOSES_AT - rng.randrange(2 * 3600, 5 * 3600)
        log.add(when, "remove", row["comment"], post_kind="comment", reason=rng.choice(reasons))
    last = log.rows[-1]
    log.add(last[0] + 90, "remove", last[1]["target"], post_kind="comment", reason=last[1]["reason"])


def log_rows(log: Log) -> list[Row]:
    """Number the events in order of time and write them as the template takes them."""
    ordered = sorted(log.rows, key=lambda entry: entry[0])
    return [
        {"sequence": str(place), "happened_at": moment(when), "post_kind": "idea", **row}
        for place, (when, row) in enumerate(ordered, start=1)
    ]


def _merge_siblings(rng: Random, composed: list[DemoIdea], log: Log) -> set[str]:
    """Merge ideas that make the same proposal: the oldest stays. A chain merges what stayed once more."""
    families: dict[str, list[DemoIdea]] = defaultdict(list)
    owner = {proposal.text: proposal for topic in topics() for proposal in topic.proposals}
    for idea in composed:
        families[_proposal(idea, owner).text].append(idea)
    pairs = [family for family in families.values() if len(family) > 1 and not any(idea.is_seed for idea in family)]
    touched: set[str] = set()
    for place, family in enumerate(rng.sample(pairs, MERGES)):
        oldest, *younger = sorted(family, key=lambda idea: idea.posted_at)
        is_chain = place < CHAINS and len(younger) > 1
        if is_chain:
            _merge(rng, log, younger[1:], younger[0], _after(rng, younger[-1].posted_at))
            _merge(rng, log, younger[:1], oldest, max(log.rows[-1][0] + 3600, _after(rng, younger[0].posted_at)))
        else:
            _merge(rng, log, younger, oldest, _after(rng, younger[-1].posted_at))
        touched |= {idea.id for idea in family}
    return touched


def _proposal(idea: DemoIdea, owner: dict[str, Proposal]) -> Proposal:
    return next(proposal for text, proposal in owner.items() if text in idea.text)


def _merge(rng: Random, log: Log, sources: list[DemoIdea], target: DemoIdea, when: int) -> None:
    note = rng.choice(stock_file("moderation")["notes"])
    log.add(when, "merge", target.id, sources="|".join(idea.id for idea in sources), note=note)
    for idea in sources:
        idea.gone_at, idea.stands_as = when, target.id


def _split(rng: Random, originals: list[DemoIdea], log: Log, first: int) -> list[DemoIdea]:
    parts: list[DemoIdea] = []
    for idea, stock in zip(originals, stock_file("moderation")["splits"], strict=True):
        when = _after(rng, idea.posted_at)
        own = [
            DemoIdea(f"I{first + len(parts) + place:04d}", "", when, title, text, idea.theme, idea.elements)
            for place, (title, text) in enumerate(stock["parts"])
        ]
        heir = own[0].id if stock["inherits"] else ""
        log.add(when, "split", idea.id, parts="|".join(part.id for part in own), inherits=heir)
        idea.gone_at, idea.stands_as = when, heir
        parts.extend(own)
    return parts


def _remove(rng: Random, log: Log, idea: DemoIdea) -> None:
    when = idea.posted_at + rng.randrange(2 * 3600, 30 * 3600)
    log.add(when, "remove", idea.id, reason=rng.choice(stock_file("moderation")["removal_reasons"]))
    idea.gone_at = when


def _remove_and_restore(log: Log, idea: DemoIdea) -> None:
    """Take an idea down in the evening and bring it back before anybody is at work."""
    evening = (min(idea.posted_at // DAY + 1, CLOSES_AT // DAY - 2)) * DAY + 23 * 3600
    log.add(evening, "remove", idea.id, reason="abusive or offensive", note="Reported; taken down while we look")
    log.add(evening + 6 * 3600, "restore", idea.id, note="Robust, not offensive; back as it was")


def _slip(log: Log, source: DemoIdea, target: DemoIdea) -> None:
    """Merge once more what was merged already: real logs hold such lines, and they must change nothing."""
    log.add(source.gone_at + 1800, "merge", target.id, sources=source.id, note="Pressed twice")


def _after(rng: Random, posted_at: int) -> int:
    """Give a time in office hours on one of the next days, before the conversation closes."""
    day = min(posted_at // DAY + rng.randrange(1, 4), CLOSES_AT // DAY - 1)
    return max(day * DAY + rng.randrange(9 * 3600, 17 * 3600), posted_at + 3600)


def _other_title(idea: DemoIdea) -> str:
    names = {theme["code"]: theme["name"] for theme in stock_file("coding")["themes"]}
    return f"{names[idea.theme]}: {idea.title[0].lower()}{idea.title[1:]}"
