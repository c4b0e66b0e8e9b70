"""Writing a release: whole, synced to disk, renamed into place; called by publishing only."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from data_access.frames import TABLES, check_frame
from data_access.releases.current import point_to, sync_folder, write_whole
from data_access.releases.manifest import FileFacts, Manifest, ReleaseFacts, content_hash, manifest_of, manifest_text

MANIFEST: Final = "manifest.json"
# One row group a table: the tables are cells, not votes, and bytes must not depend on how a frame was built.
_ROWS_A_GROUP: Final = 1 << 20


def write_release(folder: Path, tables: Mapping[str, pl.DataFrame], about: ReleaseFacts) -> Manifest:
    """Write the next numbered release and point `current` to it.

    `tables` holds every table a release promises, by name; each is held against its promise first
    (`ValueError` is a bug of ours). Readers never see a half-written release: the folder gets its name last.
    """
    contents = parquet_files(tables)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
    try:
        for name, content in contents.items():
            write_whole(temporary / f"{name}.parquet", content)
        manifest = _name_it(folder, temporary, _facts(tables, contents), about)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    sync_folder(folder)
    point_to(folder, manifest.number)
    return manifest


def content_hash_of(tables: Mapping[str, pl.DataFrame], about: ReleaseFacts) -> str:
    """Give the content hash these tables would have as a release, without writing it."""
    return content_hash(_facts(tables, parquet_files(tables)), about)


def parquet_files(tables: Mapping[str, pl.DataFrame]) -> dict[str, bytes]:
    """Give the bytes of every promised table: the same frame always gives the same bytes."""
    missing = {table.name for table in TABLES} ^ set(tables)
    if missing:
        raise ValueError(f"a release has exactly the promised tables; missing or unknown: {sorted(missing)}")
    files: dict[str, bytes] = {}
    for table in TABLES:
        check_frame(tables[table.name], table)
        files[table.name] = parquet_bytes(tables[table.name])
    return files


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    """Give a frame as Parquet: the same frame always gives the same bytes."""
    buffer = io.BytesIO()
    frame.rechunk().write_parquet(buffer, compression="zstd", row_group_size=_ROWS_A_GROUP)
    return buffer.getvalue()


def _facts(tables: Mapping[str, pl.DataFrame], contents: Mapping[str, bytes]) -> tuple[FileFacts, ...]:
    return tuple(
        FileFacts(
            file=f"{name}.parquet",
            table=name,
            rows=tables[name].height,
            bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for name, content in contents.items()
    )


def _name_it(folder: Path, temporary: Path, files: tuple[FileFacts, ...], about: ReleaseFacts) -> Manifest:
    """Give the written folder the next free number; another publication may take it first."""
    temporary.chmod(0o755)
    while True:
        number = max(release_numbers(folder), default=0) + 1
        manifest = manifest_of(number, files, about)
        write_whole(temporary / MANIFEST, manifest_text(manifest).encode())
        try:
            temporary.rename(folder / f"{number:04d}")
        except OSError:
            if not (folder / f"{number:04d}").exists():
                raise
        else:
            return manifest


def release_numbers(folder: Path) -> list[int]:
    """Give the numbers of the releases in a folder, oldest first."""
    if not folder.is_dir():
        return []
    return sorted(int(path.name) for path in folder.iterdir() if path.name.isdecimal() and path.is_dir())
