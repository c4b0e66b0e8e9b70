"""Serve the dashboard: `python -P -m dashboard --address 127.0.0.1 --port 8501`.

`lookforward serve` starts this in a process of its own, without what the dashboard must not know.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from contextlib import suppress
from datetime import UTC, datetime

from streamlit import config
from streamlit.logger import set_log_level

from dashboard.web.options import file_options
from data_access.desk.configuration_notes import note_configuration
from data_access.desk.engine import open_desk
from data_access.problems import Tampered, UserProblem
from data_access.settings import Settings, load_settings


def main() -> None:
    """Serve until stopped, with the options of our file whatever folder this was started in."""
    parser = ArgumentParser(prog="dashboard")
    parser.add_argument("--address")
    parser.add_argument("--port", type=int)
    chosen = parser.parse_args()
    try:
        options = file_options()
        settings = load_settings()
        options["server.allowedHosts"] = [*options["server.allowedHosts"], *settings.host_names]
        options["server.baseUrlPath"] = settings.base_path.strip("/")
        options |= {"server.address": chosen.address} if chosen.address else {}
        options |= {"server.port": chosen.port} if chosen.port else {}
        _note(settings)
        _serve(options)
    except UserProblem as problem:
        print(problem, file=sys.stderr)
        raise SystemExit(problem.exit_code) from None


def _note(settings: Settings) -> None:
    """Write a changed configuration into the audit log. One that does not fit together is told when the app starts."""
    desk = open_desk(settings.desk_url)
    with suppress(Tampered):
        note_configuration(desk, settings, who="dashboard", now=datetime.now(UTC))
    desk.dispose()


def _serve(options: dict[str, object]) -> None:
    config.get_config_options(force_reparse=True, options_from_flags=options)
    # What is imported next declares components and caches, and Streamlit warns of each that no page runs yet.
    # `run` sets the level of the configuration again.
    set_log_level("ERROR")
    from dashboard.app import app  # noqa: PLC0415 - only now: see above

    app.run(config=options)


if __name__ == "__main__":
    main()
