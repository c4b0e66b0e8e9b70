"""Microsoft Forms: the workbook of answers to a session's feedback form.

One row a response, one column a question, headed with the question's own words. What Forms adds about the
person and the quiz (id, times, e-mail address, name, points) is not kept. An answer becomes a feedback point
under its question; several choices, which Forms joins by ; with one at the end, stay one answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from data_access.importing.adapters._notes import Note, feedback, session_named
from data_access.importing.adapters._tables import find_tables
from data_access.importing.bundle import Adapter, Bundle, ReadOptions
from data_access.importing.checking.cells import LONGEST_TEXT
from data_access.importing.checking.rows import Checked, Form, check_rows
from data_access.importing.reading.text_table import ROW, TextTable, spelling
from data_access.importing.template_columns import TemplateTable, id_column, moment_column, text_column

_METADATA: Final = frozenset(
    {"id", "start_time", "completion_time", "email", "name", "last_modified_time", "total_points", "quiz_feedback"}
    | {"grade_posted_time", "language"}
)
_OF_QUIZ: Final = re.compile(r"^(points|feedback)(_|$)")
_NUMBER: Final = r"^-?\d+([.,]\d+)?$"
_RESPONSES: Final = TemplateTable(
    "responses",
    "One row a response.",
    (
        id_column("id", "Number of the response"),
        moment_column("completion_time", "When it was sent", needed=True),
    ),
    key=("id",),
)


_FORM: Final = Form(_RESPONSES, unused=_METADATA)


def read(paths: Sequence[Path], options: ReadOptions) -> Bundle:
    """Read the answers to one session's form.

    Raises `ImportRefused` where no session is named or no sheet has the columns of Forms.
    """
    session = session_named(options.session, "Answers to a form")
    found, facts = find_tables(paths, {"responses": Form(_RESPONSES)})
    table = found[0].table
    titles = _questions(table)
    checked = check_rows(table, _form(titles), options.setting)
    worded = {name: title for name, title in titles.items() if not _is_numbers(checked.frame[name])}
    notes = _notes(checked, worded)
    notices = [*checked.notices, *_numbers_notice(table.file, len(titles) - len(worded))]
    answers = checked.frame.height * len(worded)
    told = {
        "session": session,
        "responses": {"read": checked.rows, "kept": checked.frame.height, "refused": checked.quarantined},
        "questions": len(worded),
        "answers": {"asked": answers, "given": len(notes), "left_empty": answers - len(notes)},
    }
    points = feedback(
        table.file,
        session,
        notes,
        checked.faults,
        notices,
        given=options.given,
        duplicate=checked.duplicate,
        refused=_refused(checked, worded),
    )
    return Bundle(
        {"feedback": points},
        tuple(replace(fact, role=fact.role.replace("responses", "feedback")) for fact in facts),
        facts=told,
    )


def _questions(table: TextTable) -> dict[str, str]:
    """Give each question by the spelling of its column, in words of one line."""
    return {
        name: " ".join(title.replace("\N{NO-BREAK SPACE}", " ").split())
        for title in table.header
        if (name := spelling(title)) not in _METADATA and not _OF_QUIZ.match(name)
    }


def _form(titles: dict[str, str]) -> Form:
    questions = tuple(text_column(name, title) for name, title in titles.items())
    unused = frozenset(_METADATA) | frozenset(f"{kind}_{name}" for kind in ("points", "feedback") for name in titles)
    longest = dict.fromkeys(titles, LONGEST_TEXT)
    return Form(replace(_RESPONSES, columns=(*_RESPONSES.columns, *questions)), unused=unused, longest=longest)


def _is_numbers(answers: pl.Series) -> bool:
    """Whether a question was answered with numbers only: a rating is no note."""
    given = answers.drop_nulls()
    return given.len() > 0 and bool(given.str.contains(_NUMBER).all())


def _numbers_notice(file: str, questions: int) -> list[str]:
    return [f"{file}: {questions} questions were answered with numbers; they are no notes."] if questions else []


def _notes(checked: Checked, titles: dict[str, str]) -> list[Note]:
    choices = {name for name in titles if _is_choices(checked.frame[name])}
    return [
        Note(row, title, _as_list(answer) if name in choices else answer)
        for name, title in titles.items()
        for row, answer in checked.frame.select(ROW, name).drop_nulls().iter_rows()
    ]


def _refused(checked: Checked, titles: dict[str, str]) -> list[Note]:
    """Give every answer of the responses that were set aside; one without an answer as an empty note."""
    notes = []
    for response in checked.rejected.iter_rows(named=True):
        answers = [(title, response[name].strip()) for name, title in titles.items() if response[name].strip()]
        notes += [Note(response[ROW], title, answer) for title, answer in answers or [("", "")]]
    return notes


def _is_choices(answers: pl.Series) -> bool:
    given = answers.drop_nulls()
    return given.len() > 0 and bool(given.str.ends_with(";").all())


def _as_list(answer: str) -> str:
    return "; ".join(part.strip() for part in answer.split(";") if part.strip())


ADAPTER = Adapter(
    "forms", "A Microsoft Forms workbook of a session's feedback; needs --session", read, {"responses": _FORM}
)
