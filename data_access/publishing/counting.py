"""Where a publish counts, and where it puts votes that are too many for memory."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from data_access.publishing.engines import Engine, PolarsEngine

# No publish takes so long: what is older was left by one that was killed.
_LEFT: Final = timedelta(days=2)


@dataclass(frozen=True)
class Counting:
    """What counts over votes, and the folder in which it may put them meanwhile (the system's usual one if None).

    The workers of a cluster must see that folder under the same name. It is as confidential as the vault.
    """

    engine: Engine = field(default_factory=PolarsEngine)
    folder: Path | None = None

    @contextmanager
    def scratch(self, now: datetime) -> Iterator[Path]:
        """Hold a folder only this account may read, gone afterwards; what killed runs left goes, too."""
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for left in self.folder.iterdir():
                if left.stat().st_mtime < (now - _LEFT).timestamp():
                    shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="votes-", dir=self.folder) as made:
            yield Path(made)
