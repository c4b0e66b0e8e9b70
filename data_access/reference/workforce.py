"""Staff groups, as several lists name them, and the People Promise as the staff survey measures it."""

from __future__ import annotations

from functools import cache

import polars as pl

from data_access.problems import NothingThere
from data_access.reference._tables import plain, text_table


@cache
def staff_group_schemes() -> tuple[str, ...]:
    """Name the lists of staff groups there are, in the order of the file."""
    return tuple(text_table("staff_groups")["scheme"].unique(maintain_order=True))


def staff_groups(scheme: str) -> pl.DataFrame:
    """Give the staff groups of one list, in its order.

    Columns: staff_group, parent_group ("" where the list has none), fte (June 2018 where published, null
    otherwise). Raises `NothingThere` naming the lists there are.
    """
    if scheme not in staff_group_schemes():
        raise NothingThere(f"There is no list of staff groups '{scheme}'. Lists: {'; '.join(staff_group_schemes())}.")
    return (
        text_table("staff_groups")
        .filter(pl.col("scheme") == scheme)
        .select("staff_group", "parent_group", pl.col("fte").replace("", None).cast(pl.Int64))
    )


def staff_group_scheme_named(text: str) -> str | None:
    """Give the list of staff groups a text names: its whole name in any case, or as much of it as tells it apart."""
    wanted = plain(text)
    found = [scheme for scheme in staff_group_schemes() if plain(scheme).startswith(wanted)]
    same = [scheme for scheme in found if plain(scheme) == wanted]
    return (same or found)[0] if wanted and (same or len(found) == 1) else None


def staff_group_named(text: str, scheme: str) -> str | None:
    """Give the label of a list that a text spells, whatever its case, hyphens and commas; None if it has none."""
    return _staff_group_spellings(scheme).get(plain(text))


@cache
def _staff_group_spellings(scheme: str) -> dict[str, str]:
    return {plain(label): label for label in staff_groups(scheme)["staff_group"]}


@cache
def people_promise() -> pl.DataFrame:
    """Give the measures of the NHS Staff Survey 2024 under each element and theme, in official order.

    Columns: place (order of the element), kind (element or theme), element, short_name, sub_score,
    is_scored, questions (numbers of that survey year, joined by spaces), survey_year.
    """
    return text_table("people_promise").select(
        pl.col("order").cast(pl.Int64).alias("place"),
        "kind",
        "element",
        "short_name",
        "sub_score",
        (pl.col("scored_0_10") == "yes").alias("is_scored"),
        "questions",
        pl.col("survey_year").cast(pl.Int64),
    )
