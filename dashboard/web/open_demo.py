"""The one switch for a demonstration on one's own computer: no password, made-up data only, loopback only."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final

from data_access.releases.store import current_number, open_release
from data_access.settings import Settings

ACCOUNT: Final = "leader"


def is_allowed(settings: Settings, address: str) -> bool:
    """Say whether anyone may be let in: the address is this computer's own, no proxy is named, no data is real."""
    try:
        is_loopback = ip_address(address).is_loopback
    except ValueError:
        is_loopback = address == "localhost"
    folder = settings.releases_folder
    if not is_loopback or settings.host_names or current_number(folder) is None:
        return False
    return bool(open_release(folder).conversations["is_demo"].all())
