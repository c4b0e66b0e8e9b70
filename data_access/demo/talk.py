"""Made-up comments and replies, planted words among them, and reports of posts."""

from __future__ import annotations

from random import Random
from typing import Final

from data_access.demo.chance import QUIET_DAY, Weighted, within_day
from data_access.demo.people import PILOTS, VOTERS
from data_access.demo.shapes import CLOSES_AT, DAY, THRESHOLD, DemoIdea, Person, Row, moment
from data_access.demo.stock import Topic, stock_file

COMMENTERS: Final = 760
COMMENTS: Final = 1_430
REPLIES: Final = 560
REPORTS: Final = 45
_Dated = tuple[int, Row]


def comment_rows(rng: Random, people: list[Person], ideas: list[DemoIdea]) -> list[Row]:
    """Make up comments, replies to them and the comments that carry the planted words, in order of time."""
    talkers = rng.sample(people[PILOTS:VOTERS], COMMENTERS)
    often = Weighted([rng.lognormvariate(0, 1.0) for _ in talkers])
    written = [_first_comment(rng, person, ideas) for person in talkers]
    written += [_first_comment(rng, talkers[often.draw(rng)], ideas) for _ in range(COMMENTS - COMMENTERS)]
    for place, (_, row) in enumerate(written, start=1):
        row["comment"] = f"C{place:05d}"
    written += [
        _reply(rng, rng.choice(written), talkers[often.draw(rng)], f"C{COMMENTS + place:05d}")
        for place in range(1, REPLIES + 1)
    ]
    written += _with_words(rng, people, ideas)
    return [{**row, "posted_at": moment(when)} for when, row in sorted(written, key=lambda entry: entry[0])]


def planted_word_comments(comments: list[Row]) -> set[str]:
    """Give the ids of comments that carry a planted word; moderators leave them alone."""
    return {row["comment"] for row in comments if row["comment"].startswith("W")}


def report_rows(rng: Random, people: list[Person], ideas: list[DemoIdea], comments: list[Row]) -> list[Row]:
    """Make up reports of posts: those that were removed, and some that nothing came of."""
    reasons = stock_file("moderation")["report_reasons"]
    gone = [idea for idea in ideas if idea.gone_at < CLOSES_AT and not idea.stands_as]
    reported = [("idea", idea.id, idea.posted_at) for idea in [*gone, *rng.sample(ideas, REPORTS // 2)]]
    others = rng.sample(comments, REPORTS - len(reported))
    when = {row["comment"]: rng.randrange(CLOSES_AT - 3 * DAY, CLOSES_AT) for row in others}
    reported += [("comment", row["comment"], when[row["comment"]]) for row in others]
    return [
        {
            "report": f"R{place:03d}",
            "post_kind": kind,
            "post": post,
            "reporter": rng.choice(people[PILOTS:VOTERS]).id,
            "reported_at": moment(posted_at + rng.randrange(300, 7000)),
            "reason": rng.choice(reasons),
        }
        for place, (kind, post, posted_at) in enumerate(reported, start=1)
    ]


def _first_comment(rng: Random, person: Person, ideas: list[DemoIdea]) -> _Dated:
    visit = rng.choice(person.visits)
    now = min(visit + rng.randrange(120, 1700), within_day(visit))
    standing = [idea for idea in rng.sample(ideas, 60) if idea.posted_at < now < idea.gone_at and not idea.is_planted]
    idea = standing[Weighted([idea.draw for idea in standing]).draw(rng)] if standing else ideas[0]
    return now, {"idea": idea.id, "reply_to": "", "author": person.id, "text": _comment(rng, idea.topic)}


def _comment(rng: Random, topic: Topic | None) -> str:
    voices = stock_file("voices")
    remark = rng.choice(topic.remarks) if topic else rng.choice(voices["experiences"])
    reason = rng.choice(topic.reasons) if topic else rng.choice(voices["questions"])
    forms = (
        (rng.choice(voices["agreements"]), remark),
        (rng.choice(voices["agreements"]), rng.choice(voices["experiences"])),
        (remark, rng.choice(voices["questions"])),
        (rng.choice(voices["doubts"]),),
        (rng.choice(voices["doubts"]), remark),
        (reason, rng.choice(voices["experiences"])),
        (rng.choice(voices["questions"]),),
        (remark, rng.choice(voices["experiences"])),
        (rng.choice(voices["agreements"]), reason, rng.choice(voices["questions"])),
    )
    return " ".join(rng.choice(forms))


def _reply(rng: Random, to: _Dated, person: Person, name: str) -> _Dated:
    when, row = to
    after = min(when + rng.randrange(600, 2 * DAY), within_day(when) if rng.random() < 0.5 else CLOSES_AT - 60)
    if after // DAY == QUIET_DAY and when // DAY != QUIET_DAY:
        after += DAY
    text = rng.choice(stock_file("voices")["replies"])
    return after, {
        "comment": name,
        "idea": row["idea"],
        "reply_to": row["comment"],
        "author": person.id,
        "text": text,
    }


def _with_words(rng: Random, people: list[Person], ideas: list[DemoIdea]) -> list[_Dated]:
    """Have one word used by exactly as many people as may be shown, another by one fewer."""
    words = stock_file("planted")["words"]
    quiet = [idea for idea in ideas if idea.gone_at > CLOSES_AT and idea.topic is not None and not idea.is_seed]
    answer = []
    for word, users in ((words["rare"], THRESHOLD - 1), (words["shown"], THRESHOLD)):
        for place, person in enumerate(rng.sample(people[PILOTS:VOTERS], users)):
            now = within_day(person.visits[-1])
            idea = rng.choice([idea for idea in quiet if idea.posted_at < now])
            text = words["sentences"][place].format(word=word.capitalize())
            row = {"comment": f"W{word[0]}{place:02d}", "idea": idea.id, "author": person.id, "text": text}
            answer.append((now, {**row, "reply_to": ""}))
    return answer
