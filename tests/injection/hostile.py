"""An installation whose every free text is a payload: the release's wording and names, the plan, accounts and desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import cycle
from typing import Final

import polars as pl
from sqlalchemy import Engine

from data_access.desk.engine import open_desk
from data_access.desk.plan import load_register
from data_access.desk.plan_reference import default_register
from data_access.desk.recommendations import Evidence, recommend
from data_access.desk.saved_views import save_view
from data_access.desk.users import add_user
from data_access.frames import table_named
from data_access.problems import UserProblem
from data_access.releases.store import ReleaseFacts, write_release
from data_access.settings import Settings
from data_access.vocabulary import ELEMENTS, Role
from tests.injection.payloads import payloads
from tests.roles.home import NOW, PASSWORD, regional_tables

# Columns of a release that hold what people wrote or named; all others are ids, closed lists and numbers.
FREE: Final = {
    "conversations": ("title",),
    "texts": ("title", "text"),
    "votes_by_theme": ("name",),
    "coding_frame": ("name", "definition"),
    "sessions": ("title", "host_roles"),
    "feedback_by_question": ("question",),
    "session_points": ("question",),
    "programmes": ("name",),
    "words": ("word",),
}
MANY: Final = 40


def set_up(settings: Settings, turn: int) -> None:
    """Write the installation; another turn puts other payloads into the places that are shown first."""
    found = [wording for _, wording in payloads()]
    wordings = cycle([*found[turn * MANY * 2 % len(found) :], *found[: turn * MANY * 2 % len(found)]])
    settings.home.mkdir(parents=True, exist_ok=True)
    about = ReleaseFacts(published_at=NOW, code_version="test", thresholds={"voices": 10})
    write_release(settings.releases_folder, hostile_tables(wordings), about)
    desk = open_desk(settings.desk_url)
    people(desk, wordings)
    load_register(desk, hostile_register(wordings), recorded_by="test", now=NOW)
    desk.dispose()


def people(desk: Engine, wordings: Iterator[str]) -> None:
    """Add an account a role with a payload for a name, and views and recommendations they wrote."""
    with desk.begin() as connection:
        for role in Role:
            regions = ("London",) if role is Role.HR else ()
            add_user(
                connection, name=role.value, password=PASSWORD, role=role, regions=regions, now=NOW, cost=4,
                display_name=next(wordings).replace("\\x00", "")[:80],
            )  # fmt: skip
        for _ in range(8):
            _kept(lambda: save_view(connection, "analyst", name=next(wordings), link="themes", now=NOW))
            _kept(
                lambda: recommend(
                    connection, conversation="voices", text=next(wordings)[:500], by="analyst", now=NOW,
                    evidence=[Evidence("element", ELEMENTS[0])],
                )
            )  # fmt: skip


def _kept(work: Callable[[], object]) -> None:
    """Do what the desk may refuse: a refusal is as good."""
    with suppress(UserProblem):
        work()


def hostile_tables(wordings: Iterator[str]) -> dict[str, pl.DataFrame]:
    """Forty ideas, comments, notes, words and themes, and the few other names, all of them payloads."""
    tables = regional_tables()
    tables |= {"votes_by_idea": _many(tables["votes_by_idea"], "idea"), "words": _many(tables["words"], "word")}
    tables["votes_by_theme"] = _many(tables["votes_by_theme"], "theme")
    posts = _posts(tables["texts"])
    tables["texts"] = pl.concat([posts, tables["texts"].join(posts, on=("kind", "id"), how="anti")])
    tables["lineage"] = tables["lineage"].clear()
    for name, columns in FREE.items():
        for column in columns:
            values = pl.Series(column, [next(wordings) for _ in range(tables[name].height)], pl.String)
            tables[name] = tables[name].with_columns(values)
        tables[name] = tables[name].sort(table_named(name).key)
    held = pl.col("is_held_back")
    tables["texts"] = tables["texts"].with_columns(held & pl.lit(value=False))
    return tables


def _many(table: pl.DataFrame, key: str) -> pl.DataFrame:
    """Repeat the first row under other ids."""
    first = table.head(1).drop(key)
    return first.join(pl.DataFrame({key: [str(at) for at in range(1, MANY + 1)]}), how="cross").select(table.columns)


def _posts(texts: pl.DataFrame) -> pl.DataFrame:
    made = [
        {
            "kind": kind,
            "id": f"{kind[0]}{at}" if kind != "idea" else str(at),
            "idea": idea if kind != "idea" else str(at),
        }
        for kind, idea in (("idea", ""), ("comment", "1"), ("feedback", "S1"))
        for at in range(1, MANY + 1)
    ]
    same = {"conversation": "voices", "title": "", "text": "", "is_held_back": False}
    return pl.DataFrame([one | same for one in made], schema=texts.schema)


def hostile_register(wordings: Iterator[str]) -> dict[str, pl.DataFrame]:
    """The published register with a payload in every note, owner, lead, measure and milestone."""
    tables = dict(default_register())
    wanted = ("lead", "leads", "note", "measure", "governance", "text", "response_text")
    for name, table in tables.items():
        for column in wanted:
            if column in table.columns and table[column].dtype == pl.String and table.height:
                values = [_flat(next(wordings)) for _ in range(table.height)]
                tables[name] = tables[name].with_columns(pl.Series(column, values))
    return tables


def _flat(wording: str) -> str:
    return " ".join(wording.split())[:200]
