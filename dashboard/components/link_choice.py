"""A choice that lives in the link: a row of buttons that shows what the link says and writes what is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard.components import states
from dashboard.context import Context
from dashboard.wording import in_words
from data_access.problems import BadSelection


def is_offered(context: Context, choices: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether the link names only what these choices offer; where it does not, say so and how to mend it."""
    try:
        for name, options in choices.items():
            chosen(context, name, options)
    except BadSelection as problem:
        states.bad_selection(str(problem), lambda: context.set_params(**dict.fromkeys(choices, "")))
        return False
    return True


def chosen(context: Context, name: str, options: Mapping[str, str]) -> str:
    """Give which of the options, by the words links use, the link names; the first without one.

    Raises `BadSelection` for a word that is none of them.
    """
    said = context.param(name)
    if said and said not in options:
        raise BadSelection(f"The link asks for {name} '{said[:20]}'. There are: {in_words(options)}.")
    return said or next(iter(options))


def show(context: Context, name: str, label: str, options: Mapping[str, str]) -> str:
    """Show the options as buttons and give the one chosen; the first, the usual one, is left out of the link."""
    now, key = chosen(context, name, options), f"choice-{name}"
    st.session_state[key] = options[now]
    st.segmented_control(
        label,
        list(options.values()),
        key=key,
        required=True,
        wrap=True,
        on_change=partial(_write, context, name, key, options),
    )
    return now


def _write(context: Context, name: str, key: str, options: Mapping[str, str]) -> None:
    by_label = {label: word for word, label in options.items()}
    word = by_label[st.session_state[key]]
    context.set_params(**{name: "" if word == next(iter(options)) else word})
