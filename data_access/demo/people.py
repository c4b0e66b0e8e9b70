"""Made-up participants: where they work, when they registered, how often they came back."""

from __future__ import annotations

from random import Random
from typing import Final

from data_access.demo.chance import QUIET_DAY, Weighted, day_weights, time_of_day, usual_hours, within_day
from data_access.demo.shapes import CLOSES_AT, DAY, OPENS_ON, SCHEME, Person, Row, moment
from data_access.reference import icbs, staff_groups
from data_access.vocabulary import ParticipantType

REGISTERED: Final = 2_400
SIGNED_IN: Final = 2_190
VOTERS: Final = 1_960
PILOTS: Final = 14  # people who tried the platform on the Friday before
RETURNING: Final = 4  # of them, who posted the opening ideas and looked in again on the eve
QUIET_GUESTS: Final = range(100, 106)  # the few who came on the day the platform was mostly down
FIRST_REGISTRATION: Final = -14 * DAY
WITHOUT_PLACE: Final = 0.03

# Shares of staff groups among the people who take part: the profession sits in administrative and clerical
# grades, its customers everywhere. Made up; no published split exists.
_GROUPS: Final = {
    "Administrative and Clerical": 60,
    "Nursing and Midwifery Registered": 14,
    "Additional Clinical Services": 7,
    "Allied Health Professionals": 6,
    "Medical and Dental": 5,
    "Add Prof Scientific and Technic": 4,
    "Estates and Ancillary": 3,
}


def participants(rng: Random, votes: int) -> list[Person]:
    """Make up everybody who registered, those who vote first, in an order of their own.

    Their appetites add up to about `votes`. People beyond `VOTERS` never vote, those beyond `SIGNED_IN`
    never come.
    """
    places = [(row["icb"], row["region"]) for row in icbs(OPENS_ON).iter_rows(named=True)]
    # Less unequal than the workforce itself: small boards took part more eagerly.
    by_size = Weighted([float(weight) ** 0.75 for weight in icbs(OPENS_ON)["workforce_weight"]])
    listed = [group for group in staff_groups(SCHEME)["staff_group"] if group in _GROUPS]
    by_group = Weighted([_GROUPS[group] for group in listed])
    appetites = _appetites(rng, votes)
    days, hours, ids = Weighted(day_weights()), usual_hours(), _ids(rng)
    answer = []
    for place in range(REGISTERED):
        icb, region = ("", "") if rng.random() < WITHOUT_PLACE else places[by_size.draw(rng)]
        group = listed[by_group.draw(rng)]
        registered_at = _registered_at(rng, is_early=place < PILOTS or place in QUIET_GUESTS)
        visits = _visits(rng, registered_at, days, hours) if place < SIGNED_IN else ()
        answer.append(
            Person(
                id=ids[place],
                participant_type=_type(rng, group),
                region=region,
                icb=icb,
                organisation=f"Demonstration Trust {icb}{rng.randrange(1, 6)}" if icb else "",
                staff_group=group if rng.random() > WITHOUT_PLACE else "",
                registered_at=registered_at,
                visits=tuple(sorted((*_special_visits(place), *visits))),
                appetite=appetites[place] if place < VOTERS else 0,
                leaning=rng.gauss(0, 0.35),
            )
        )
    return answer


def participant_rows(people: list[Person]) -> list[Row]:
    """Write participants as the template takes them, by id."""
    return [
        {
            "participant": person.id,
            "participant_type": person.participant_type,
            "region": person.region,
            "icb": person.icb,
            "organisation": person.organisation,
            "staff_group": person.staff_group,
            "registered_at": moment(person.registered_at),
            "signed_in_at": moment(person.visits[0]) if person.visits else "",
        }
        for person in sorted(people, key=lambda person: person.id)
    ]


def _ids(rng: Random) -> list[str]:
    numbers = rng.sample(range(16**7, 16**8), REGISTERED)
    return [f"u-{number:08x}" for number in numbers]


def _type(rng: Random, group: str) -> str:
    share = 0.88 if group == "Administrative and Clerical" else 0.18
    return (ParticipantType.PROFESSION if rng.random() < share else ParticipantType.CUSTOMER).value


def _appetites(rng: Random, votes: int) -> list[int]:
    raw = [rng.lognormvariate(0, 1.0) for _ in range(VOTERS)]
    scale = votes / sum(raw)
    return [max(1, min(round(value * scale), 320)) for value in raw]


def _registered_at(rng: Random, *, is_early: bool) -> int:
    if is_early:
        return FIRST_REGISTRATION + rng.randrange(DAY)
    if rng.random() < 0.7:
        return rng.randrange(FIRST_REGISTRATION, 9 * 3600)
    late = int(rng.triangular(0, CLOSES_AT - 2 * DAY, DAY))
    return late - DAY if late // DAY == QUIET_DAY else late


def _special_visits(place: int) -> tuple[int, ...]:
    """Bring the pilots before the conversation opens, a few guests on the quiet day."""
    if place < PILOTS:
        eve = (-10 * 3600 + place * 600,) if place < RETURNING else ()
        return (-3 * DAY + 14 * 3600 + place * 240, *eve)
    return (QUIET_DAY * DAY + 19 * 3600 + place,) if place in QUIET_GUESTS else ()


def _visits(rng: Random, registered_at: int, days: Weighted, hours: Weighted) -> tuple[int, ...]:
    wanted = 1 + min(int(rng.expovariate(0.55)), 7)
    times = [days.draw(rng) * DAY + time_of_day(rng, hours) for _ in range(wanted)]
    possible = sorted(time for time in times if time > registered_at)
    # Whoever registered too late for all of these came soon after registering, on the same day.
    return tuple(possible) or (min(registered_at + 300, within_day(registered_at)),)
