"""Dashboard, worker and their children with nothing but loopback in reach: all works and nothing calls out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.catalogue import all_pages
from tests.stock_streamlit.conftest import free_port
from tests.supply_chain import alone

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="networks of one's own are a thing of Linux")


def test_import_publishing_and_every_page_work_without_a_network_and_call_nobody(tmp_path: Path):
    command = [sys.executable, alone.__file__, str(tmp_path), str(free_port())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == alone.NO_NAMESPACE:
        pytest.skip(f"the kernel gives this account no network of its own ({done.stdout.strip()})")
    log = tmp_path / "serve.log"
    assert done.returncode == 0, done.stderr + (log.read_text() if log.exists() else "")
    told = json.loads(done.stdout)
    assert told["is_counted"], "the control: a call would be counted"
    assert set(told["pages"]) == {found.page.url for found in all_pages()}
    assert min(told["pages"].values()) > 1000
    assert (told["jobs"], told["calls"]) == (2, 0)
