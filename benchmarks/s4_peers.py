"""S4: three questions of pages to our release, and to the raw votes in pandas, DuckDB, SQLite and PostgreSQL.

    .venv/bin/python -m benchmarks.s4_peers --votes 1000000 [--without-servers]

Peers get resolved votes in one wide table, indexed by idea and by day where there are indexes, and keep them open.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl

from benchmarks.homes import KEY, home_of, parser, settings_of, size_from
from benchmarks.made_up import Size
from benchmarks.measuring import Record, timed
from benchmarks.resolved import resolved_of
from benchmarks.s3_pages import TODAY
from benchmarks.servers import database_server
from dashboard.filters import Selection
from dashboard.results import answer
from dashboard.sources import ReleaseAndPlan
from data_access.desk.engine import open_desk
from data_access.releases.store import open_release

Ask = Callable[[], object]
Questions = dict[str, Ask]
COLUMNS: Final = ("participant", "idea", "value", "day", "week", "region", "staff_group", "element", "theme")
SAID: Final = "sum(value = 1), sum(value = 0), sum(value = -1), count(*)"
SQL: Final = {
    "votes on each idea": f"SELECT idea, {SAID} FROM vote GROUP BY idea ORDER BY 2 DESC",
    "votes on each theme and week": f"SELECT theme, week, {SAID} FROM vote GROUP BY theme, week ORDER BY theme, week",
    "participants of each day": "SELECT day, count(DISTINCT participant), count(*) FROM vote GROUP BY day ORDER BY day",
}
OURS: Final = dict(zip(SQL, ("ideas", "theme_weeks", "activity_by_day"), strict=True))
SLOW: Final = ("SQLite", "PostgreSQL")


def measure(size: Size, times: int, *, has_servers: bool) -> Record:
    """Ask everybody the same, warm."""
    record = Record("S4", "A question to the release and to raw votes", size.votes, size.ideas)
    parquet = resolved_of(size)
    own = _seconds(record, "LookForward", _ours(size), times * 5)
    for name, peer in _peers(parquet, has_servers=has_servers):
        with peer as questions:
            theirs = _seconds(record, name, questions, times)
        ratios = {question: theirs[question] / own[question] for question in own}
        needed = 20.0 if name in SLOW and size.votes >= 10_000_000 else 1.0
        for question, ratio in ratios.items():
            record.add(
                f"{name} / LookForward: {question}", "x", [ratio], target=f"≥ {needed:.0f}", is_met=ratio >= needed
            )
    return record


def _seconds(record: Record, name: str, questions: Questions, times: int) -> dict[str, float]:
    found = {}
    for question, ask in questions.items():
        ask()
        runs = [run * 1000 for run in timed(ask, times)]
        found[question] = record.add(f"{name}: {question}", "ms", runs).median
    return found


def _ours(size: Size) -> Questions:
    settings = settings_of(home_of(size))
    release, desk = open_release(settings.releases_folder), open_desk(settings.desk_url)

    def asking(key: str) -> Ask:
        return lambda: answer(key, source=ReleaseAndPlan(release, desk, TODAY), selection=Selection(KEY))

    return {question: asking(key) for question, key in OURS.items()}


def _peers(parquet: Path, *, has_servers: bool) -> Iterator[tuple[str, AbstractContextManager[Questions]]]:
    yield "pandas", _pandas(parquet)
    yield "DuckDB", _duckdb(parquet)
    yield "Polars, in memory", _polars(parquet)
    yield "SQLite", _sqlite(parquet)
    if has_servers:
        yield "PostgreSQL", _postgresql(parquet)


@contextmanager
def _pandas(parquet: Path) -> Iterator[Questions]:
    import pandas as pd  # noqa: PLC0415 - peers are loaded when it is their turn

    votes = pd.read_parquet(parquet, dtype_backend="pyarrow")
    for name in ("region", "staff_group", "element", "theme"):
        votes[name] = votes[name].astype("category")
    for name in ("participant", "idea", "value", "day", "week"):
        votes[name] = votes[name].astype("int32")

    def said(keys: list[str]) -> object:
        counts = votes.groupby([*keys, "value"], observed=True).size().unstack(fill_value=0)
        return counts.assign(votes=counts.sum(axis=1))

    yield dict(
        zip(
            SQL,
            (
                lambda: said(["idea"]),
                lambda: said(["theme", "week"]),
                lambda: votes.groupby("day").agg(voters=("participant", "nunique"), votes=("participant", "size")),
            ),
            strict=True,
        )
    )


@contextmanager
def _duckdb(parquet: Path) -> Iterator[Questions]:
    import duckdb  # noqa: PLC0415 - peers are loaded when it is their turn

    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE vote AS SELECT * FROM read_parquet('{parquet}')")
    sums = {name: sql.replace("sum(value", "count_if(value") for name, sql in SQL.items()}
    yield {name: _asking(lambda sql: connection.execute(sql).fetchall(), sql) for name, sql in sums.items()}
    connection.close()


@contextmanager
def _polars(parquet: Path) -> Iterator[Questions]:
    votes = pl.read_parquet(parquet).lazy()
    said = [(pl.col("value") == one).sum().alias(f"v{one}") for one in (1, 0, -1)]

    def counted(*keys: str) -> Ask:
        return lambda: votes.group_by(keys).agg(*said, pl.len()).sort(keys).collect()

    by_day = votes.group_by("day").agg(pl.col("participant").n_unique(), pl.len()).sort("day")
    yield dict(zip(SQL, (counted("idea"), counted("theme", "week"), by_day.collect), strict=True))


@contextmanager
def _sqlite(parquet: Path) -> Iterator[Questions]:
    with TemporaryDirectory() as folder:
        connection = sqlite3.connect(f"{folder}/votes.db")
        connection.execute(f"CREATE TABLE vote ({', '.join(COLUMNS)})")
        marks = ", ".join("?" * len(COLUMNS))
        for part in _parts(parquet):
            connection.executemany(f"INSERT INTO vote VALUES ({marks})", part.iter_rows())
        for name in ("idea, value", "day, participant", "theme, week, value"):
            connection.execute(f"CREATE INDEX {name.split(',')[0]}_index ON vote ({name})")
        connection.execute("ANALYZE")
        connection.commit()
        yield {name: _asking(lambda sql: connection.execute(sql).fetchall(), sql) for name, sql in SQL.items()}
        connection.close()


@contextmanager
def _postgresql(parquet: Path) -> Iterator[Questions]:
    import psycopg  # noqa: PLC0415 - peers are loaded when it is their turn

    with database_server() as url, psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        kinds = ["int"] * 5 + ["text"] * 4
        connection.execute(
            f"CREATE TABLE vote ({', '.join(f'{name} {kind}' for name, kind in zip(COLUMNS, kinds, strict=True))})"
        )
        with connection.cursor().copy(f"COPY vote ({', '.join(COLUMNS)}) FROM STDIN (FORMAT csv)") as copy:
            for part in _parts(parquet):
                copy.write(_as_csv(part))
        for name in ("idea, value", "day, participant", "theme, week, value"):
            connection.execute(f"CREATE INDEX ON vote ({name})")
        connection.execute("VACUUM ANALYZE vote")
        sums = {name: sql.replace("sum(value", "count(*) FILTER (WHERE value") for name, sql in SQL.items()}
        yield {name: _asking(lambda sql: connection.execute(sql).fetchall(), sql) for name, sql in sums.items()}


def _asking(run: Callable[[str], object], sql: str) -> Ask:
    return lambda: run(sql)


def _parts(parquet: Path) -> Iterator[pl.DataFrame]:
    frame = pl.scan_parquet(parquet).select(COLUMNS).collect()
    yield from frame.iter_slices(500_000)


def _as_csv(part: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    part.write_csv(buffer, include_header=False)
    return buffer.getvalue()


def main() -> None:
    """Measure and keep."""
    options = parser(__doc__)
    options.add_argument("--without-servers", action="store_true", help="leave PostgreSQL out")
    chosen = options.parse_args()
    measure(size_from(chosen), chosen.times, has_servers=not chosen.without_servers).keep()


if __name__ == "__main__":
    main()
