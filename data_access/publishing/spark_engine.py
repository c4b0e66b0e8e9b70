"""Counting on a Spark cluster, for installations that outgrow one machine: the same steps, through PySpark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from data_access.problems import BadConfiguration
from data_access.progress import Progress
from data_access.publishing.engines import STEP, Plan, Rows, Tally
from data_access.publishing.vote_rows import VoteRows

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_MISSING = "Counting on a cluster needs PySpark and Java. Install it with: pip install 'lookforward[spark]'"
_UNREACHABLE = (
    "The cluster at {master} cannot be used. Check that it runs, that the address is right, that this computer has "
    "Java 17 or newer and the cluster's workers the same versions of Spark and Python."
)
# Small frames are cut into few tasks and joined by being sent to every worker; a million rows need no more.
_SETTINGS = {
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class SparkEngine:
    """Counts on the cluster of a session. Votes are read from files where the workers can see the same folders."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session

    def tallied(
        self, votes: VoteRows, plan: Plan, tallies: Mapping[str, Tally], progress: Progress
    ) -> dict[str, pl.DataFrame]:
        """Give each tally by name; what several start from is kept by the workers until all are done."""
        frames = {name: self._given(frame) for name, frame in plan.beside.items()}
        frames["votes"] = self._votes(votes)
        held = []
        try:
            for name, steps in plan.kept.items():
                frames[name] = nw.from_native(steps(frames).to_native().persist())
                held.append(frames[name].to_native())
            found = {}
            for done, (name, tally) in enumerate(tallies.items(), start=1):
                found[name] = self._collected(tally, frames)
                progress(STEP, done, len(tallies))
            return found
        finally:
            for frame in held:
                frame.unpersist()

    def workers(self) -> int:
        """Count the workers that took part, the driver aside."""
        status: Any = self._session.sparkContext._jsc.sc().getExecutorMemoryStatus()  # no other way to ask
        return int(status.size()) - 1

    def _votes(self, votes: VoteRows) -> Rows:
        if votes.folders:
            return nw.from_native(self._session.read.parquet(*map(str, votes.folders)))
        return self._given(pl.concat(part.collect() for part in votes.scans()))

    def _given(self, frame: pl.DataFrame) -> Rows:
        # 32-bit ends of periods and unsigned numbers have no twin in Spark; whole numbers become signed.
        table = frame.with_columns(pl.col(pl.UInt32).cast(pl.Int64)).to_arrow(compat_level=pl.CompatLevel.oldest())
        return nw.from_native(self._session.createDataFrame(table))

    @staticmethod
    def _collected(tally: Tally, frames: Mapping[str, Rows]) -> pl.DataFrame:
        found: Any = tally.steps(frames).select(*tally.key, *tally.measures).collect(backend="polars").to_native()
        return pl.DataFrame(found).with_columns(pl.col(tally.measures).cast(pl.Int64))


@contextmanager
def spark_engine(master: str, settings: Mapping[str, str] | None = None) -> Iterator[SparkEngine]:
    """Hold a session on the cluster at a master's URL (spark://HOST:PORT, or local[2] for tries).

    Raises `BadConfiguration` where PySpark or Java is missing or the cluster does not answer.
    """
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra: only a cluster needs it
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError:
        raise BadConfiguration(_MISSING) from None
    builder = SparkSession.builder.master(master).appName("LookForward publish")
    for name, value in {**_SETTINGS, **(settings or {})}.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError, _java_errors()):
        raise BadConfiguration(_UNREACHABLE.format(master=master)) from None
    try:
        yield SparkEngine(session)
    finally:
        session.stop()


def _java_errors() -> type[Exception]:
    from py4j.protocol import Py4JError  # noqa: PLC0415 - comes with PySpark

    found: type[Exception] = Py4JError
    return found
