"""Installations of every size, made once and kept: files, an SQLite vault, a release.

    .venv/bin/python -m benchmarks.homes --votes 1000000 [--ideas 1250]

They lie in `var/bench/`, or where LOOKFORWARD_BENCH says.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import polars as pl
from sqlalchemy import Connection, select

from benchmarks.made_up import Size, size_of, write_conversation
from benchmarks.measuring import ROOT
from data_access.importing.pseudonyms import conversation_key
from data_access.importing.run import import_files
from data_access.progress import silent
from data_access.publishing.publish import publish
from data_access.settings import Settings
from data_access.vault.bulk import add_many
from data_access.vault.engine import open_vault, writing
from data_access.vault.schema import Idea, Participant, VoteCast
from data_access.vocabulary import VOTE_VALUES

PLACE: Final = Path(os.environ.get("LOOKFORWARD_BENCH", ROOT / "var" / "bench"))
AFTER: Final = datetime(2024, 6, 1, tzinfo=UTC)
KEY: Final = "measured"
MOST_IN_A_FILE: Final = 10_000_000


def place_of(size: Size) -> Path:
    """Give the folder of a size."""
    return PLACE / f"{size.votes}-{size.ideas}"


def settings_of(home: Path) -> Settings:
    """Give the configuration of an installation, whatever the environment says."""
    return Settings(home=home, LOOKFORWARD_VAULT_URL="", LOOKFORWARD_DESK_URL="", releases=None, keys=None)


def files_of(size: Size) -> Path:
    """Give the folder with the files of a size; they are written if they are not there."""
    folder = place_of(size) / "files"
    if not (folder / "votes.csv").is_file():
        draft = folder.with_name("files.draft")
        shutil.rmtree(draft, ignore_errors=True)
        write_conversation(draft, size)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    return folder


def bring(files: Path, vault_url: str, keys: Path) -> None:
    """Import the files of a size, as the command does."""
    engine = open_vault(vault_url)
    import_files(
        engine=engine,
        keys_folder=keys,
        adapter="template",
        paths=[files],
        conversation=KEY,
        allow_refused=True,
        started_by="a benchmark",
        now=AFTER,
        progress=silent,
    )
    engine.dispose()


def _bring_large(files: Path, vault_url: str, keys: Path) -> None:
    """Import everything but the votes, and store these as an import stores them, neither read as text nor checked.

    For more votes than a file may hold; what importing costs is measured where it can be (`s1_import`).
    """
    with tempfile.TemporaryDirectory() as folder:
        for file in files.iterdir():
            if file.name != "votes.csv":
                (Path(folder) / file.name).symlink_to(file)
        bring(Path(folder), vault_url, keys)
    engine = open_vault(vault_url)
    with writing(engine) as connection:
        people, ideas = _numbers(connection, Participant, "pseudonym"), _numbers(connection, Idea, "source_id")
        secret, names = conversation_key(keys, KEY), pl.scan_csv(files / "participants.csv").select("participant")
        pseudonyms = secret.pseudonyms(names.collect().to_series())
        numbered = pl.DataFrame({"participant": list(pseudonyms), "pseudonym": list(pseudonyms.values())}).join(
            people, on="pseudonym"
        )
        votes = pl.scan_csv(files / "votes.csv", infer_schema=False, row_index_name="position")
        rows = (
            votes.join(numbered.lazy().select("participant", participant_id="id"), on="participant")
            .join(ideas.lazy().select(idea="source_id", idea_id="id"), on="idea")
            .select(
                "idea_id",
                "participant_id",
                pl.col("position").cast(pl.Int64) + 2,
                cast_at_ms=pl.col("cast_at").str.to_datetime("%Y-%m-%dT%H:%M:%S").dt.epoch("ms"),
                value=pl.col("vote").replace_strict(VOTE_VALUES, return_dtype=pl.Int64),
                import_id=pl.lit(1, pl.Int64),
            )
            .collect(engine="streaming")
            .sort("position")
        )
        add_many(connection, VoteCast.__table__, rows, step="Storing votes", progress=silent)
    engine.dispose()


def _numbers(connection: Connection, table: type[Participant] | type[Idea], column: str) -> pl.DataFrame:
    rows = connection.execute(select(table.id, getattr(table, column))).all()
    return pl.DataFrame([tuple(row) for row in rows], schema={"id": pl.Int64, column: pl.String}, orient="row")


def home_of(size: Size) -> Path:
    """Give an installation with the votes imported and published, ungrouped; it is made if it is not there."""
    home = place_of(size) / "home"
    if not (home / "releases" / "current").is_file():
        files = files_of(size)
        shutil.rmtree(home, ignore_errors=True)
        settings = settings_of(home)
        bring_ = bring if size.votes <= MOST_IN_A_FILE else _bring_large
        bring_(files, settings.vault_url, settings.keys_folder)
        engine = open_vault(settings.vault_url)
        publish(engine=engine, releases_folder=settings.releases_folder, now=AFTER, progress=silent)
        engine.dispose()
    return home


def size_from(arguments: argparse.Namespace) -> Size:
    """Give the size that was asked for."""
    return size_of(arguments.votes, arguments.ideas)


def offer_home(options: argparse.ArgumentParser) -> None:
    """Let an installation be named instead of a size."""
    options.add_argument("--home", type=Path, default=None, help="an installation with a release, the demo's perhaps")


def home_from(arguments: argparse.Namespace) -> tuple[Path, int, int]:
    """Give the home that was named, or the one of a size; and its votes and ideas, 0 where it was named."""
    if arguments.home:
        return arguments.home, 0, 0
    size = size_from(arguments)
    return home_of(size), size.votes, size.ideas


def parser(about: str | None) -> argparse.ArgumentParser:
    """Give the options that every command here takes."""
    options = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--votes", type=int, default=1_000_000)
    options.add_argument("--ideas", type=int, default=None, help="one for 800 votes if left out")
    options.add_argument("--times", type=int, default=3)
    return options


def main() -> None:
    """Make one."""
    print(home_of(size_from(parser(__doc__).parse_args())))


if __name__ == "__main__":
    main()
