"""Data: bring files, see what they would do, load them; what was published; what waits for a second person."""

from __future__ import annotations

from dashboard.components import (
    approvals,
    data_head,
    data_imports,
    data_publishing,
    data_review,
    data_upload,
    footer,
    retention_clock,
)
from dashboard.office import Office
from dashboard.permissions import Right, can
from dashboard.specs import Page

PAGE = Page(
    title="Data",
    url="data",
    section="Look after",
    order=81,
    roles=("analyst", "administrator"),
    is_office=True,
)


def render(office: Office) -> None:
    """Show the way in for analysts, approvals for administrators, and the imports for both."""
    data_head.show(PAGE, office)
    if can(office.viewer, Right.PROPOSE_DATA):
        delivery = data_upload.token()
        if delivery:
            data_review.show(office, delivery)
        data_upload.show(office)
    approvals.show(office)
    data_publishing.show(office)
    data_imports.show(office)
    retention_clock.show(office)
    footer.of_office(office)
