"""What a table and a column of the template are, and short ways of declaring them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from data_access.vocabulary import ELEMENTS

# PostgreSQL's `integer` ends here; only the moderation log's sequence, which may be a time stamp, is longer.
LARGEST_WHOLE: Final = 2**31 - 1
LARGEST_SEQUENCE: Final = 2**63 - 1


class Kind(StrEnum):
    """How the text of a cell is read."""

    ID = "id"  # kept letter for letter: '007' stays '007'
    TEXT = "text"
    MOMENT = "date and time"  # ISO 8601; without an offset it is the conversation's local time
    DATE = "date"
    WHOLE = "whole number"
    NUMBER = "number"  # with a point for the decimals
    YES_NO = "yes or no"
    CHOICE = "one of a list"
    ELEMENTS = "elements"  # official names or aliases, several joined by a vertical bar
    REGION = "region"  # name or ODS code
    ICB = "ICB"  # ODS code or name


@dataclass(frozen=True)
class TemplateColumn:
    """One column: how it is read, whether a row needs it, and what it means.

    `is_person` marks ids of people, which become pseudonyms; `at_least` and `at_most` bound whole numbers, and
    `at_most` the number of elements a cell may name.
    """

    name: str
    kind: Kind
    meaning: str
    is_required: bool = False
    choices: tuple[str, ...] = ()
    refers_to: str = ""
    is_person: bool = False
    at_least: int = 0
    at_most: int = LARGEST_WHOLE


@dataclass(frozen=True)
class TemplateTable:
    """One table of the template. `key` columns identify a row across exports."""

    name: str
    about: str
    columns: tuple[TemplateColumn, ...]
    key: tuple[str, ...]
    belongs_to: str = "vault"  # 'desk' for the plan, which holds no participant data


def id_column(name: str, meaning: str, *, needed: bool = True, refers_to: str = "") -> TemplateColumn:
    """Declare an id, kept letter for letter; needed unless said otherwise."""
    return TemplateColumn(name, Kind.ID, meaning, is_required=needed, refers_to=refers_to)


def text_column(name: str, meaning: str, *, needed: bool = False) -> TemplateColumn:
    """Declare free text."""
    return TemplateColumn(name, Kind.TEXT, meaning, is_required=needed)


def moment_column(name: str, meaning: str, *, needed: bool = False) -> TemplateColumn:
    """Declare a date and time."""
    return TemplateColumn(name, Kind.MOMENT, meaning, is_required=needed)


def date_column(name: str, meaning: str) -> TemplateColumn:
    """Declare a day."""
    return TemplateColumn(name, Kind.DATE, meaning)


def person_column(name: str, *, note: str = "", needed: bool = True) -> TemplateColumn:
    """Declare the id of a person; needed unless said otherwise."""
    return TemplateColumn(name, Kind.ID, PERSON + note, is_required=needed, is_person=True)


def whole_column(
    name: str, meaning: str, *, needed: bool = False, at_least: int = 0, at_most: int = LARGEST_WHOLE
) -> TemplateColumn:
    """Declare a whole number within bounds."""
    return TemplateColumn(name, Kind.WHOLE, meaning, is_required=needed, at_least=at_least, at_most=at_most)


def choice_column(
    name: str, meaning: str, choices: type[StrEnum] | tuple[str, ...], *, needed: bool = True
) -> TemplateColumn:
    """Declare one of a closed list; needed unless said otherwise."""
    return TemplateColumn(name, Kind.CHOICE, meaning, is_required=needed, choices=tuple(str(c) for c in choices))


PERSON: Final = "The platform's own id; it is turned into a keyed pseudonym on arrival. Never a name or an e-mail"
ELEMENTS_MEANING: Final = f"People Promise elements, several joined by |. Official names: {'; '.join(ELEMENTS)}"
