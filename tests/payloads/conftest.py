"""What everything.py needs: a process of its own for each installation."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EVERYTHING = Path(__file__).with_name("everything.py")
LONG = 1_500  # seconds: half a minute of work on a machine of its own


@pytest.fixture(scope="session")
def sent_by() -> Callable[..., dict[str, bytes]]:
    """Give everything the app of an installation sends, by name: `sent_by(home, out, "--few")`."""

    def everything(home: Path, out: Path, *options: str) -> dict[str, bytes]:
        answer = subprocess.run(
            [sys.executable, str(EVERYTHING), str(home), str(out), *options],
            capture_output=True,
            timeout=LONG,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr.decode()[-3000:]
        return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}

    return everything
