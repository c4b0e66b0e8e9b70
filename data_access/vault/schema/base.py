"""The base of all tables of the vault."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
Identity = Integer().with_variant(BigInteger(), "postgresql")


class Base(DeclarativeBase):
    """All tables of the vault; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMES)
