"""Bookings written by hand, imported through the template and published."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.brought import bring, published, vault

__all__ = ["bring", "noon", "published", "vault"]


@pytest.fixture
def noon() -> datetime:
    """The moment of every import and release."""
    return datetime(2022, 7, 1, 12, tzinfo=UTC)
