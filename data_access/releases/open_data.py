"""A release as open data: every table as CSV with its dictionary, and the conversation in the columns of Polis.

Everything here is a cell of the release or approved wording, so nothing below the threshold leaves it. There are no
rows of votes or participants, and no time finer than a closed week.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from data_access.frames import TABLES, Table
from data_access.releases.store import Release

HIDDEN: Final = "[c]"
MISSING: Final = "[x]"
README: Final = """# LookForward release {number}

Published {published}. One CSV a table, UTF-8, one header row; `data-dictionary.csv` says what each column holds.

* {hidden} is hidden to protect the people behind a small number; {missing} is not available. Neither is nought.
* Numbers that rest on fewer participants than the conversation's threshold are hidden: {thresholds}.
* `polis/` holds the conversation in the columns Polis exports. Times are the Monday of a closed week; authors, voters
  and single votes are not exported.
* `manifest.json` is the release's own: the hashes in it are those of its Parquet files.
"""
# Polis' comments.csv of July 2023, without the author.
COMMENTS: Final = ("timestamp", "comment-id", "agrees", "disagrees", "moderated", "comment-body", "is-seed", "passes")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def open_data(release: Release) -> dict[str, bytes]:
    """Give the files of a release by their names, ready to be packed."""
    files = {f"tables/{table.name}.csv": _table(release, table) for table in TABLES}
    files["data-dictionary.csv"] = dictionary()
    files["manifest.json"] = (release.folder / "manifest.json").read_bytes()
    for key in release.conversations["conversation"]:
        files |= {f"polis/{key}/{name}": content for name, content in polis_files(release, key).items()}
    thresholds = ", ".join(f"{key}: {k}" for key, k in sorted(release.manifest.thresholds.items()))
    told = README.format(
        number=release.number,
        published=release.published_at.date().isoformat(),
        hidden=HIDDEN,
        missing=MISSING,
        thresholds=thresholds,
    )
    return {**files, "README.md": told.encode()}


def dictionary() -> bytes:
    """Say of every column of every table what it holds."""
    rows = [
        (table.name, name, str(kind), table.notes.get(name, ""), table.about)
        for table in TABLES
        for name, kind in table.columns.items()
    ]
    return _csv([("table", "column", "type", "meaning", "table_holds"), *rows])


def polis_files(release: Release, conversation: str) -> dict[str, bytes]:
    """Give `comments.csv` and `summary.csv` of one conversation in Polis' columns.

    `moderated` is 1 for an idea that stands. Ideas that were removed or merged are in the lineage, not here.
    """
    votes = release.table("votes_by_idea", conversation).sort("idea")
    texts = release.table("texts", conversation).filter(pl.col("kind") == "idea")
    weeks = dict(release.table("idea_origins", conversation).select("idea", "posted_week").rows())
    wording = {row["id"]: _wording(row) for row in texts.to_dicts()}
    rows = [
        (
            weeks.get(row["idea"]) or MISSING,
            row["idea"],
            row["agree"],
            row["disagree"],
            1,
            wording.get(row["idea"], ""),
            str(bool(row["is_seed"])).lower(),
            MISSING if row["pass"] is None else row["pass"],
        )
        for row in votes.to_dicts()
    ]
    return {"comments.csv": _csv([COMMENTS, *rows]), "summary.csv": _csv(_summary(release, conversation))}


def _summary(release: Release, conversation: str) -> list[tuple[object, ...]]:
    facts = release.table("conversations", conversation).row(0, named=True)
    counts = {
        row["measure"]: HIDDEN if row["is_hidden"] else row["count"]
        for row in release.table("totals", conversation).to_dicts()
    }
    named = (("voters", "voters"), ("commenters", "commenters"), ("comments", "ideas"))
    return [
        ("topic", facts["title"] or conversation),
        *((name, counts.get(measure, MISSING)) for name, measure in named),
        ("conversation-description", facts["source"] or ""),
    ]


def _wording(row: Mapping[str, object]) -> str:
    if row["is_held_back"]:
        return "[held back]"
    parts = [str(row[name]) for name in ("title", "text") if row[name]]
    return ": ".join(dict.fromkeys(parts))


def _table(release: Release, table: Table) -> bytes:
    frame = release.table(table.name)
    has_hidden = "is_hidden" in frame.columns
    rows = [
        tuple(_plain(value, is_hidden=has_hidden and bool(row["is_hidden"])) for value in row.values())
        for row in frame.iter_rows(named=True)
    ]
    return _csv([tuple(frame.columns), *rows])


def _plain(value: object, *, is_hidden: bool) -> object:
    if value is None:
        return HIDDEN if is_hidden else MISSING
    return str(value).lower() if isinstance(value, bool) else value


def _csv(rows: Iterable[tuple[object, ...]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_harmless(value) for value in row] for row in rows)
    return out.getvalue().encode()


def _harmless(value: object) -> object:
    """Keep text from being taken for a formula."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value
