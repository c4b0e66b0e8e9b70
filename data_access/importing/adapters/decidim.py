"""Decidim: proposals and comments, CSV with semicolons or XLSX, nested names with slashes.

Columns as `proposal_serializer.rb` and `comment_serializer.rb` of decidim/decidim write them. Titles and
bodies come as one column or as one a language (`title/en`). A proposal has supports and no objections, so
its total has no disagreement; nobody's own support is exported.
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
from data_access.importing.checking.rows import Checked, Form, check_rows, set_aside
from data_access.importing.reading.text_table import ROW, TextTable
from data_access.importing.template_columns import (
    TemplateTable,
    id_column,
    moment_column,
    person_column,
    text_column,
    whole_column,
)
from data_access.problems import Fault

PROPOSALS: Final = "proposals"
COMMENTS: Final = "comments"
# Languages tried first where a proposal is written in several; the others follow as the file has them.
_LANGUAGES_FIRST: Final = ("en", "cy")
_MOST_DEPTH: Final = 10  # of replies to replies; Decidim's own limit is 3

_FORMS: Final[Mapping[str, Form]] = {
    PROPOSALS: Form(
        TemplateTable(
            PROPOSALS,
            "One row a proposal.",
            (
                id_column("id", "Its number"),
                moment_column("published_at", "When it was published", needed=True),
                text_column("title", "Its title"),
                text_column("body", "Its words", needed=True),
                text_column("state", "Answer of the organisers, or 'withdrawn' by the author"),
                whole_column("supports", "How many supported it"),
            ),
            key=("id",),
        ),
        aliases={"supports": ("votes", "votes/total_count", "supports/total_count"), "published_at": ("created_at",)},
        unused=frozenset(
            {
                "category/id",
                "scope/id",
                "participatory_space/id",
                "participatory_space/url",
                "component/id",
                "reference",
            }
            | {"endorsements/total_count", "endorsements/user_endorsements", "comments", "attachments", "followers"}
            | {
                "reference",
                "url",
                "meeting_urls",
                "related_proposals",
                "is_amend",
                "original_proposal/url",
                "author/name",
            }
        ),
    ),
    COMMENTS: Form(
        TemplateTable(
            COMMENTS,
            "One row a comment or a reply.",
            (
                id_column("id", "Its number"),
                moment_column("created_at", "When", needed=True),
                text_column("body", "Its words", needed=True),
                person_column("author/id", needed=False),
                id_column("commentable_id", "What it stands under"),
                text_column("commentable_type", "Whether that is a proposal or a comment", needed=True),
                text_column("root_commentable_url", "Address of the proposal at the root"),
            ),
            key=("id",),
        ),
        unused=frozenset({"locale", "author/name", "alignment", "depth", "user_group/id", "user_group/name"}),
    ),
}
_IDEAS: Final = {"idea": "id", "posted_at": "published_at", "title": "title", "text": "body"}
_COMMENTS: Final = {
    "comment": "id",
    "idea": "commentable_id",
    "author": "author/id",
    "posted_at": "created_at",
    "text": "body",
}


def read(paths: Sequence[Path], options: ReadOptions) -> Bundle:
    """Read a Decidim export of proposals, of comments, or both."""
    found, facts = find_tables(paths, _FORMS, rename=_in_one_language)
    checked = {one.part: check_rows(one.table, _FORMS[one.part], options.setting) for one in found}
    tables: dict[str, Checked] = {}
    notices: tuple[str, ...] = ()
    if PROPOSALS in checked:
        tables["ideas"] = _ideas(checked[PROPOSALS])
        if checked[PROPOSALS].frame["supports"].null_count() < checked[PROPOSALS].frame.height:
            tables["idea_totals"] = totals(checked[PROPOSALS], "decidim", idea="id", agree="supports")
        notices = _withdrawn_notice(checked[PROPOSALS])
    if COMMENTS in checked:
        tables["comments"] = _comments(checked[COMMENTS])
    return Bundle(tables, facts, notices=notices, has_pass=False)


def _in_one_language(table: TextTable) -> TextTable:
    """Give `title` and `body` from the first language each row has."""
    frame = table.frame
    for name in ("title", "body"):
        spoken = [column for column in frame.columns if column.startswith(f"{name}/")]
        if not spoken or name in frame.columns:
            continue
        first = [f"{name}/{language}" for language in _LANGUAGES_FIRST if f"{name}/{language}" in spoken]
        ordered = [*first, *(column for column in spoken if column not in first)]
        words = pl.coalesce([pl.when(pl.col(one).str.strip_chars() != "").then(pl.col(one)) for one in ordered])
        frame = frame.with_columns(words.fill_null("").alias(name)).drop(spoken)
    return replace(table, frame=frame)


def _ideas(checked: Checked) -> Checked:
    is_withdrawn = pl.col("state").str.to_lowercase() == "withdrawn"
    frame = checked.frame.select(
        ROW,
        *(pl.col(theirs).alias(ours) for ours, theirs in _IDEAS.items()),
        # Decidim takes a withdrawn proposal out of its lists: it is not the author's word any more.
        moderated=pl.when(is_withdrawn).then(-1),
    )
    return as_table(checked, "ideas", frame, _IDEAS)


def _withdrawn_notice(checked: Checked) -> tuple[str, ...]:
    withdrawn = checked.frame.filter(pl.col("state").str.to_lowercase() == "withdrawn").height
    told = f"{checked.file}: {withdrawn:,} proposals were withdrawn by their authors; they count as removed."
    return (told,) if withdrawn else ()


def _comments(checked: Checked) -> Checked:
    kind = pl.col("commentable_type")
    root = pl.col("root_commentable_url").str.extract(r"/proposals/(\d+)", 1)
    placed = checked.frame.with_columns(
        reply_to=pl.when(kind.str.ends_with("Comment")).then("commentable_id"),
        root=pl.when(kind.str.ends_with("Proposal")).then("commentable_id").otherwise(root),
    )
    for _ in range(_MOST_DEPTH):
        placed = _root_of_parent(placed)
    faults = [
        Fault(checked.file, row, "commentable_id", "of no proposal that can be told", "a proposal's comment", "", "F39")
        for row in placed.filter(pl.col("root").is_null())[ROW]
    ]
    sound = set_aside(replace(checked, frame=placed), faults)
    frame = sound.frame.select(
        ROW,
        comment="id",
        idea="root",
        reply_to="reply_to",
        author="author/id",
        posted_at="created_at",
        text="body",
    )
    return as_table(sound, "comments", frame, _COMMENTS)


def _root_of_parent(placed: pl.DataFrame) -> pl.DataFrame:
    parents = placed.select(pl.col("id").alias("reply_to"), pl.col("root").alias("root_of_parent"))
    joined = placed.join(parents, on="reply_to", how="left", maintain_order="left")
    return joined.with_columns(root=pl.coalesce("root", "root_of_parent")).drop("root_of_parent")


ADAPTER = Adapter("decidim", "A Decidim export: proposals and comments, CSV or XLSX", read, _FORMS, _in_one_language)
