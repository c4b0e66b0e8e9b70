"""S7: from a filter's change to charts painted, and the first chart of a cold browser, in Chromium.

.venv/bin/python -m benchmarks.s7_painted --votes 10000000 [--home HOME]
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.homes import home_from, offer_home, parser
from benchmarks.measuring import Record
from benchmarks.s5_reruns import FILTERS
from benchmarks.servers import Server, dashboard

CHROMIUM: Final = "/usr/bin/chromium"
OPTIONS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PAGE: Final = "sentiment"
# Marks what is on the page now; painted is when no marked chart is left, every chart is drawn and the script is done.
MARK: Final = "() => document.querySelectorAll('.js-plotly-plot').forEach(one => one.dataset.old = one.textContent)"
PAINTED: Final = """() => {
  const charts = [...document.querySelectorAll('.stPlotlyChart')].filter(one => one.offsetParent !== null);
  const plots = [...document.querySelectorAll('.js-plotly-plot')];
  const changed = plots.some(one => one.dataset.old === undefined || one.dataset.old !== one.textContent);
  return charts.length > 0 && changed && charts.every(one => one.querySelector('.main-svg'));
}"""
DRAWN: Final = """() => {
  const charts = [...document.querySelectorAll('.stPlotlyChart')].filter(one => one.offsetParent !== null);
  return charts.length > 0 && charts.every(one => one.querySelector('.main-svg'));
}"""
# Streamlit reads the link again when the reader goes back or forward: a change of the link without loading the page.
GO: Final = "query => { history.pushState({}, '', query); dispatchEvent(new PopStateEvent('popstate', {state: {}})); }"


def measure(home: Path, votes: int, ideas: int, times: int) -> Record:
    """Measure in a browser that is new each time for the first chart, and in one for the changes."""
    record = Record("S7", "From a change to charts painted, in Chromium", votes, ideas)
    with dashboard(home) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        _opened(browser, server)[0].close()
        cold = []
        for _ in range(times):
            page, seconds = _opened(browser, server)
            page.close()
            cold.append(seconds)
        middle = sorted(cold)[len(cold) // 2]
        record.add("cold browser: first chart", "s", cold, target="≤ 3", is_met=middle <= 3)
        page, _ = _opened(browser, server)
        for query in FILTERS:
            _changed(page, query)
        runs = [_changed(page, FILTERS[at % len(FILTERS)]) for at in range(max(times, 8))]
        middle = sorted(runs)[len(runs) // 2]
        record.add("filter changed: charts painted", "s", runs, target="≤ 0.5", is_met=middle <= 0.5)
        browser.close()
    return record


def _opened(browser: Browser, server: Server) -> tuple[Page, float]:
    """Open the page in a browser window of its own, without anything kept; give it and the seconds to its charts."""
    address = f"http://127.0.0.1:{server.port}"
    window = browser.new_context(viewport={"width": 1280, "height": 900})
    name, _, value = server.cookie.partition("=")
    window.add_cookies([{"name": name, "value": value, "url": address}])
    page = window.new_page()
    began = time.perf_counter()
    page.goto(f"{address}/{PAGE}")
    page.wait_for_function(DRAWN, timeout=120_000, polling=20)
    return page, time.perf_counter() - began


def _changed(page: Page, query: str) -> float:
    page.evaluate(MARK)
    began = time.perf_counter()
    page.evaluate(GO, f"?{query}")
    page.wait_for_function(PAINTED, timeout=60_000, polling=10)
    return time.perf_counter() - began


def main() -> None:
    """Measure and keep."""
    options = parser(__doc__)
    offer_home(options)
    options.set_defaults(times=5)
    chosen = options.parse_args()
    measure(*home_from(chosen), chosen.times).keep()


if __name__ == "__main__":
    main()
