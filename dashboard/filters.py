"""What a viewer asked for, and how it is spelled in a link.

The URL is the only mechanism: widgets write to it, pages read from it, strictly. An unknown value is a
fault with a suggestion, never silently 'all': a filter that quietly fell away would show other numbers
than the ones asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from data_access.problems import BadSelection
from data_access.vocabulary import ELEMENTS, ENGLAND, slug

PARAMETERS = ("conversation", "element")


@dataclass(frozen=True)
class Choices:
    """What the release offers: conversation keys (newest first) with titles, and elements."""

    conversations: tuple[tuple[str, str], ...]
    elements: tuple[str, ...] = ELEMENTS


@dataclass(frozen=True)
class Selection:
    """One conversation, all elements or one. Frozen, so that it can be a cache key."""

    conversation: str
    element: str | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is filtered away within the conversation."""
        return self.element is None


def selection_from_params(params: Mapping[str, str | Sequence[str]], choices: Choices) -> Selection:
    """Read a selection from the query of a link.

    Parameters that are not filters are left alone. Names are accepted in any case and as slugs.
    Raises `BadSelection` naming every value that is not offered, with the nearest that is.
    """
    faults: list[str] = []
    keys = [key for key, _ in choices.conversations]
    conversation = _one(params, "conversation", {key: key for key in keys}, faults)
    element = _one(params, "element", {name: name for name in choices.elements}, faults)
    if faults:
        raise BadSelection("\n".join(faults))
    return Selection(conversation=conversation or keys[0], element=element)


def params_from_selection(selection: Selection, choices: Choices) -> dict[str, str]:
    """Spell a selection for a link: lower-case slugs, nothing for what is not filtered.

    The first conversation is the usual one and is left out.
    """
    params: dict[str, str] = {}
    if selection.conversation != choices.conversations[0][0]:
        params["conversation"] = selection.conversation
    if selection.element is not None:
        params["element"] = slug(selection.element)
    return params


def _one(
    params: Mapping[str, str | Sequence[str]], name: str, offered: Mapping[str, str], faults: list[str]
) -> str | None:
    raw = params.get(name)
    values = [raw] if isinstance(raw, str) else list(raw or ())
    if not values or values == [""]:
        return None
    if len(values) > 1:
        faults.append(f"The link names {name} {len(values)} times; choose one.")
        return None
    spelled = {slug(key): value for key, value in offered.items()}
    wanted = slug(values[0])
    if wanted in spelled:
        return spelled[wanted]
    near = get_close_matches(wanted, spelled, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else f" Offered: {', '.join(spelled) or 'none'}."
    faults.append(f"The link asks for {name} '{wanted[:60]}', which is not offered.{hint}")
    return None


def place(selection: Selection) -> str:
    """Name the place a selection is about. Tables by region come with grouped releases."""
    return ENGLAND
