"""What everything.py needs: a process of its own for each installation.

`SENT=whole` in the environment (as `make prove` sets it) has every selection rendered instead of a choice.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EVERYTHING = Path(__file__).with_name("everything.py")
LONG = 1_500  # seconds for a choice: a minute or two of work on a machine of its own
WHOLE = 6 * 3_600


@pytest.fixture(scope="session")
def sent_by() -> Callable[..., dict[str, bytes]]:
    """Give everything the app of an installation sends, by name: `sent_by(home, out)`."""
    is_whole = os.environ.get("SENT") == "whole"

    def everything(home: Path, out: Path) -> dict[str, bytes]:
        answer = subprocess.run(
            [sys.executable, str(EVERYTHING), str(home), str(out), *(["--whole"] if is_whole else [])],
            capture_output=True,
            timeout=WHOLE if is_whole else LONG,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr.decode()[-3000:]
        return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}

    return everything
