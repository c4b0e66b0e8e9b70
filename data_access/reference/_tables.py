"""How the reference files are read: once, as text first, typed by what each promises."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import polars as pl


@cache
def text_table(name: str) -> pl.DataFrame:
    """Read one reference file with every cell as text; an empty cell is an empty string, never null."""
    source = files(__package__).joinpath(f"{name}.csv").read_bytes()
    return pl.read_csv(source, infer_schema=False).fill_null("")


def plain(text: str) -> str:
    """Spell a name so that two ways of writing it meet: case, spaces, '&' and commas fall away.

    'North East & Yorkshire ' and 'north east and yorkshire' are the same place.
    """
    return " ".join(text.casefold().replace("&", " and ").replace(",", " ").replace("-", " ").split())
