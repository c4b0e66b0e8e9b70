"""Where a publish counts, and where it puts votes that are too many for memory."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from data_access.publishing.engines import Engine, PolarsEngine

_CAN_HOLD: Final = os.name == "posix"


@dataclass(frozen=True)
class Counting:
    """What counts over votes, and the folder in which it may put them meanwhile (the system's usual one if None).

    The workers of a cluster must see that folder under the same name. It is as confidential as the vault.
    """

    engine: Engine = field(default_factory=PolarsEngine)
    folder: Path | None = None

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Hold a folder only this account may read, gone afterwards; what killed runs left goes, too."""
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.folder is None or not _CAN_HOLD:
            with tempfile.TemporaryDirectory(prefix="votes-", dir=self.folder) as made:
                yield Path(made)
            return
        drop_left_votes(self.folder)
        with _lock(self.folder):
            own = tempfile.TemporaryDirectory(prefix="votes-", dir=self.folder)
            held = _open_and_hold(Path(own.name))
        try:
            yield Path(own.name)
        finally:
            own.cleanup()
            os.close(held)


def drop_left_votes(folder: Path) -> int:
    """Delete the votes that killed publishes left in their folder; give how many folders went.

    A publish holds its own, and the system lets go of it however the process ends: what is at work stays.
    """
    if not folder.is_dir() or not _CAN_HOLD:
        return 0
    with _lock(folder):
        left = [path for path in sorted(folder.iterdir()) if _is_left(path)]
        for path in left:
            shutil.rmtree(path)
    return len(left)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Let one process at a time make folders and delete them: none is seen between its making and its holding."""
    held = _open_and_hold(folder)
    try:
        yield
    finally:
        os.close(held)


def _open_and_hold(folder: Path) -> int:
    import fcntl  # noqa: PLC0415 - not there on Windows

    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def _is_left(folder: Path) -> bool:
    import fcntl  # noqa: PLC0415 - not there on Windows

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
