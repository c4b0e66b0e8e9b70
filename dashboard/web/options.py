"""Streamlit's options: read from our file wherever the app is started, and checked before it answers."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from data_access.problems import BadConfiguration

FILE: Final = Path(__file__).parents[2] / ".streamlit" / "config.toml"
# What must hold however the app is started, and what it keeps from happening.
NEEDED: Final[Mapping[str, tuple[object, str]]] = {
    "client.showErrorDetails": ("none", "error texts may hold what must not be shown"),
    "logger.enableRich": (False, "error texts would be written to the log"),
    "client.allowedOrigins": ([], "other sites could send messages to the page"),
    "browser.gatherUsageStats": (False, "browsers would call another server"),
    "server.enableCORS": (True, "other sites could open the websocket"),
    "server.enableXsrfProtection": (True, "other sites could send files"),
    "server.enableStaticServing": (False, "files would be sent to anybody"),
    "server.enableAgentApi": (False, "programs could walk around the sign-in"),
    "server.scriptHealthCheckEnabled": (False, "anybody could run the script"),
    "server.fileWatcherType": ("none", "a changed file would change the running program"),
}


def file_options(path: Path = FILE) -> dict[str, Any]:
    """Give the options of our file by their dotted names.

    Raises `BadConfiguration` if the file is missing: the app does not start with Streamlit's own options.
    """
    if not path.is_file():
        raise BadConfiguration(f"{path} is missing. Start LookForward from a whole copy of the project.")
    sections = tomllib.loads(path.read_text(encoding="utf-8"))
    return {f"{section}.{name}": value for section, options in sections.items() for name, value in options.items()}


def check_options(option: Callable[[str], object]) -> None:
    """Raise `BadConfiguration` naming every option that is not as it must be, and why."""
    faults = [
        f"  {name} is {option(name)!r}, needed is {needed!r}: else {why}"
        for name, (needed, why) in NEEDED.items()
        if option(name) != needed
    ]
    if faults:
        raise BadConfiguration("\n".join(["Streamlit's options are not safe:", *faults, f"Use {FILE}."]))
