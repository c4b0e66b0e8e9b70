"""The first screen: a question, its computed answer, and the page that shows the working."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.components import page_links
from dashboard.context import Context
from dashboard.wording import escape
from data_access.problems import NothingThere
from data_access.vocabulary import ENGLAND


@dataclass(frozen=True)
class Question:
    """A question, the metrics that answer it, and the page that shows more under a link of that name.

    `below` shows what stands under the answers: links that lead deeper.
    """

    words: str
    metrics: tuple[str, ...]
    url: str
    link: str
    below: Callable[[Context], None] | None = None


def show(context: Context, questions: Sequence[Question]) -> None:
    """Show each question with the headlines that answer it, two a row where there is room."""
    with st.grid(2, min_column_width=330, gap="small", border=True, key="answers"):
        for question in questions:
            with st.container(key=f"answer-{question.url}", gap="xsmall"):
                st.header(question.words, anchor=False)
                for key in question.metrics:
                    st.markdown(escape(_answer(context, key)))
                if question.below:
                    question.below(context)
                page_links.to(context, question.url, question.link)


def _answer(context: Context, key: str) -> str:
    """Give the headline; what has not been loaded yet says so, and does not take the page down with it."""
    try:
        result = context.result(key)
    except NothingThere as problem:
        return str(problem)
    is_england_instead = bool(context.selection.division) and bool(result.not_applied) and not result.selection.division
    return f"{ENGLAND}: {result.headline}" if is_england_instead else result.headline
