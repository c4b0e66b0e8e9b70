"""Wording: what the personal-detail check held back, for an analyst to propose and a second person to approve."""

from __future__ import annotations

from dashboard.components import flagged_text, flagged_text_approval, office_head
from dashboard.office import Office
from dashboard.permissions import Right, can
from dashboard.specs import Page

PAGE = Page(
    title="Wording",
    url="wording",
    section="Look after",
    order=82,
    roles=("analyst", "administrator"),
    is_office=True,
)
PURPOSE = "Wording that may hold personal details stays hidden until two people have agreed to show it."


def render(office: Office) -> None:
    """Show flagged wording to analysts, proposals to whoever approves."""
    office_head.show(PAGE, PURPOSE, office)
    if can(office.viewer, Right.READ_FLAGGED_TEXT):
        flagged_text.show(office)
    if can(office.viewer, Right.APPROVE_DATA):
        flagged_text_approval.show(office)
