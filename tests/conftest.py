"""What many tests share: an empty installation, real conversations, and the demo built once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.settings import Settings

DATA = Path(__file__).parent / "data"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An empty installation in a folder of its own, also set in the environment."""
    monkeypatch.setenv("LOOKFORWARD_HOME", str(tmp_path / "home"))
    for name in ("VAULT_URL", "DESK_URL", "RELEASES", "KEYS"):
        monkeypatch.delenv(f"LOOKFORWARD_{name}", raising=False)
    return Settings()


@pytest.fixture
def polis_data() -> Path:
    """Folder of the real conversations."""
    return DATA / "polis"
