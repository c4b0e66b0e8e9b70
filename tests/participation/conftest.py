"""A conversation of the template, imported and published, and what plain Python makes of the same rows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.brought import bring, published, vault

__all__ = ["bring", "noon", "published", "vault"]


@pytest.fixture
def noon() -> datetime:
    """The moment of every import and release."""
    return datetime(2026, 11, 20, 12, tzinfo=UTC)
