"""What a viewer asked for, and how it is spelled in a link.

The URL is the only mechanism: widgets write to it, pages read from it, strictly. An unknown value is a
fault with a suggestion, never silently 'all': a filter that quietly fell away would show other numbers
than the ones asked for.

    ?element=we-are-a-team&region=midlands,south-west&staff-group=nursing-and-midwifery
    ?region=midlands&icb=quadrant-code&from=2021-02-01&to=2021-02-14
    ?region=london&participant-type=customer
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import Final

from dashboard.periods import Period, period_from
from data_access.problems import BadSelection
from data_access.reference.lattice import lattice
from data_access.reference.places import icb_name
from data_access.vocabulary import ELEMENTS, ENGLAND, slug

REGION, ICB, STAFF_GROUP, PARTICIPANT_TYPE = "region", "icb", "staff_group", "participant_type"
PARAMETERS = ("conversation", "element", "region", "icb", "staff-group", "participant-type", "from", "to")
Raw = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Board:
    """An integrated care board to choose: its code, its full name and the region it lies in."""

    code: str
    name: str
    region: str


@dataclass(frozen=True)
class Divisions:
    """What a conversation of a release can be divided by; all empty where no grouped tables were cut.

    `weeks` are the Mondays of its closed weeks. `reason` says why there is nothing to choose, '' where there is.
    """

    regions: tuple[str, ...] = ()
    boards: tuple[Board, ...] = ()
    staff_groups: tuple[str, ...] = ()
    weeks: tuple[date, ...] = ()
    reason: str = ""
    participant_types: tuple[str, ...] = ()

    def within(self, regions: frozenset[str] | None) -> Divisions:
        """Leave out regions a viewer may not see and the boards in them; None keeps all."""
        if regions is None:
            return self
        own = tuple(name for name in self.regions if name in regions)
        return replace(self, regions=own, boards=tuple(board for board in self.boards if board.region in regions))


NOTHING: Final = Divisions(reason="No tables by region, ICB or staff group were cut of this conversation.")


@dataclass(frozen=True)
class Choices:
    """What the release offers: conversation keys (newest first) with titles, elements, divisions by conversation."""

    conversations: tuple[tuple[str, str], ...]
    elements: tuple[str, ...] = ELEMENTS
    divisions: Mapping[str, Divisions] = field(default_factory=dict)

    def divided(self, conversation: str) -> Divisions:
        """Give what a conversation can be divided by."""
        return self.divisions.get(conversation, NOTHING)

    def within(self, regions: frozenset[str] | None) -> Choices:
        """Leave out what a viewer may not see; None keeps all."""
        return replace(self, divisions={key: offered.within(regions) for key, offered in self.divisions.items()})


@dataclass(frozen=True)
class Selection:
    """What is asked for. Frozen, so that it can be a cache key.

    `icbs` are codes; with `regions` they lie within them. `period` is a range of closed weeks.
    """

    conversation: str
    element: str | None = None
    regions: tuple[str, ...] = ()
    icbs: tuple[str, ...] = ()
    staff_groups: tuple[str, ...] = ()
    period: Period | None = None
    participant_types: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is filtered away within the conversation."""
        return self == Selection(self.conversation)

    @property
    def division(self) -> frozenset[str]:
        """Name the partitions of the lattice that are chosen from; a board says its region, so 'icb' stands alone."""
        chosen = {
            REGION: self.regions and not self.icbs,
            ICB: self.icbs,
            STAFF_GROUP: self.staff_groups,
            PARTICIPANT_TYPE: self.participant_types,
        }
        return frozenset(name for name, values in chosen.items() if values)


def selection_from_params(params: Raw, choices: Choices) -> Selection:
    """Read a selection from the query of a link.

    Several values are repeated or joined by commas. Names are accepted in any case and as slugs, boards also
    by code. Parameters that are not filters are left alone. Raises `BadSelection` naming every value that is
    not offered, with the nearest that is, and every combination that is not.
    """
    faults: list[str] = []
    keys = [key for key, _ in choices.conversations]
    conversation = _one(params, "conversation", {key: key for key in keys}, faults) or keys[0]
    element = _one(params, "element", {name: name for name in choices.elements}, faults)
    offered = choices.divided(conversation)
    regions = _several(params, "region", _named(offered.regions), offered, faults)
    within = [board for board in offered.boards if not regions or board.region in regions]
    selection = Selection(
        conversation=conversation,
        element=element,
        regions=regions,
        icbs=_several(params, "icb", _boards(within), offered, faults),
        staff_groups=_several(params, "staff-group", _named(offered.staff_groups), offered, faults),
        period=period_from(_text(params, "from"), _text(params, "to"), offered.weeks, faults),
        participant_types=_several(params, "participant-type", _named(offered.participant_types), offered, faults),
    )
    reason = "" if faults else why_not(selection)
    if faults or reason:
        raise BadSelection("\n".join([*faults, *([reason] if reason else [])]))
    return selection


def params_from_selection(selection: Selection, choices: Choices) -> dict[str, str]:
    """Spell a selection for a link: lower-case slugs joined by commas, nothing for what is not filtered.

    The first conversation is the usual one and is left out.
    """
    period = selection.period
    spelled = {
        "conversation": selection.conversation if selection.conversation != choices.conversations[0][0] else "",
        "element": slug(selection.element or ""),
        "region": _joined(selection.regions),
        "icb": _joined(selection.icbs),
        "staff-group": _joined(selection.staff_groups),
        "participant-type": _joined(selection.participant_types),
        "from": period.first.isoformat() if period else "",
        "to": period.last.isoformat() if period else "",
    }
    return {name: value for name, value in spelled.items() if value}


def place(selection: Selection) -> str:
    """Name the people a selection is about: 'England', 'Midlands and South West', 'London: Nursing and Midwifery'."""
    boards = tuple(icb_name(code) or code for code in selection.icbs)
    where = _listed(boards or selection.regions)
    groups = _listed(selection.staff_groups or selection.participant_types)
    return f"{where}: {groups}" if where and groups else where or groups or ENGLAND


def why_not(selection: Selection) -> str:
    """Say why no table of the lattice can answer this combination of divisions; '' where one can."""
    if {ICB, STAFF_GROUP} <= selection.division:
        reason = lattice().not_offered["staff group by integrated care board"]
        return f"Staff group and ICB cannot be chosen together: {reason}."
    if selection.participant_types and (selection.division - {PARTICIPANT_TYPE, REGION} or selection.period):
        return (
            "Participant type can be chosen alone or with regions: no table of the lattice cuts it by ICB, "
            "staff group or week."
        )
    if selection.staff_groups and selection.period:
        return "Staff group and period cannot be chosen together: no table of the lattice cuts weeks by staff group."
    return ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def _named(names: Sequence[str]) -> dict[str, str]:
    return {slug(name): name for name in names}


def _boards(boards: Sequence[Board]) -> dict[str, str]:
    return {slug(board.name): board.code for board in boards} | {slug(board.code): board.code for board in boards}


def _joined(values: Sequence[str]) -> str:
    return ",".join(slug(value) for value in values)


def _text(params: Raw, name: str) -> str:
    return ",".join(_values(params, name))


def _values(params: Raw, name: str) -> list[str]:
    raw = params.get(name)
    values = [raw] if isinstance(raw, str) else list(raw or ())
    return [value for value in values if value != ""]


def _one(params: Raw, name: str, offered: Mapping[str, str], faults: list[str]) -> str | None:
    values = _values(params, name)
    if len(values) > 1:
        faults.append(f"The link names {name} {len(values)} times; choose one.")
        return None
    spelled = {slug(key): value for key, value in offered.items()}
    return _offered(values[0], name, spelled, faults) if values else None


def _several(
    params: Raw, name: str, spelled: Mapping[str, str], divisions: Divisions, faults: list[str]
) -> tuple[str, ...]:
    """Give the values in the order they are offered, so that one selection has one spelling and one cache key."""
    wanted = [part for value in _values(params, name) for part in value.split(",") if part.strip()]
    if wanted and not spelled:
        faults.append(f"The link asks for {name}, which is not offered here. {divisions.reason}".strip())
        return ()
    found = {_offered(part, name, spelled, faults) for part in wanted}
    return tuple(dict.fromkeys(value for value in spelled.values() if value in found))


def _offered(value: str, name: str, spelled: Mapping[str, str], faults: list[str]) -> str | None:
    wanted = slug(value)
    if wanted in spelled:
        return spelled[wanted]
    near = get_close_matches(wanted, spelled, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else f" Offered: {', '.join(spelled) or 'none'}."
    faults.append(f"The link asks for {name} '{wanted[:60]}', which is not offered.{hint}")
    return None
