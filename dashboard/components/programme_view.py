"""Programmes of training and reflective groups: all together, then one in full."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.components import cards, programme_choice, result_card, states
from dashboard.context import Context
from dashboard.results import Result
from dashboard.wording import escape
from data_access.problems import BadSelection
from data_access.vocabulary import ProgrammeKind

NOTHING: Final = "No programmes have been published"
REMEDY: Final = (
    "Training and reflective groups come with the template's tables programmes, cohorts, bookings and interests. Write "
    "an empty one with 'lookforward template FOLDER', import it and publish."
)
TRAINING: Final = (("programme_bookings", "programme_dna"), ("booking_roles", "programme_confidence"))
REFLECTIVE: Final = (("programme_bookings", "programme_dna"), ("programme_months",))
CONFIDENTIAL: Final = (
    "**Confidential.** Of reflective groups only attendance is kept. What was said in them is refused on import, and "
    "nothing here asks about it."
)


def show(context: Context) -> None:
    """Show every programme's places, the programme that the link names in full, then costs and faults of all."""
    places = context.result("programme_places")
    if places.is_empty:
        states.nothing_loaded(NOTHING, REMEDY)
        return
    names = places.table["programme"].to_list()
    try:
        name = programme_choice.chosen(names)
    except BadSelection as problem:
        states.bad_selection(str(problem), programme_choice.forget)
        return
    cards.below(context, "programme_places")
    _missing(places)
    programme_choice.choose(names, name)
    kind = dict(places.table.select("programme", "kind").iter_rows())[name]
    if kind == ProgrammeKind.REFLECTIVE:
        st.markdown(CONFIDENTIAL)
    for row in REFLECTIVE if kind == ProgrammeKind.REFLECTIVE else TRAINING:
        with st.grid(2, min_column_width=cards.ROOM, gap="small", key=f"programme-{row[0]}"):
            _cards(context, name, *row)
    _cards(context, name, "cohort_bands", "programme_regions")
    cards.below(context, "programme_cost", "booking_faults")


def _missing(places: Result) -> None:
    """Say in the open what the places of programmes lack: it is the denominator of everything else."""
    lacking = [note for note in places.notes if note.startswith(tuple(places.table["programme"]))]
    if lacking:
        st.markdown("\n".join(f"- {escape(note)}" for note in lacking))


def _cards(context: Context, name: str, *metrics: str) -> None:
    for key in metrics:
        result_card.show(context, programme_choice.of_programme(context.result(key), name))
