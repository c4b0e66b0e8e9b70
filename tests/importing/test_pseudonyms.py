"""Ids of people become keyed pseudonyms; the key is a private file made once."""

from __future__ import annotations

import hashlib
import hmac
import stat
from pathlib import Path

import pytest

from data_access.importing.pseudonyms import conversation_key
from data_access.problems import BadConfiguration


def kept(folder: Path, name: str = "talk"):
    conversation_key(folder, name).keep()
    return conversation_key(folder, name)


def test_a_pseudonym_is_the_first_half_of_hmac_sha_256(tmp_path: Path):
    key = kept(tmp_path)
    secret = (tmp_path / "talk.key").read_bytes()
    assert key.pseudonyms(["jo"]) == {"jo": hmac.new(secret, b"jo", hashlib.sha256).hexdigest()[:32]}


def test_the_key_is_32_bytes_that_only_its_owner_may_read(tmp_path: Path):
    kept(tmp_path / "keys")
    file = tmp_path / "keys" / "talk.key"
    assert len(file.read_bytes()) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_key_is_made_once_and_differs_between_conversations(tmp_path: Path):
    first = kept(tmp_path)
    assert first.pseudonyms(["jo"]) == kept(tmp_path).pseudonyms(["jo"])
    assert first.pseudonyms(["jo"]) != kept(tmp_path, "other").pseudonyms(["jo"])


def test_bookings_have_a_key_of_their_own(tmp_path: Path):
    key = kept(tmp_path)
    assert key.pseudonyms(["jo"]) != key.booking_pseudonyms(["jo"])


def test_a_key_is_never_printed(tmp_path: Path):
    key = kept(tmp_path)
    assert repr((tmp_path / "talk.key").read_bytes()) not in repr(key)


def test_a_file_that_is_no_key_is_refused(tmp_path: Path):
    (tmp_path / "talk.key").write_bytes(b"short")
    with pytest.raises(BadConfiguration, match="is damaged: expected 32 bytes"):
        conversation_key(tmp_path, "talk")
