"""Your Priorities: posts and points, XLSX with one sheet of each.

Columns as `xls_group_report.cjs` of CitizensFoundation/your-priorities-app writes them; its dates are
`DD/MM/YY HH:mm`. Names, e-mail addresses, contact details and the answers people gave when they registered
are never read: a post's words are the columns between its name and its language.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from data_access.importing.adapters._tables import find_tables, with_places
from data_access.importing.adapters._totals import totals
from data_access.importing.bundle import Adapter, Bundle, ReadOptions, as_table
from data_access.importing.checking.moments import DayOrder
from data_access.importing.checking.rows import Checked, Form, check_rows
from data_access.importing.reading.text_table import ROW, TextTable, spelling
from data_access.importing.template_columns import (
    TemplateTable,
    id_column,
    moment_column,
    text_column,
    whole_column,
)

POSTS: Final = "posts"
POINTS: Final = "points"
_WORDS: Final = "description"
_PUBLISHED: Final = "published"
# Newer groups head a question's column with the question's id, a hyphen and its words.
_QUESTION_ID: Final = re.compile(r"^\w+-(?=\S)")
_CONTACT: Final = ("contact_name", "contact_email", "contact_telephone", "contact_address")
_ATTACHED: Final = ("attachment_url", "attachment_filename")
_FORMS: Final[Mapping[str, Form]] = {
    POSTS: Form(
        TemplateTable(
            POSTS,
            "One row a post.",
            (
                id_column("post_id", "Its number"),
                moment_column("created", "When", needed=True),
                text_column("post_name", "Its title", needed=True),
                text_column(_WORDS, "Its words: the answers to the group's questions"),
                text_column("status", "Whether it is public"),
                whole_column("up_votes", "How many endorsed it"),
                whole_column("down_votes", "How many opposed it"),
            ),
            key=("post_id",),
        ),
        unused=frozenset({"user_name", "email", "locale", "latitude", "longitude", "url", "category", "points_count"})
        | {"points_for", "points_against", "images", "media_urls", "post_transcript", "place", *_CONTACT, *_ATTACHED},
        dates=DayOrder.UK,
    ),
    POINTS: Form(
        TemplateTable(
            POINTS,
            "One row a point for or against a post, or a comment on it.",
            (
                id_column("post_id", "The post it stands under"),
                moment_column("created", "When", needed=True),
                text_column("value", "Point for, point against or comment", needed=True),
                text_column("content", "Its words", needed=True),
                text_column("status", "Whether it is public"),
                id_column("place", "Row of the file; points have no number"),
            ),
            key=("place",),
        ),
        unused=frozenset({"group_id", "post_name", "user_name", "email", "helpful_count", "unhelpful_count"})
        | {"language", "media_urls", "point_transcripts"},
        dates=DayOrder.UK,
    ),
}
_IDEAS: Final = {"idea": "post_id", "posted_at": "created", "title": "post_name", "text": _WORDS}
_COMMENTS: Final = {"idea": "post_id", "posted_at": "created", "text": "content"}


def read(paths: Sequence[Path], options: ReadOptions) -> Bundle:
    """Read a Your Priorities export of posts, of points, or both."""
    found, facts = find_tables(paths, _FORMS, rename=lambda table: with_places(_with_words(table)))
    checked = {one.part: check_rows(one.table, _FORMS[one.part], options.setting) for one in found}
    tables: dict[str, Checked] = {}
    told: dict[str, object] = {}
    if POSTS in checked:
        tables["ideas"] = _ideas(checked[POSTS])
        tables["idea_totals"] = totals(
            checked[POSTS], "your priorities", idea="post_id", agree="up_votes", disagree="down_votes"
        )
    if POINTS in checked:
        tables["comments"] = _comments(checked[POINTS])
        values = checked[POINTS].frame["value"].str.to_lowercase().value_counts(name="points").sort("value")
        told["points"] = dict(values.rows())
    return Bundle(tables, facts, facts=told, has_pass=False)


def _with_words(table: TextTable) -> TextTable:
    """Put the answers to a group's questions, between a post's name and its language, into one column."""
    names = [name for name in table.frame.columns if name != ROW]
    if not {"post_name", "locale"} <= set(names) or _WORDS in names:
        return table
    between = names[names.index("post_name") + 1 : names.index("locale")]
    questions = [name for name in between if name not in (*_CONTACT, *_ATTACHED)]
    titles = {spelling(title): _QUESTION_ID.sub("", title).strip() for title in table.header}
    headed = []
    for name in questions:
        answer, heading = pl.col(name).str.strip_chars(), f"{titles[name]}: " if len(questions) > 1 else ""
        headed.append(pl.when(answer != "").then(pl.lit(heading) + answer))
    words = pl.concat_str(headed, separator="\n", ignore_nulls=True) if headed else pl.lit("")
    return replace(table, frame=table.frame.with_columns(words.alias(_WORDS)).drop(questions))


def _is_hidden() -> pl.Expr:
    status = pl.col("status").str.to_lowercase()
    return status.is_not_null() & (status != _PUBLISHED)


def _ideas(checked: Checked) -> Checked:
    worded = checked.frame.with_columns(pl.coalesce(_WORDS, "post_name").alias(_WORDS))
    columns = [pl.col(theirs).alias(ours) for ours, theirs in _IDEAS.items()]
    frame = worded.select(ROW, *columns, moderated=pl.when(_is_hidden()).then(-1))
    return as_table(checked, "ideas", frame, _IDEAS)


def _comments(checked: Checked) -> Checked:
    frame = checked.frame.select(ROW, idea="post_id", posted_at="created", text="content")
    seen: dict[str, int] = {}
    ids = []
    for idea, at, text in frame.select("idea", "posted_at", "text").iter_rows():
        mark = hashlib.sha256(f"{idea}\n{at}\n{text}".encode()).hexdigest()[:16]
        seen[mark] = seen.get(mark, 0) + 1
        ids.append(f"point-{mark}-{seen[mark]}")
    return as_table(checked, "comments", frame.with_columns(pl.Series("comment", ids, pl.String)), _COMMENTS)


ADAPTER = Adapter(
    "your-priorities",
    "A Your Priorities export: posts and points, XLSX",
    read,
    _FORMS,
    lambda table: with_places(_with_words(table)),
)
