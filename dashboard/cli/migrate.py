"""`lookforward migrate`: make the vault and the desk, or bring them to the form this version needs."""

from __future__ import annotations

import typer
from sqlalchemy import make_url

from dashboard.cli._console import JsonFlag, print_json
from data_access.desk.engine import desk_version, open_desk
from data_access.settings import load_settings
from data_access.vault.engine import open_vault
from data_access.vault.migrate import revision


def add_to(app: typer.Typer) -> None:
    """Offer the command."""
    app.command()(migrate)


def migrate(as_json: JsonFlag = False) -> None:
    """Make the vault and the desk, or bring them to this version's form. Run it with the jobs' accounts.

    Imports do the same by themselves; a dashboard whose account may not change tables waits for this.
    """
    settings = load_settings()
    vault = open_vault(settings.vault_url)
    with vault.connect() as connection:
        schemas = {"vault": revision(connection)}
    vault.dispose()
    desk = open_desk(settings.desk_url)
    schemas["desk"] = desk_version(desk) or ""
    desk.dispose()
    places = {
        name: make_url(url).render_as_string(hide_password=True)
        for name, url in (("vault", settings.vault_url), ("desk", settings.desk_url))
    }
    if as_json:
        print_json({name: {"place": places[name], "schema": schemas[name]} for name in schemas})
        return
    for name, schema in schemas.items():
        print(f"{name}: schema {schema} at {places[name]}")
