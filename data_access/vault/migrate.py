"""Moving a vault's schema forward with Alembic; never backward."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from data_access.problems import VaultUnavailable

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def is_current(connection: Connection) -> bool:
    """Whether the vault has this version's schema.

    Raises `VaultUnavailable` where a newer version of LookForward made the schema.
    """
    scripts = ScriptDirectory.from_config(_config())
    heads = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in scripts.walk_revisions()}
    if not set(heads) <= known:
        raise VaultUnavailable(
            "The vault was made by a newer version of LookForward. Install that version; nothing was changed."
        )
    return heads == (scripts.get_current_head(),)


def revision(connection: Connection) -> str:
    """Give the revision of the vault's schema, '' where it has none yet."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def newest() -> str:
    """Give the revision this version of LookForward needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def bring_forward(connection: Connection) -> None:
    """Run every migration the vault lacks, inside the caller's transaction."""
    if not is_current(connection):
        command.upgrade(_config(connection), "head")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
