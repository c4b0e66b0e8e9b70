"""Made-up live events and programmes: sessions with notes, cohorts with bookings and who came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final, NamedTuple

from data_access.demo.chance import Weighted
from data_access.demo.shapes import Row
from data_access.demo.stock import stock_file
from data_access.reference import regions
from data_access.vocabulary import BookingStatus, FeedbackMoment

FIRST_SESSION: Final = date(2021, 3, 4)
ANSWERED: Final = 0.76  # of those who came, answered the question about confidence afterwards
# Answers 1 to 5 after the course; made up so that about nine in ten say 4 or 5.
_CONFIDENCE: Final = (1, 2, 8, 47, 42)
REFLECTIVE_POOL: Final = 44


def session_rows() -> list[Row]:
    """Give the seven sessions, a fortnight apart, and the two regional groups; groups belong to no element."""
    content = stock_file("sessions")
    entries = [*content["sessions"], *content["groups"]]
    return [
        {
            "session": f"S{place}",
            "kind": "big conversation" if "element" in entry else "regional group",
            "title": entry["title"],
            "element": entry.get("element", ""),
            "region": entry.get("region", ""),
            "held_on": (FIRST_SESSION + timedelta(days=14 * (place - 1))).isoformat(),
            "host_roles": content["host_roles"][(place - 1) % len(content["host_roles"])],
            "recording_link": f"https://example.com/demonstration/session-{place}/recording",
            "slides_link": f"https://example.com/demonstration/session-{place}/slides",
            "notes_link": f"https://example.com/demonstration/session-{place}/notes",
            "input_link": f"https://example.com/demonstration/session-{place}/your-input",
            "introduction": content["introduction"] if "element" in entry else content["group_introduction"],
            "key_themes": "|".join(entry["key_themes"]),
            "actions_agreed": "|".join(entry["actions"]),
            # Attendance was not counted at every session; the product has to live with that.
            "attended": "" if place % 4 == 0 else str(37 + 11 * place % 60),
        }
        for place, entry in enumerate(entries, start=1)
    ]


def feedback_rows() -> list[Row]:
    """Give the notes of every session under the question they answer, what came in afterwards, and on the session."""
    content = stock_file("sessions")
    entries = [*content["sessions"], *content["groups"]]
    asked = [
        (place, f"S{place}-{number}-{line}", question, note, FeedbackMoment.IN_SESSION)
        for place, entry in enumerate(entries, start=1)
        for number, (question, notes) in enumerate(zip(content["questions"], entry["notes"], strict=True), start=1)
        for line, note in enumerate(notes, start=1)
    ]
    later = [
        (
            place,
            f"S{place}-later-{line}",
            content["questions"][note["question"]],
            note["text"],
            FeedbackMoment.AFTERWARDS,
        )
        for place, entry in enumerate(entries, start=1)
        for line, note in enumerate(entry.get("afterwards", []), start=1)
    ]
    about = [
        (place, f"S{place}-about-{line}", content["question_about"], note, FeedbackMoment.ABOUT_SESSION)
        for place, entry in enumerate(entries, start=1)
        for line, note in enumerate(entry.get("about", []), start=1)
    ]
    return [
        {"point": point, "session": f"S{place}", "question": question, "text": note, "given": given.value}
        for place, point, question, note, given in (*asked, *later, *about)
    ]


def programme_rows() -> list[Row]:
    """Give the programmes."""
    return [
        {
            "programme": entry["id"],
            "kind": entry["kind"],
            "name": entry["name"],
            "cost_per_place_pence": str(entry.get("cost_per_place_pence", "")),
            "notice_days": str(entry["notice_days"]),
        }
        for entry in stock_file("training")["programmes"]
    ]


def cohort_rows() -> list[Row]:
    """Give the dated runs of every programme; cohorts go round the regions, reflective groups belong to London."""
    names = regions()["region"].to_list()
    return [
        {
            "cohort": run.cohort,
            "programme": run.entry["id"],
            "held_on": run.held_on.isoformat(),
            "region": names[run.place % len(names)] if run.entry["roles"] else "London",
            "capacity": "" if run.place in run.entry.get("uncounted", []) else str(run.entry["capacity"]),
            "minutes": str(run.entry["minutes"]),
        }
        for run in _runs()
    ]


def interest_rows(rng: Random) -> list[Row]:
    """Make up who registered interest in programmes that had no places to book yet."""
    roles = stock_file("training")["roles"]
    people = iter(f"i-{number:07x}" for number in rng.sample(range(16**6, 16**7), 1_000))
    rows: list[Row] = []
    for entry in stock_file("training")["programmes"]:
        first = entry["dates"][0]
        for _ in range(entry.get("interested", 0)):
            row = {
                "role": rng.choice(roles) if entry["roles"] else "",
                "region": _region(rng) if entry["roles"] else "London",
                "registered_on": (first - timedelta(days=rng.randrange(20, 90))).isoformat(),
            }
            name = f"N{len(rows) + 1:04d}"
            rows.append({"interest": name, "programme": entry["id"], "person": next(people), **row})
    return rows


def booking_rows(rng: Random) -> list[Row]:
    """Make up who booked and what became of it; reflective groups meet the same people again.

    A few bookings are wrong on purpose, as they are in practice: second places of people who have one, one cohort
    with more people than places, and a cohort nobody has told of.
    """
    roles = stock_file("training")["roles"]
    answer: list[Row] = []
    people = iter(f"d-{number:07x}" for number in rng.sample(range(16**6, 16**7), 4_000))
    pool = [next(people) for _ in range(REFLECTIVE_POOL)]
    for run in _runs():
        booked = run.entry["capacity"] + rng.randrange(-2, 4)
        who = [next(people) for _ in range(booked)] if run.entry["roles"] else rng.sample(pool, min(booked, len(pool)))
        answer += [{"cohort": run.cohort, "person": person, **_booking(rng, run, roles)} for person in who]
    answer += _wrong(rng, answer, people, roles)
    return [{"booking": f"B{number:04d}", **row} for number, row in enumerate(answer, start=1)]


class _Run(NamedTuple):
    """One cohort of a programme: its place in the programme, and whether it is still to come."""

    entry: dict[str, Any]
    place: int
    held_on: date
    is_open: bool

    @property
    def cohort(self) -> str:
        return f"{self.entry['id']}-{self.place:02d}"


def _runs() -> Iterator[_Run]:
    """Give every cohort: `parallel` of them on each date, the open dates last."""
    for entry in stock_file("training")["programmes"]:
        dates = [*((day, False) for day in entry["dates"]), *((day, True) for day in entry.get("open_dates", []))]
        every = [one for one in dates for _ in range(entry.get("parallel", 1))]
        yield from (_Run(entry, place, day, is_open) for place, (day, is_open) in enumerate(every, start=1))


def _booking(rng: Random, run: _Run, roles: list[str]) -> Row:
    entry = run.entry
    shares = entry["open_statuses"] if run.is_open else entry["statuses"]
    status = list(shares)[Weighted(list(shares.values())).draw(rng)]
    came = status == BookingStatus.ATTENDED.value
    asked = came and entry["asks_confidence"] and rng.random() < ANSWERED
    return {
        "role": rng.choice(roles) if entry["roles"] else "",
        "region": _region(rng) if entry["roles"] else "London",
        "booked_on": (run.held_on - timedelta(days=rng.randrange(8, 45))).isoformat(),
        "status": status,
        "confidence_after": str(1 + Weighted(_CONFIDENCE).draw(rng)) if asked else "",
    }


def _wrong(rng: Random, booked: list[Row], people: Iterator[str], roles: list[str]) -> list[Row]:
    """Give the bookings that are wrong on purpose."""
    faults, runs = stock_file("training")["faults"], {run.cohort: run for run in _runs()}
    crowded, first, second = runs[faults["crowded"]], runs[faults["first"]], runs[faults["second"]]
    held = [
        row["person"] for row in booked if row["cohort"] == first.cohort and row["status"] == BookingStatus.ATTENDED
    ]
    came = {"status": BookingStatus.ATTENDED.value, "confidence_after": ""}
    more = [
        {"cohort": crowded.cohort, "person": next(people), **_booking(rng, crowded, roles), **came}
        for _ in range(faults["too_many"])
    ]
    twice = [
        {"cohort": second.cohort, "person": person, **_booking(rng, second, roles), **came}
        for person in held[: faults["twice"]]
    ]
    lost = [
        {"cohort": faults["unknown_cohort"], "person": next(people), **_booking(rng, second, roles)}
        for _ in range(faults["unknown"])
    ]
    return [*more, *twice, *lost]


def _region(rng: Random) -> str:
    frame = regions()
    names: list[str] = frame["region"].to_list()
    return names[Weighted(frame["workforce_weight"].to_list()).draw(rng)]


def notes_of(session: str) -> Iterator[Row]:
    """Give the feedback points of one session."""
    return (row for row in feedback_rows() if row["session"] == session)
