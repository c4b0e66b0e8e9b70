"""Who else may open a vault on a server: nobody, or what the dashboard cannot read it could."""

from __future__ import annotations

from sqlalchemy import Connection, text

# Superusers may do everything and are the server's own; what counts is an account that somebody gave to a program.
_OTHERS = text("""
    SELECT rolname FROM pg_roles
    WHERE rolcanlogin AND NOT rolsuper AND rolname <> current_user
      AND has_database_privilege(rolname, current_database(), 'CONNECT')
    ORDER BY rolname
""")


def others_let_in(connection: Connection) -> tuple[str, ...]:
    """Give the accounts besides this one that may connect to the vault's database; none for a file."""
    if connection.dialect.name != "postgresql":
        return ()
    return tuple(connection.scalars(_OTHERS))


def is_superuser(connection: Connection) -> bool:
    """Whether this account may do everything on its server, whatever rights were taken from it."""
    if connection.dialect.name != "postgresql":
        return False
    return bool(connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")))
