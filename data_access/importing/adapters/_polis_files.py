"""Which files a Polis export has and what their columns are called, in all its versions.

Sources: `math/src/polismath/darwin/export.clj` and `server/src/routes/export.ts` of compdemocracy/polis.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_lowercase
from typing import Final

from data_access.importing.checking.rows import Form
from data_access.importing.reading.source_files import SourceFile
from data_access.importing.template_columns import (
    TemplateTable,
    choice_column,
    id_column,
    moment_column,
    person_column,
    text_column,
)
from data_access.problems import ImportRefused

VOTES: Final = "votes"
COMMENTS: Final = "comments"
MATRIX: Final = "participants-votes"
SUMMARY: Final = "summary"
GROUPS: Final = "comment-groups"

_NAMES: Final = {
    "participant-votes": MATRIX,
    "participants-votes": MATRIX,
    "comment-groups": GROUPS,
    "comments": COMMENTS,
    "votes": VOTES,
    "summary": SUMMARY,
    "stats-history": "stats-history",
    "participant-importance": "participant-importance",
    "xid": "xid",
}
# The newer exporter's downloads are called 2024-10-01-0930-<conversation>-votes.csv.
_NAME: Final = re.compile(rf"(?:^|-)({'|'.join(_NAMES)})\.csv$", re.IGNORECASE)
ROLES: Final = {
    VOTES: "imported",
    COMMENTS: "imported",
    MATRIX: "opinion groups imported, votes compared",
    SUMMARY: "title read",
    GROUPS: "compared, group by group",
    "stats-history": "not used: it has no times, and its last row counts votes as voters",
    "participant-importance": "not used",
    "xid": "not read: outside ids of people are dropped",
}

_MATRIX_IS_NOT_ENOUGH: Final = (
    " participants-votes.csv says how each participant stood at the end, not when they voted or changed their mind."
)

VOTES_FORM: Final = Form(
    TemplateTable(
        VOTES,
        "One row each time somebody votes.",
        (
            moment_column("timestamp", "When", needed=True),
            id_column("comment_id", "On which statement"),
            person_column("voter_id"),
            choice_column("vote", "1 agree, 0 pass, -1 disagree", ("1", "0", "-1")),
        ),
        key=("timestamp", "comment_id", "voter_id", "vote"),
    ),
    aliases={"comment_id": ("tid",), "voter_id": ("pid", "participant_id"), "timestamp": ("created",)},
    unused=frozenset({"datetime"}),
)
COMMENTS_FORM: Final = Form(
    TemplateTable(
        COMMENTS,
        "One row a statement.",
        (
            moment_column("timestamp", "When", needed=True),
            id_column("comment_id", "Its number"),
            person_column("author_id", needed=False),
            id_column("agrees", "Agreements as the platform counted them", needed=False),
            id_column("disagrees", "Disagreements as the platform counted them", needed=False),
            choice_column("moderated", "-1 rejected, 0 not looked at, 1 accepted", ("1", "0", "-1"), needed=False),
            text_column("comment_body", "Its words", needed=True),
            choice_column("is_meta", "About the conversation itself", ("true", "false"), needed=False),
            choice_column("is_seed", "Posted by the facilitators", ("true", "false"), needed=False),
        ),
        key=("comment_id",),
    ),
    aliases={
        "comment_id": ("tid",),
        "author_id": ("pid",),
        "comment_body": ("comment", "body", "txt"),
        "moderated": ("mod",),
        "timestamp": ("created",),
    },
    unused=frozenset({"datetime", "group_informed_consensus"}),
)
MATRIX_FORM: Final = Form(
    TemplateTable(
        MATRIX,
        "One row a participant: their group, and what they last said of each statement.",
        (person_column("participant"), id_column("group_id", "Opinion group", needed=False)),
        key=("participant",),
    ),
)
GROUPS_FORM: Final = Form(
    TemplateTable(
        GROUPS,
        "One row a statement: totals as the platform counted them.",
        (
            id_column("comment_id", "Its number"),
            id_column("total_agrees", "Agreements", needed=False),
            id_column("total_disagrees", "Disagreements", needed=False),
            id_column("total_passes", "Passes", needed=False),
        ),
        key=("comment_id",),
    ),
    unused=frozenset(
        ["comment", "total_votes"]
        + [
            f"group_{letter}_{tally}"
            for letter in ascii_lowercase
            for tally in ("votes", "agrees", "disagrees", "passes")
        ]
    ),
)


def parts_of(files: Sequence[SourceFile]) -> dict[str, SourceFile]:
    """Give each file of an export by its part.

    Raises `ImportRefused` where the votes or the comments are missing, or a part is there twice: two
    conversations in one folder are two imports.
    """
    found: dict[str, SourceFile] = {}
    for file in files:
        named = _NAME.search(file.name)
        if named is None:
            continue
        part = _NAMES[named.group(1).casefold()]
        if part in found:
            raise ImportRefused(
                f"Two files hold {part}: {found[part].name} and {file.name}.",
                remedy="Import one conversation at a time: name its files, or give each a folder of its own.",
            )
        found[part] = file
    _check_complete(found)
    return found


def file_name(name: str, part: str) -> str:
    """Give the name a file must have to be read as a part: its own where it says so already."""
    named = _NAME.search(name)
    if named is not None and _NAMES[named.group(1).casefold()] == part:
        return name
    stem = name.rpartition(".")[0] or name
    return f"{stem}-{part}.csv"


def _check_complete(found: dict[str, SourceFile]) -> None:
    if not found:
        raise ImportRefused(
            "These are not the files of a Polis export.",
            remedy="Expected votes.csv, comments.csv and, if there are, participants-votes.csv and summary.csv.",
        )
    if VOTES not in found:
        raise ImportRefused(
            "This Polis export has no votes.csv, the file with every vote and its time; nothing was imported."
            + (_MATRIX_IS_NOT_ENOUGH if MATRIX in found else ""),
            remedy="Ask whoever runs the conversation for votes.csv from its report's data export, and import again.",
        )
    if COMMENTS not in found:
        raise ImportRefused(
            "This Polis export has no comments.csv, so its votes cannot be given to statements; nothing was imported.",
            remedy="Add comments.csv of the same export and import again.",
        )
