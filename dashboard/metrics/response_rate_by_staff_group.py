"""Response rate by staff group: participants of the workforce the customer loaded."""

from __future__ import annotations

from typing import Final

from dashboard.metrics._response import Response
from dashboard.metrics._workforce import STAFF_GROUPS

_OWN: Final = Response("response_rate_by_staff_group", STAFF_GROUPS)
METRIC = _OWN.record
derive, headline, base, notes = _OWN.derive, _OWN.headline, _OWN.base, _OWN.notes
