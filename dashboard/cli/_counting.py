"""Where `publish` counts: on this computer, or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from data_access.problems import BadConfiguration
from data_access.publishing.counting import Counting
from data_access.publishing.spark_engine import spark_engine
from data_access.settings import Settings


class EngineName(StrEnum):
    """What counts over votes."""

    POLARS = "polars"
    SPARK = "spark"


EngineOption = Annotated[EngineName, typer.Option("--engine", help="Count on this computer, or on a Spark cluster.")]
MasterOption = Annotated[str, typer.Option("--master", help="URL of the cluster's master: spark://HOST:PORT.")]
ScratchOption = Annotated[
    Path | None,
    typer.Option(
        "--scratch",
        help="Folder for votes while they are counted; a cluster's workers must see it too. What a killed publish "
        "left there goes with the next one that names it; the usual folder is swept by every erasure and purge, too.",
    ),
]


@contextmanager
def counting(settings: Settings, engine: EngineName, master: str, scratch: Path | None) -> Iterator[Counting]:
    """Hold what `publish` counts with.

    Raises `BadConfiguration` where a cluster is asked for and not named, or named and cannot be used.
    """
    folder = scratch or settings.scratch_folder
    if engine is EngineName.POLARS:
        if master:
            raise BadConfiguration("--master names a cluster, so say --engine spark as well.")
        yield Counting(folder=folder)
        return
    if not master:
        raise BadConfiguration("--engine spark needs the cluster's address: --master spark://HOST:PORT")
    with spark_engine(master) as cluster:
        yield Counting(cluster, folder)
