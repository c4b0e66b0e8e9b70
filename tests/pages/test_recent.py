"""What was asked for last is kept under keys that say all it was made of."""

from __future__ import annotations

import polars as pl
import pytest

from dashboard.recent import Recent


def test_one_key_is_made_once_and_another_key_is_made_for_itself():
    recent, made = Recent[int](3), list[str]()
    for key in ("a", "b", "a"):
        assert recent.of(key, lambda key=key: made.append(key) or len(made)) == {"a": 1, "b": 2}[key]
    assert made == ["a", "b"]


def test_what_fails_is_tried_again():
    recent = Recent[str](3)
    with pytest.raises(ZeroDivisionError):
        recent.of("a", lambda: str(1 / 0))
    assert recent.of("a", lambda: "made") == "made"


@pytest.mark.parametrize("key", [pl.DataFrame({"a": [1]}), ("scope", pl.Series([1]))])
def test_a_frame_is_no_key(key):
    """Whoever hashes a large frame by a sample answers one viewer with another's numbers."""
    with pytest.raises(TypeError):
        Recent[str](3).of(key, lambda: "made")
