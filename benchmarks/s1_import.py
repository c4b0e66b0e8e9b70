"""S1: import from files to stored rows, beside reading the same CSV typed and beside SQLAlchemy's executemany.

.venv/bin/python -m benchmarks.s1_import --votes 1000000 [--postgresql]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import polars as pl
from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, create_engine, insert

from benchmarks.homes import bring, files_of, parser, size_from
from benchmarks.made_up import Size
from benchmarks.measuring import Record, apart, tell, timed
from benchmarks.servers import database_server

ROWS_BY_EXECUTEMANY: Final = 200_000
RATE: Final = "million votes/s"
MOST_MIB: Final = 1.3 * 1024


def measure(size: Size, times: int, *, has_postgresql: bool) -> Record:
    """Measure imports into new vaults."""
    record = Record("S1", "Import of votes, from file to stored rows", size.votes, size.ideas)
    files = files_of(size)
    reading = timed(lambda: _read_typed(files / "votes.csv"), times)
    record.add("reading the CSV typed, nothing checked", RATE, [size.votes / run / 1e6 for run in reading])
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        urls = {"SQLite": f"sqlite:///{folder}/plain.db"}
        if has_postgresql:
            urls["PostgreSQL"] = stack.enter_context(database_server())
        for name, url in urls.items():
            slow = _executemany(url, files / "votes.csv", min(ROWS_BY_EXECUTEMANY, size.votes))
            many = record.add(f"{name}: SQLAlchemy executemany, {ROWS_BY_EXECUTEMANY:,} rows", RATE, [slow])
            runs = [
                apart("benchmarks.s1_import", "--once", files, name, _vault(url, folder, name)) for _ in range(times)
            ]
            _judge(record, name, size, runs, many.median)
            record.keep()  # database by database: what was measured stays if somebody stops it
    return record


def _judge(record: Record, name: str, size: Size, runs: list[dict[str, float]], slow: float) -> None:
    rates = [size.votes / run["seconds"] / 1e6 for run in runs]
    middle = sorted(rates)[len(rates) // 2]
    record.add(f"{name}: import", RATE, rates, target="≥ 1.0", is_met=middle >= 1.0)
    record.add(
        f"{name}: times executemany", "x", [rate / slow for rate in rates], target="≥ 5", is_met=middle / slow >= 5
    )
    busy = [size.votes / run["busy"] / 1e6 for run in runs]
    record.add(f"{name}: import, by processor time of the whole program", RATE, busy)
    peak = max(run["peak_mib"] for run in runs)
    record.add(
        f"{name}: peak of memory", "MiB", [run["peak_mib"] for run in runs], target="≤ 1,331", is_met=peak <= MOST_MIB
    )


def _vault(url: str, folder: str, name: str) -> str:
    return f"sqlite:///{folder}/vault.db" if name == "SQLite" else url


def _read_typed(file: Path) -> int:
    kinds = {"participant": pl.String, "idea": pl.String, "cast_at": pl.Datetime("ms"), "vote": pl.String}
    frame = pl.scan_csv(file, schema=kinds).collect(engine="streaming")
    return frame.height


def _executemany(url: str, file: Path, rows: int) -> float:
    """Insert rows as most programs do; give million rows a second."""
    names = pl.read_csv(file, n_rows=rows, schema_overrides=[pl.String] * 4)
    values = names.select(
        participant=pl.col("participant").str.slice(1).cast(pl.Int64),
        idea=pl.col("idea").str.slice(1).cast(pl.Int64),
        cast_at=pl.col("cast_at").str.to_datetime().dt.epoch("ms"),
        value=pl.col("vote").replace_strict({"agree": 1, "pass": 0, "disagree": -1}),
    ).to_dicts()
    metadata = MetaData()
    columns = [
        Column("participant", Integer),
        Column("idea", Integer),
        Column("cast_at", BigInteger),
        Column("value", Integer),
    ]
    table = Table("plain_vote", metadata, Column("id", Integer, primary_key=True), *columns)
    engine = create_engine(url)
    metadata.create_all(engine)
    began = time.perf_counter()
    with engine.begin() as connection:
        connection.execute(insert(table), values)
    seconds = time.perf_counter() - began
    metadata.drop_all(engine)
    engine.dispose()
    return rows / seconds / 1e6


def _once(files: Path, name: str, url: str) -> None:
    """Import into a new vault and tell how long it took."""
    with tempfile.TemporaryDirectory() as keys:
        began = time.perf_counter()
        bring(files, url, Path(keys))
        seconds = time.perf_counter() - began
    if name == "SQLite":
        Path(url.removeprefix("sqlite:///")).unlink()
        shutil.rmtree(f"{url.removeprefix('sqlite:///')}-wal", ignore_errors=True)
    else:
        _emptied(url)
    tell(seconds=seconds)


def _emptied(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()


def main() -> None:
    """Measure and keep."""
    if sys.argv[1:2] == ["--once"]:
        _once(Path(sys.argv[2]), sys.argv[3], sys.argv[4])
        return
    options = parser(__doc__)
    options.add_argument("--postgresql", action="store_true", help="into PostgreSQL too")
    chosen = options.parse_args()
    measure(size_from(chosen), chosen.times, has_postgresql=chosen.postgresql).keep()


if __name__ == "__main__":
    main()
