"""Representativeness by integrated care board: share of participants less share of the workforce."""

from __future__ import annotations

from typing import Final

from dashboard.metrics._response import Representation
from dashboard.metrics._workforce import BOARDS

_OWN: Final = Representation("representativeness_by_icb", BOARDS)
METRIC = _OWN.record
derive, headline, base, notes = _OWN.derive, _OWN.headline, _OWN.base, _OWN.notes
