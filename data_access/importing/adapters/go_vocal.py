"""Go Vocal (CitizenLab until 2023): inputs and comments, XLSX, its older and newer columns.

Columns as `input_sheet_generator.rb` and `xlsx_service.rb` of CitizenLabDotCo/citizenlab write them over the
years. Names, e-mail addresses and the answers people gave when they registered are never read. Likes and
dislikes are totals; some versions add 'unsure'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from data_access.importing.adapters._tables import find_tables
from data_access.importing.adapters._totals import totals
from data_access.importing.bundle import Adapter, Bundle, ReadOptions, as_table
from data_access.importing.checking.moments import DayOrder
from data_access.importing.checking.rows import Checked, Form, check_rows, set_aside
from data_access.importing.reading.text_table import ROW
from data_access.importing.template_columns import (
    TemplateTable,
    id_column,
    moment_column,
    person_column,
    text_column,
    whole_column,
)
from data_access.problems import Fault

INPUTS: Final = "inputs"
COMMENTS: Final = "comments"
_PRIVATE: Final = ("author_name", "author_email", "author_fullname", "assignee", "assignee_email", "assignee_fullname")
_IGNORED: Final = frozenset(
    {
        *_PRIVATE,
        *("latitude", "longitude", "location_description", "comments_count", "comments", "attachments_count"),
        *("attachments", "attachmens", "url", "input_url", "project", "topics", "areas", "status", "tags"),
        *("baskets_count", "picks", "participants", "votes", "budget", "proposed_budget", "manual_votes"),
        *("cosponsors", "published_at", "submitted_at", "created_at", "likes_count", "upvotes_count"),
    }
)
_FORMS: Final[Mapping[str, Form]] = {
    INPUTS: Form(
        TemplateTable(
            INPUTS,
            "One row an input.",
            (
                id_column("input_id", "Its id"),
                moment_column("published_at", "When it was published", needed=True),
                text_column("title", "Its title"),
                text_column("body", "Its words"),
                person_column("author_id", needed=False),
                text_column("publication_status", "Whether it was ever public"),
                whole_column("likes", "How many liked it"),
                whole_column("dislikes", "How many disliked it"),
                whole_column("unsure", "How many were unsure"),
            ),
            key=("input_id",),
        ),
        aliases={
            "input_id": ("id",),
            "published_at": ("submitted_at", "created_at"),
            "body": ("description", "text"),
            "likes": ("likes_count", "upvotes_count"),
            "dislikes": ("dislikes_count", "downvotes_count"),
            "unsure": ("neutral_reactions_count",),
        },
        unused=_IGNORED,
        dates=DayOrder.US,
    ),
    COMMENTS: Form(
        TemplateTable(
            COMMENTS,
            "One row a comment.",
            (
                id_column("id", "Its id"),
                text_column("input", "Title of its input, or the id in older exports"),
                id_column("input_id", "Id of its input", needed=False),
                text_column("comment", "Its words", needed=True),
                person_column("author_id", needed=False),
                moment_column("created_at", "When", needed=True),
                id_column("parent_comment_id", "The comment it answers", needed=False),
            ),
            key=("id",),
        ),
        aliases={"comment": ("body",), "parent_comment_id": ("parent",), "input": ("idea",)},
        unused=_IGNORED,
        dates=DayOrder.US,
    ),
}
_IDEAS: Final = {
    "idea": "input_id",
    "author": "author_id",
    "posted_at": "published_at",
    "title": "title",
    "text": "body",
}
_COMMENTS: Final = {
    "comment": "id",
    "idea": "input_id",
    "reply_to": "parent_comment_id",
    "author": "author_id",
    "posted_at": "created_at",
    "text": "comment",
}


def read(paths: Sequence[Path], options: ReadOptions) -> Bundle:
    """Read a Go Vocal export of inputs, of comments, or both."""
    found, facts = find_tables(paths, _FORMS)
    checked = {one.part: check_rows(one.table, _FORMS[one.part], options.setting) for one in found}
    tables: dict[str, Checked] = {}
    notices: tuple[str, ...] = ()
    has_pass = None
    inputs = checked.get(INPUTS)
    if inputs is not None:
        inputs = checked[INPUTS] = _with_words(inputs)
        tables["ideas"] = _ideas(inputs)
        tables["idea_totals"] = totals(
            inputs, "go vocal", idea="input_id", agree="likes", passed="unsure", disagree="dislikes"
        )
        notices = _unpublished_notice(inputs)
        has_pass = inputs.frame["unsure"].null_count() < inputs.frame.height
    if COMMENTS in checked:
        tables["comments"] = _comments(checked[COMMENTS], inputs)
    return Bundle(tables, facts, notices=notices, has_pass=has_pass)


def _with_words(checked: Checked) -> Checked:
    """Give each input words: its body, or its title where the form asked for no more; refuse one with neither."""
    frame = checked.frame.with_columns(body=pl.coalesce("body", "title"))
    silent = frame.filter(pl.col("body").is_null())[ROW].to_list()
    faults = [
        Fault(checked.file, row, "body", "empty, and no title", "a title, a body or both", "", "F19") for row in silent
    ]
    return set_aside(replace(checked, frame=frame), faults)


def _ideas(checked: Checked) -> Checked:
    status = pl.col("publication_status").str.to_lowercase()
    frame = checked.frame.select(
        ROW,
        *(pl.col(theirs).alias(ours) for ours, theirs in _IDEAS.items()),
        moderated=pl.when(status.is_not_null() & (status != "published")).then(-1),
    )
    return as_table(checked, "ideas", frame, _IDEAS)


def _unpublished_notice(checked: Checked) -> tuple[str, ...]:
    status = checked.frame["publication_status"].str.to_lowercase()
    unpublished = int((status.is_not_null() & (status != "published")).sum())
    told = f"{checked.file}: {unpublished:,} inputs were never published; they count as removed."
    return (told,) if unpublished else ()


def _comments(checked: Checked, inputs: Checked | None) -> Checked:
    """Give each comment its input: by id, or in older exports by a title that only one input has."""
    known = inputs.frame.select(pl.col("input_id").alias("by_title"), input="title") if inputs is not None else None
    frame = checked.frame
    if known is None:
        frame = frame.with_columns(by_title=pl.lit(None, pl.String))
    else:
        unique = known.filter(~pl.col("input").is_duplicated(), pl.col("input").is_not_null())
        frame = frame.join(unique, on="input", how="left", maintain_order="left")
    placed = frame.with_columns(input_id=pl.coalesce("input_id", "by_title")).drop("by_title")
    lost = placed.filter(pl.col("input_id").is_null())[ROW].to_list()
    remedy = "import the inputs with the comments, or export the comments anew: newer exports have input_id"
    faults = [
        Fault(checked.file, row, "input", "a title that is not that of one input", "one input", remedy, "F39")
        for row in lost
    ]
    sound = set_aside(replace(checked, frame=placed), faults)
    columns = [pl.col(theirs).alias(ours) for ours, theirs in _COMMENTS.items()]
    return as_table(sound, "comments", sound.frame.select(ROW, *columns), _COMMENTS)


ADAPTER = Adapter("go-vocal", "A Go Vocal (CitizenLab) export: inputs and comments, XLSX", read, _FORMS)
