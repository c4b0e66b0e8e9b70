"""One run of a page for one viewer: who looks, at what, of which release, and the answers to their questions.

The link is the only place a selection is kept. Streamlit drops the query when a reader turns to another
page, so the last selection of the browser tab is written back to the link on arrival.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy import Engine

from dashboard.filters import PARAMETERS, Choices, Selection, params_from_selection, selection_from_params
from dashboard.metrics import metric_named
from dashboard.permissions import Viewer, check_within, own_regions
from dashboard.recent import Recent
from dashboard.results import PLAN, Result, answer
from dashboard.sources import ReleaseAndPlan, choices_of
from dashboard.specs import Page
from dashboard.status_words import NO_LABELS, Labels
from data_access.desk.marks import plan_mark
from data_access.problems import NothingThere
from data_access.releases.store import Release, current_number, open_release, withdrawn_numbers
from data_access.settings import Settings

LONDON: Final = ZoneInfo("Europe/London")
_KEPT: Final = "kept-filters"
_PAGE: Final = "page-of-last-run"
_READING: Final = "release-being-read"
_WITHDRAWN: Final = "release-withdrawn"
# A result is a table of at most some hundred rows: 500 of them are about 20 MiB.
MOST_ANSWERS: Final = 500
_ANSWERS: Final[Recent[Result]] = Recent(MOST_ANSWERS)


@dataclass(frozen=True)
class Context:
    """What a page's `render` works with.

    `newer` is the number of a release that came while this visit was reading another; `withdrawn` that of the
    one it was reading, if that was withdrawn. `page` is the page's address, `home` the folder of the snapshots,
    `figure_pages` are those with figures that the viewer may open.
    `release` and `choices` are limited to what the viewer may see; `now` has a time zone; `contact` is whom
    readers may ask; `labels` stand beside the statuses of the plan.
    """

    viewer: Viewer
    selection: Selection
    choices: Choices
    release: Release
    contact: str
    now: datetime
    desk: Engine
    labels: Labels = NO_LABELS
    page: str = ""
    newer: int | None = None
    withdrawn: int | None = None
    home: Path = Path()
    figure_pages: tuple[Page, ...] = ()

    @property
    def today(self) -> date:
        """The day in London."""
        return self.now.astimezone(LONDON).date()

    def result(self, key: str, *, as_at: date | None = None, since: date | None = None) -> Result:
        """Answer a metric for this viewer's selection; plan metrics as at a day, today if left out.

        since: the earlier day that changes of the plan are counted from; the last quarter end if left out.

        Answers are shared by everybody with the same role and regions. Raises `NothingThere` for an
        unknown metric.
        """
        check_within(self.viewer, self.selection)
        day = as_at or self.today
        is_plan = any(name.startswith(PLAN) for name in metric_named(key).METRIC.cells)
        plan = (day, since, plan_mark(self.desk)) if is_plan else None
        place = (self.release.edition, self.viewer.scope)
        return _ANSWERS.of(
            (place, self.selection, key, plan, self.contact, self.labels),
            lambda: answer(
                key,
                source=ReleaseAndPlan(self.release, self.desk, day, since),
                selection=self.selection,
                contact=self.contact,
                labels=self.labels,
            ),
        )

    def figures_of(self, pages: Sequence[str]) -> list[Result]:
        """Answer the figures of pages by their addresses, each once, but those the release has no cells for."""
        keys = dict.fromkeys(key for page in self.figure_pages if page.url in pages for key in page.figures)
        found = []
        for key in keys:
            try:
                found.append(self.result(key))
            except NothingThere:
                continue
        return found

    def select(self, **changes: Any) -> None:
        """Write another selection into the link; `element=None` or `regions=()` takes a filter away."""
        write_selection(replace(self.selection, **changes), self.choices)

    def param(self, name: str) -> str:
        """Read a parameter of the page's own from the link, '' where it is not there: search words, an order."""
        return st.query_params.get(name, "")

    def set_params(self, **values: str) -> None:
        """Write parameters of the page's own into the link; '' takes one away. They belong to 'Copy link'."""
        for name, value in values.items():
            if value:
                st.query_params[name] = value
            else:
                st.query_params.pop(name, None)

    @property
    def params(self) -> dict[str, str]:
        """What the link says: the filters as they are spelled, then the page's own parameters."""
        own = {name: st.query_params[name] for name in st.query_params if name not in PARAMETERS}
        return params_from_selection(self.selection, self.choices) | own


def open_context(
    viewer: Viewer,
    *,
    settings: Settings,
    desk: Engine,
    page: str,
    now: datetime,
    figure_pages: tuple[Page, ...] = (),
) -> Context:
    """Read the link strictly and open the current release for a page.

    Raises `BadSelection` for a value that is not offered, `NotAllowed` outside the viewer's scope,
    `NothingThere` before the first release.
    """
    reading = reading_now(settings.releases_folder)
    release = _release(settings.releases_folder, reading.shown)
    choices = _choices(release.edition, release)
    selection = selection_from_params(_arriving(page), choices)
    check_within(viewer, selection)
    own = own_regions(viewer)
    release, choices = release.limited_to(own), choices.within(own)
    _keep(page, params_from_selection(selection, choices))
    return Context(
        viewer=viewer,
        selection=selection,
        choices=choices,
        release=release,
        contact=settings.contact,
        now=now,
        desk=desk,
        labels=settings.labels_of_status,
        page=page,
        newer=reading.newer,
        withdrawn=reading.withdrawn,
        home=settings.home,
        figure_pages=figure_pages,
    )


def has_release(settings: Settings) -> bool:
    """Whether anything has been published yet."""
    return current_number(settings.releases_folder) is not None


@dataclass(frozen=True)
class Reading:
    """Which release this browser tab reads, which is newer, and which was withdrawn while it was read."""

    shown: int | None
    newer: int | None = None
    withdrawn: int | None = None


def reading_now(folder: Path) -> Reading:
    """Keep a tab on the release it began with until its reader moves on; a withdrawn one is never kept.

    The pointer is read each time, so that a page knows of a newer release as soon as it is current.
    """
    current = current_number(folder)
    shown = st.session_state.get(_READING)
    if shown is None or current is None or shown == current:
        st.session_state[_READING] = current
        return Reading(current, withdrawn=st.session_state.get(_WITHDRAWN))
    if shown in withdrawn_numbers(folder) or shown > current:
        st.session_state[_READING] = current
        st.session_state[_WITHDRAWN] = shown
        return Reading(current, withdrawn=shown)
    return Reading(shown, newer=current)


def read_newest() -> None:
    """Have this tab read the current release from its next run on."""
    st.session_state.pop(_READING, None)
    st.session_state.pop(_WITHDRAWN, None)


def current_release(folder: Path) -> Release:
    """Open the release that is current now, whatever this tab is reading."""
    return _release(folder, current_number(folder))


def _release(folder: Path, number: int | None) -> Release:
    """Open a release; an opened one is kept."""
    return open_release(folder) if number is None else _opened(str(folder), number)


def write_selection(selection: Selection, choices: Choices) -> None:
    """Make the link say a selection, and remember it for the next page."""
    _write(params_from_selection(selection, choices))


def clear_selection() -> None:
    """Take every filter out of the link, right or wrong."""
    _write({})


def _write(params: dict[str, str]) -> None:
    for name in PARAMETERS:
        if name not in params and name in st.query_params:
            del st.query_params[name]
    st.query_params.update(params)
    st.session_state[_KEPT] = params


def _arriving(page: str) -> dict[str, list[str]]:
    """Give the link's filters; on arrival from another page without any, the ones of that page."""
    has_turned = st.session_state.get(_PAGE, page) != page
    if has_turned and not any(name in st.query_params for name in PARAMETERS):
        st.query_params.update(st.session_state.get(_KEPT, {}))
    return {name: st.query_params.get_all(name) for name in PARAMETERS}


def _keep(page: str, params: dict[str, str]) -> None:
    st.session_state[_PAGE] = page
    st.session_state[_KEPT] = params


@st.cache_resource(max_entries=4, show_spinner=False)
def _opened(folder: str, number: int) -> Release:
    return open_release(Path(folder), number)


@st.cache_resource(max_entries=4, show_spinner=False)
def _choices(place: str, _release: Release) -> Choices:
    """Work out what a release offers once; `_release` follows from its edition and is not part of the key."""
    return choices_of(_release)
