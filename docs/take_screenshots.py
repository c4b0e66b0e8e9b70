"""Take the pictures of the README and the documents from the running app, with a fresh demonstration.

Needs Debian's chromium. Pages go to docs/screenshots/ at 1280 pixels, or to the folder given with --out at the
widths given with --widths, one file a page and width.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dashboard.catalogue import all_pages, landing_url
from dashboard.cli._demo_accounts import ACCOUNTS

LOOKFORWARD = Path(sys.executable).with_name("lookforward")
HEIGHTS = {1280: 900, 820: 1180, 390: 844, 320: 700}
# Every chart has its drawing, no part of the page is still a grey bar, and the script has finished.
IS_DRAWN = """() => {
  const waiting = document.querySelectorAll('[data-testid=stSkeleton], [data-testid=stStatusWidget]').length;
  const charts = [...document.querySelectorAll('.stPlotlyChart')].filter(chart => chart.offsetParent !== null);
  return waiting === 0 && charts.every(chart => chart.querySelector('.main-svg'));
}"""
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def running_app(home: Path) -> Iterator[str]:
    """Serve an installation on a free port; give the address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {**os.environ, "LOOKFORWARD_HOME": str(home)}
    server = subprocess.Popen([LOOKFORWARD, "serve", "--port", str(port)], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/healthz")
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait()


def take(browser: Browser, address: str, out: Path, *, width: int, tallest: int, role: str, wanted: list[str]) -> None:
    """Sign in once and take the wanted pages of the role, all if none is named, at one width, from the top down."""
    account = next(account for account in ACCOUNTS if account.name == role)
    page = browser.new_page(viewport={"width": width, "height": HEIGHTS[width]})
    page.goto(address)
    page.get_by_label("Account name").fill(account.name)
    page.get_by_label("Password", exact=True).fill(account.password)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").wait_for()
    for found in all_pages():
        if wanted and found.page.url not in wanted:
            continue
        url = "" if found.page.url == landing_url() else found.page.url
        page.goto(f"{address}/{url}")
        page.get_by_role("heading", level=1).first.wait_for()
        page.wait_for_function(IS_DRAWN, timeout=90_000)
        tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": max(HEIGHTS[width], tall)})
        page.wait_for_function(IS_DRAWN, timeout=90_000)
        page.wait_for_timeout(1_500)  # a chart is drawn anew when the window grows
        suffix = "" if width == 1280 else f"-{width}"
        seen = {"x": 0, "y": 0, "width": width, "height": min(tall, tallest)}
        page.screenshot(path=out / f"{found.page.url}{suffix}.png", clip=seen)
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.close()


def main() -> None:
    """Read the options, make the demonstration unless a home is given, and take the pictures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=Path(__file__).with_name("screenshots"))
    options.add_argument("--widths", type=int, nargs="+", default=[1280])
    options.add_argument("--tallest", type=int, default=1600, help="pixels of a page that are kept, from its top")
    options.add_argument("--home", type=Path, help="an installation with the demonstration accounts")
    options.add_argument("--role", default="leader")
    options.add_argument("--pages", nargs="*", default=[], help="addresses of pages; all if none is named")
    chosen = options.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        home = chosen.home or Path(made)
        if chosen.home is None:
            subprocess.run([LOOKFORWARD, "demo"], env={**os.environ, "LOOKFORWARD_HOME": made}, check=True)
        with running_app(home) as address, sync_playwright() as play:
            browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
            for width in chosen.widths:
                take(
                    browser,
                    address,
                    chosen.out,
                    width=width,
                    tallest=chosen.tallest,
                    role=chosen.role,
                    wanted=chosen.pages,
                )
            browser.close()


if __name__ == "__main__":
    main()
