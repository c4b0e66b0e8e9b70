"""Who may see and do what: one truth table, refused unless it says yes.

`can_…` asks, `check_…` raises `NotAllowed`. The viewer always comes from the visit on the server, never from
a widget or a link. An administrator looks after accounts and approvals and sees no numbers; nobody sees
hidden cells, so there is no right for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dashboard.filters import Selection
from dashboard.specs import Page
from data_access.desk.users import User
from data_access.problems import NotAllowed
from data_access.reference.places import all_icbs
from data_access.vocabulary import Role


class Right(StrEnum):
    """Something a role may do."""

    SEE_NUMBERS = "see the numbers of England"
    SEE_EVERY_REGION = "see the numbers of every region"
    SEE_OWN_REGIONS = "see the numbers of their own regions"
    READ_APPROVED_TEXT = "read approved wording"
    READ_FLAGGED_TEXT = "read wording that waits for approval"
    EXPORT = "take numbers away"
    PROPOSE_DATA = "propose an import or a release"
    APPROVE_DATA = "approve an import or a release"
    CHANGE_PLAN = "record progress on the plan"
    READ_USERS = "see who has an account"
    CHANGE_USERS = "change accounts and roles"
    READ_AUDIT = "read the audit log"
    CHANGE_OWN = "change their own password and end their own visits"
    SAVE_VIEWS = "save views of their own"


_READS: Final = frozenset({Right.SEE_NUMBERS, Right.READ_APPROVED_TEXT, Right.SAVE_VIEWS})
_EVERYWHERE: Final = _READS | {Right.SEE_EVERY_REGION}
_OWN: Final = frozenset({Right.CHANGE_OWN})
RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    Role.LEADER: _OWN | _EVERYWHERE | {Right.EXPORT},
    Role.HR: _OWN | _READS | {Right.SEE_OWN_REGIONS, Right.EXPORT},
    Role.ANALYST: _OWN | _EVERYWHERE | {Right.READ_FLAGGED_TEXT, Right.EXPORT, Right.PROPOSE_DATA, Right.CHANGE_PLAN},
    Role.ADMINISTRATOR: _OWN | {Right.APPROVE_DATA, Right.READ_USERS, Right.CHANGE_USERS, Right.READ_AUDIT},
    Role.AUDITOR: _OWN | _EVERYWHERE | {Right.READ_USERS, Right.READ_AUDIT},
}


@dataclass(frozen=True)
class Viewer:
    """Who is looking. `regions` are those an hr account is bound to; empty for every other role."""

    user: str
    name: str
    role: Role
    regions: tuple[str, ...] = ()

    @property
    def scope(self) -> tuple[str, ...]:
        """What answers may be shared between viewers: the role and its regions, not the person."""
        return (self.role.value, *self.regions)


def viewer_of(user: User) -> Viewer:
    """Give the viewer an account is."""
    return Viewer(user=user.name, name=user.display_name, role=user.role, regions=user.regions)


def can(viewer: Viewer, right: Right) -> bool:
    """Whether the viewer's role has a right."""
    return right in RIGHTS.get(viewer.role, frozenset())


def check(viewer: Viewer, right: Right) -> None:
    """Raise `NotAllowed` unless the viewer's role has a right."""
    if not can(viewer, right):
        raise NotAllowed(f"The role {viewer.role.value} may not {right.value}.")


def roles_of(page: Page) -> frozenset[Role]:
    """Give the roles a page is for: those it names, or every role that may see numbers.

    A name that is no role is a fault of the page: `ValueError`.
    """
    if page.roles:
        return frozenset(Role(name) for name in page.roles)
    return frozenset(role for role, rights in RIGHTS.items() if Right.SEE_NUMBERS in rights)


def can_open(viewer: Viewer, page: Page) -> bool:
    """Whether a page is for the viewer."""
    return viewer.role in roles_of(page)


def check_open(viewer: Viewer, page: Page) -> None:
    """Raise `NotAllowed` unless a page is for the viewer."""
    if not can_open(viewer, page):
        raise NotAllowed(f"The role {viewer.role.value} may not open the page {page.title}.")


def own_regions(viewer: Viewer) -> frozenset[str] | None:
    """Name the regions whose cells a viewer may see beside England's; None for every region."""
    if can(viewer, Right.SEE_EVERY_REGION):
        return None
    return frozenset(viewer.regions) if can(viewer, Right.SEE_OWN_REGIONS) else frozenset()


def check_within(viewer: Viewer, selection: Selection) -> None:
    """Raise `NotAllowed` unless the viewer may see what is selected: England, and cells of their own regions."""
    check(viewer, Right.SEE_NUMBERS)
    own = own_regions(viewer)
    if own is None:
        return
    beyond = [name for name in _regions_of(selection) if name not in own]
    if beyond:
        named = ", ".join(sorted(own)) or "none"
        raise NotAllowed(
            f"Your account may see England and its own regions ({named}); the link asks for {', '.join(beyond)}."
        )


def _regions_of(selection: Selection) -> tuple[str, ...]:
    """Name the regions a selection is about; a board belongs to the region it lies in, 'Not stated' to none."""
    lies_in = dict(all_icbs().select("icb", "region").rows()) if selection.icbs else {}
    boards = tuple(lies_in[code] for code in selection.icbs if code in lies_in)
    return tuple(dict.fromkeys((*selection.regions, *boards)))
