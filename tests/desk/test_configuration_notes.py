"""A changed configuration is in the audit log by the names of what changed, and no value is."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.desk import audit
from data_access.desk.configuration_notes import facts_of, note_configuration
from data_access.desk.engine import reading
from data_access.settings import Settings


def settings_with(**values: object) -> Settings:
    return Settings(**{"home": Path("/srv/lookforward"), **values})


def lines(desk) -> list[tuple[str, str]]:
    with reading(desk) as connection:
        return [(entry.who, entry.what) for entry in reversed(audit.entries(connection))]


def test_what_changed_is_named_and_what_did_not_is_no_line(desk, now):
    for minutes, hosts in ((30, ""), (30, ""), (20, "people.trust.example"), (20, "people.trust.example")):
        note_configuration(desk, settings_with(idle_minutes=minutes, hosts=hosts), who="dashboard", now=now)
    assert lines(desk) == [
        ("dashboard", "configuration noted"),
        ("dashboard", "configuration changed: hosts, idle_minutes"),
    ]


def test_each_kind_of_process_is_held_against_its_own(desk, now):
    """The worker knows where the vault is and the dashboard does not: neither is a change of the other."""
    knowing, ignorant = settings_with(LOOKFORWARD_VAULT_URL="sqlite:////srv/vault.db"), settings_with()
    for _ in range(2):
        note_configuration(desk, ignorant, who="dashboard", now=now)
        note_configuration(desk, knowing, who="worker", now=now)
    assert lines(desk) == [("dashboard", "configuration noted"), ("worker", "configuration noted")]


def test_another_sign_in_service_is_a_change(desk, now, tmp_path: Path):
    settings = settings_with(home=tmp_path)
    note_configuration(desk, settings, who="dashboard", now=now)
    (tmp_path / "sign-in.toml").write_text("[auth]\nclient_secret = 'hunter2'\n")
    assert note_configuration(desk, settings, who="dashboard", now=now) == ("sign-in file",)


@pytest.mark.parametrize("secret", ["hunter2", "people@trust.example"])
def test_no_value_is_in_the_log(desk, now, secret: str):
    desk_url = f"postgresql://look:{secret}@db/desk"
    for contact in ("", secret):
        settings = settings_with(contact=contact, LOOKFORWARD_DESK_URL=desk_url)
        note_configuration(desk, settings, who="dashboard", now=now)
    with reading(desk) as connection:
        told = str(audit.entries(connection))
    assert "configuration changed: contact" in told
    assert secret not in told


def test_a_password_of_a_database_is_no_part_of_what_is_compared():
    """Its hash, however short, would help to guess it."""
    one, other = (settings_with(LOOKFORWARD_DESK_URL=f"postgresql://look:{word}@db/desk") for word in ("a", "b"))
    assert facts_of(one) == facts_of(other)
