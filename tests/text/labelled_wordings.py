"""Labelled wordings for the personal-detail check, made from parts with a fixed seed: the same ones every time.

Run it to see what the check makes of them:  python tests/text/labelled_wordings.py

Each wording stands in a sentence as colleagues write them. The hard ones hold no personal detail and look as if:
ten digits without a check digit, budgets, dates, rotas, wards and places that are people's names, job titles.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from data_access.disclosure.personal_details import Detail, personal_details

SEED: Final = 20_221_114
EACH: Final = 60
"""Wordings of each kind; 'plain' has five times as many."""
PLAIN: Final = "nothing personal"

FIRST: Final = (
    "Jane",
    "Mohammed",
    "Priya",
    "Siobhan",
    "Kwame",
    "Li",
    "Olu",
    "Agnieszka",
    "David",
    "Fatima",
    "Gareth",
    "Ngozi",
    "Tom",
    "Bronwen",
    "Ahmed",
    "Chidi",
    "Rosie",
    "Wei",
    "Lakshmi",
    "Callum",
    "Zainab",
    "Ifeoma",
    "Ioana",
    "Martyn",
)
LAST: Final = (
    "Smith",
    "Khan",
    "Patel",
    "O'Brien",
    "Mensah",
    "Chen",
    "Adeyemi",
    "Kowalska",
    "Jones",
    "Begum",
    "Llewellyn-Price",
    "Okafor",
    "Baker",
    "Evans",
    "Hussain",
    "Eze",
    "Green",
    "Zhang",
    "Iyer",
    "MacDonald",
    "Ali",
    "Nwosu",
    "Popescu",
    "Hill",
)
SENTENCES: Final = (
    "{} and nobody answered",
    "We were told {} but it never came to anything",
    "Could somebody look at this: {}.",
    "Last winter {} which says it all.",
    "I would start with {}",
    "It took six weeks: {}, then silence",
    "{}",
    "on our ward {} every single week",
    "From the ambulance side: {}. We could start with one site and learn.",
)


@dataclass(frozen=True)
class Labelled:
    """One wording and what it holds; None where it holds nothing personal."""

    text: str
    detail: Detail | None


def labelled() -> list[Labelled]:
    """Give every labelled wording, in a fixed order."""
    chance = random.Random(SEED)
    found = [Labelled(_sentence(chance, make(chance)), detail) for detail, make in MAKERS.items() for _ in range(EACH)]
    return found + [Labelled(_sentence(chance, _plain(chance)), None) for _ in range(5 * EACH)]


def _sentence(chance: random.Random, part: str) -> str:
    return chance.choice(SENTENCES).format(part)


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def _nhs_number(chance: random.Random) -> str:
    """Give an NHS number by the rule of its check digit: digits times 10 down to 2, modulo 11."""
    while True:
        nine = chance.choice("4679") + _digits(chance, 8)
        check = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            break
    ten = nine + str(check % 11)
    gap = chance.choice(("", " ", "-", " "))
    return chance.choice(("NHS no {}", "patient {}", "number {} was missing", "{}")).format(
        gap.join((ten[:3], ten[3:6], ten[6:]))
    )


def _telephone(chance: random.Random) -> str:
    number = chance.choice(
        (
            f"07700 900{_digits(chance, 3)}",
            f"07700900{_digits(chance, 3)}",
            f"020 7946 0{_digits(chance, 3)}",
            f"+44 7700 900{_digits(chance, 3)}",
            f"(0161) 496 0{_digits(chance, 3)}",
            f"0113-496-0{_digits(chance, 3)}",
            f"+44 (0)20 7946 0{_digits(chance, 3)}",
            f"01632 960{_digits(chance, 3)}",
            f"07700.900.{_digits(chance, 3)}",
            f"0044 7700 900{_digits(chance, 3)}",
        )
    )
    return chance.choice(("ring {}", "call me on {}", "ext was {}", "tel: {}", "my mobile is {}")).format(number)


def _email(chance: random.Random) -> str:
    first, last = chance.choice(FIRST).lower(), chance.choice(LAST).lower().replace("'", "")
    place = chance.choice(("nhs.net", "trust.nhs.uk", "example.co.uk", "gmail.com"))
    return chance.choice(
        (
            f"write to {first}.{last}@{place}",
            f"{first[0]}{last}{_digits(chance, 2)}@{place}",
            f"e-mail {first}@{place}",
            f"{first}_{last}@{place.upper()}",
            f"{first} (at) {place}",
            f"{first}.{last} [at] {place}",
            f"{first}.{last} AT {place.replace('.', ' DOT ')}",
        )
    )


def _national_insurance(chance: random.Random) -> str:
    letters = chance.choice(("AB", "CE", "JK", "PX", "SR", "WM", "YZ", "HA", "LP"))
    pairs = [_digits(chance, 2) for _ in range(3)]
    last, gap = chance.choice("ABCD"), chance.choice(("", " ", "-"))
    number = gap.join((letters, *pairs, last))
    return chance.choice(("NI number {}", "payroll had me as {}", "{}", "ni: {}")).format(
        number if chance.random() < 0.8 else number.lower()
    )


def _postcode(chance: random.Random) -> str:
    code = chance.choice(
        (
            "SW1A 2AA",
            "M13 9WL",
            "LS1 3EX",
            "B15 2TH",
            "EC1A 1BB",
            "W1A 0AX",
            "CF10 3NP",
            "DN55 1PT",
            "NE1 4LP",
            "BS1 3NX",
        )
    )
    written = chance.choice((code, code.replace(" ", ""), code.lower()))
    return chance.choice(("I live at {}", "the office at {} is empty", "posted to {}", "near {}")).format(written)


def _handle(chance: random.Random) -> str:
    name = f"{chance.choice(FIRST)}{chance.choice(LAST)}".replace("'", "").replace("-", "")
    return chance.choice(("follow @{}", "tweeted by @{}", "@{} said so")).format(f"{name}{_digits(chance, 1)}")


def _named(chance: random.Random) -> str:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    return chance.choice(
        (
            f"my manager {first} {last} said no",
            f"Dr {last} refused",
            f"Mrs {first} {last} signed it off",
            f"I am {first} {last} from payroll",
            f"speak to {first} {last} in HR",
            f"my line manager, {first}, left",
            f"reported to {first} {last}",
            f"our matron {first} is the reason",
            f"thanks to {first} {last}",
            f"Sister {last} runs it alone",
            f"{first} {last} bullied me",
            f"{first} {last} is my manager",
            f"it was signed by {first} {last}, ward manager",
            f"as {first} {last} told us",
            f"Nurse {first} was kind",
            f"a colleague called {first} went off sick",
            f"{first} {last}'s team gets everything",
            f"ask {first} {last} about it",
            f"{first} in payroll never answers",
            f"my name is {first}",
            f"Professor {last} chairs it",
            f"Regards, {first} {last}",
            f"emailed {first} {last} twice",
            f"my boss {first.lower()} {last.lower()} said no",
        )
    )


def _ten_digits(chance: random.Random) -> str:
    """Give ten digits whose last is wrong for an NHS number, as orders and assets have."""
    ten = _nhs_number(chance)
    digits = "".join(one for one in ten if one.isdigit())
    wrong = digits[:-1] + str((int(digits[-1]) + chance.randint(1, 8)) % 10)
    return chance.choice(("order {}", "asset tag {}", "cost code {}")).format(wrong)


def _figures(chance: random.Random) -> str:
    thousand = f"{chance.randint(1, 900)},{_digits(chance, 3)}"
    return chance.choice(
        (
            f"a budget of £{thousand},{_digits(chance, 3)}",
            f"£{thousand} a year",
            f"{thousand} staff",
            "24/7 cover",
            f"from 0{chance.randint(7, 9)}:00 to 1{chance.randint(5, 9)}:30",
            "12-hour shifts, 4 on 4 off",
            f"on {chance.randint(1, 28)}/0{chance.randint(1, 9)}/2021",
            f"2021-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
            f"{chance.randint(10, 99)}.{_digits(chance, 2)}% of 1{_digits(chance, 3)}",
            f"band {chance.randint(2, 8)}a",
            f"form HR{_digits(chance, 2)} version {chance.randint(1, 9)}.{chance.randint(0, 9)}",
            f"£0{_digits(chance, 1)}.{_digits(chance, 2)} an hour",
            f"policy {_digits(chance, 2)}/{_digits(chance, 4)}",
            f"the {chance.randint(1, 3)}st and 2nd floor",
            f"room {chance.choice('ABC')}{chance.randint(1, 20)}",
            f"section {chance.randint(1, 9)}.{chance.randint(1, 9)}.{chance.randint(1, 9)}",
            "A&E at 3am",
            "1 in 4 of us",
        )
    )


def _places(chance: random.Random) -> str:
    return chance.choice(
        (
            "Florence Nightingale ward",
            "Jordan ward has no window",
            "Lincoln County Hospital",
            "the Mary Seacole Unit",
            "Elizabeth House",
            "staff at Alexandra",
            "St James's is full",
            "Victoria wing",
            "Chelsea and Westminster",
            "the Princess Royal",
            "Queen Elizabeth Hospital",
            "King's College",
            "the Prince of Wales",
            "Addenbrooke's",
            "a Bevan day",
            "the Agnes Jones building",
            "Great Ormond Street",
            "the John Radcliffe",
            "Guy's and St Thomas'",
            "Frimley Park",
            "Lincoln, Jordan and Florence wards",
            "from Carlisle to Kent",
            "Rose ward",
            "Grace unit",
            "the Nightingale hospitals",
            "Charlotte's ward round",
            "the Duke of Edinburgh award",
            "Harlow and Chelmsford",
        )
    )


def _roles(chance: random.Random) -> str:
    return chance.choice(
        (
            "every Dr. and nurse",
            "the ward manager",
            "my line manager is new",
            "a Director of Nursing",
            "our Chief Executive",
            "my manager in Finance",
            "a consultant called twice",
            "the Matron on call",
            "Dr shortages",
            "my manager. Then",
            "the Head of Workforce said",
            "HR Business Partners",
            "speak to Occupational Health",
            "contact Human Resources",
            "thanks to Health Education England",
            "works for NHS England",
            "reported to the Board",
            "ask for Flexible Working",
            "I am Band 6",
            "my team leader and I",
            "Sister wards",
            "the Secretary of State",
            "Professor-led courses",
            "my coach at Leeds University",
            "our CEO in Birmingham",
            "Miss the bus",
            "Freedom to Speak Up Guardian",
            "call NHS 111",
            "talk to Freedom To Speak Up",
            "email Workforce Planning",
            "my manager Monday to Friday",
            "Mental Health First Aiders",
            "Agenda for Change",
            "Black History Month",
            "Royal College of Nursing",
        )
    )


def _plain(chance: random.Random) -> str:
    make = chance.choice((_ten_digits, _figures, _figures, _places, _places, _roles, _roles))
    return make(chance)


MAKERS: Final[dict[Detail, Callable[[random.Random], str]]] = {
    Detail.NHS_NUMBER: _nhs_number,
    Detail.TELEPHONE: _telephone,
    Detail.EMAIL: _email,
    Detail.NATIONAL_INSURANCE: _national_insurance,
    Detail.POSTCODE: _postcode,
    Detail.HANDLE: _handle,
    Detail.NAME: _named,
}


@dataclass(frozen=True)
class Measured:
    """How the check did on one kind. `held_back` counts those flagged for whatever reason."""

    kind: str
    wordings: int
    found: int
    held_back: int
    flagged_wrongly: int

    @property
    def recall(self) -> float:
        """Share of wordings of the kind that were held back."""
        return self.held_back / self.wordings

    @property
    def precision(self) -> float:
        """Share of right ones among the wordings flagged as this kind."""
        flagged = self.found + self.flagged_wrongly
        return self.found / flagged if flagged else 1.0


def measured(wordings: list[Labelled]) -> list[Measured]:
    """Hold the check against the labels, kind by kind."""
    said = [(one, personal_details(one.text)) for one in wordings]
    rows = []
    for detail in MAKERS:
        own = [found for one, found in said if one.detail is detail]
        wrong = sum(detail in found for one, found in said if one.detail is None)
        rows.append(Measured(str(detail), len(own), sum(detail in found for found in own), sum(map(bool, own)), wrong))
    return rows


def table(wordings: list[Labelled]) -> str:
    """Give the figures as docs/privacy.md prints them."""
    rows = measured(wordings)
    plain = [one for one in wordings if one.detail is None]
    flagged = sum(bool(personal_details(one.text)) for one in plain)
    head = "| kind | wordings | held back | flagged as this kind | plain wordings flagged as it | precision |"
    lines = [head, "|---|---|---|---|---|---|"]
    lines += [
        f"| {row.kind} | {row.wordings} | {row.recall:.1%} | {row.found / row.wordings:.1%} | {row.flagged_wrongly} "
        f"| {row.precision:.1%} |"
        for row in rows
    ]
    whole = sum(row.held_back for row in rows) / sum(row.wordings for row in rows)
    lines.append(f"| **all kinds** | {len(wordings) - len(plain)} | **{whole:.1%}** | | {flagged} of {len(plain)} | |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(labelled()))
    for one in labelled():
        found = personal_details(one.text)
        if bool(found) != (one.detail is not None):
            print("flagged wrongly" if found else f"missed ({one.detail})", one.text, sep="  ")
