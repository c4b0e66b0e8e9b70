"""Polis exports: the legacy exporter's, its columns of July 2023, and the newer exporter's.

Everything is counted again from votes.csv; totals the export gives are compared and the differences kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

import polars as pl

from data_access.importing.adapters._polis_compare import (
    group_differences,
    latest_votes,
    matrix_differences,
    totals_differences,
)
from data_access.importing.adapters._polis_files import (
    COMMENTS,
    COMMENTS_FORM,
    GROUPS,
    GROUPS_FORM,
    MATRIX,
    MATRIX_FORM,
    ROLES,
    SUMMARY,
    VOTES,
    VOTES_FORM,
    file_name,
    parts_of,
)
from data_access.importing.adapters._polis_sign import Sign, sign
from data_access.importing.bundle import Adapter, Bundle, FileFact, ReadOptions, as_table
from data_access.importing.checking.rows import Checked, Form, check_rows
from data_access.importing.reading import child
from data_access.importing.reading.apart import Answer, Wanted, read_apart
from data_access.importing.reading.source_files import SourceFile, source_files
from data_access.importing.reading.text_table import ROW, TextTable
from data_access.problems import ImportRefused
from data_access.vocabulary import VOTE_VALUES

_FORMS: Final[Mapping[str, Form]] = {
    VOTES: VOTES_FORM,
    COMMENTS: COMMENTS_FORM,
    MATRIX: MATRIX_FORM,
    GROUPS: GROUPS_FORM,
}
_VOTE_WORDS: Final = {value: str(word) for word, value in VOTE_VALUES.items()}
_TURNED: Final = (
    "{file} is the wrong way round (-1 was agreement): {minus:,} authors voted -1 on their own statement, "
    "{plus:,} voted +1; the rule that decided: {rule}. The votes were turned round."
)


def read(paths: Sequence[Path], options: ReadOptions) -> Bundle:
    """Read one Polis export, a folder or its files.

    Raises `ImportRefused` with every fault of whole files: what cannot be read cannot be compared.
    """
    found = source_files(paths)
    parts = parts_of(found)
    answers = _answers(parts)
    texts = _text_tables(answers)
    checked = {part: check_rows(text, _FORMS[part], options.setting) for part, text in texts.items()}
    votes = _votes(checked[VOTES].frame)
    comments = checked[COMMENTS].frame
    verdict = sign(votes, comments, _totals(comments))
    votes = votes.with_columns(value=-pl.col("value")) if verdict.is_inverted else votes
    tables = {"ideas": _ideas(checked[COMMENTS]), "votes": _cast(checked[VOTES], votes, verdict)}
    if MATRIX in checked:
        tables["participants"] = _participants(checked[MATRIX])
    return Bundle(
        tables=tables,
        files=tuple(_fact(file, parts) for file in found),
        title=_title(answers),
        notices=(
            *(notice for one in answers.values() for notice in one.notices),
            *_sign_notice(verdict, checked[VOTES].file),
        ),
        facts=_facts(votes, checked, texts, verdict),
    )


def _fact(file: SourceFile, parts: Mapping[str, SourceFile]) -> FileFact:
    part = next((part for part, one in parts.items() if one is file), None)
    return FileFact(file.name, file.sha256, len(file.data), ROLES[part] if part else "not used")


def _answers(parts: Mapping[str, SourceFile]) -> dict[str, Answer]:
    """Read the files that are read at all, in one go. summary.csv has a name and a value a row and no header."""
    wanted = {part: Wanted(parts[part], child.TABLE, form.known) for part, form in _FORMS.items() if part in parts}
    if SUMMARY in parts:
        wanted[SUMMARY] = Wanted(parts[SUMMARY], child.PAIRS)
    return dict(zip(wanted, read_apart(list(wanted.values())), strict=True))


def _text_tables(answers: Mapping[str, Answer]) -> dict[str, TextTable]:
    faults = [fault for part, answer in answers.items() if part != SUMMARY for fault in answer.faults]
    if faults:
        raise ImportRefused("The export cannot be read; nothing was imported.", faults)
    return {part: answer.table for part, answer in answers.items() if answer.table is not None}


def _votes(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(value=pl.col("vote").cast(pl.Int64))


def _totals(comments: pl.DataFrame) -> pl.DataFrame:
    return comments.select(
        "comment_id", pl.col("agrees").cast(pl.Int64, strict=False), pl.col("disagrees").cast(pl.Int64, strict=False)
    )


_IDEA_COLUMNS: Final = {"idea": "comment_id", "author": "author_id", "posted_at": "timestamp", "text": "comment_body"}
_VOTE_COLUMNS: Final = {"participant": "voter_id", "idea": "comment_id", "cast_at": "timestamp", "vote": "vote"}


def _ideas(checked: Checked) -> Checked:
    frame = checked.frame.select(
        ROW,
        *(pl.col(theirs).alias(ours) for ours, theirs in _IDEA_COLUMNS.items()),
        is_seed=pl.col("is_seed") == "true",
        is_meta=pl.col("is_meta") == "true",
        moderated=pl.col("moderated").cast(pl.Int64),
    )
    words = {"is_seed": {"true": "yes", "false": "no"}}
    return as_table(checked, "ideas", frame, _IDEA_COLUMNS | {"is_seed": "is_seed"}, words)


def _cast(checked: Checked, votes: pl.DataFrame, verdict: Sign) -> Checked:
    words = pl.col("value").replace_strict(_VOTE_WORDS, return_dtype=pl.String)
    frame = votes.select(ROW, participant="voter_id", idea="comment_id", cast_at="timestamp", vote=words)
    turn = -1 if verdict.is_inverted else 1
    meaning = {str(value): _VOTE_WORDS[turn * value] for value in _VOTE_WORDS}
    return as_table(checked, "votes", frame, _VOTE_COLUMNS, {"vote": meaning})


def _participants(checked: Checked) -> Checked:
    frame = checked.frame.select(ROW, participant="participant", opinion_group="group_id")
    # The statements are columns of this file; which of them were not read is no news.
    return replace(as_table(checked, "participants", frame, {"participant": "participant"}), notices=())


def _matrix_cells(text: TextTable) -> pl.DataFrame:
    """Give the cells of the matrix that hold a vote: participant, comment_id, value."""
    statements = [name for name in text.frame.columns if name.isdecimal()]
    return (
        text.frame.select("participant", *statements)
        .unpivot(index="participant", variable_name="comment_id", value_name="value")
        .with_columns(pl.col("participant").str.strip_chars(), pl.col("value").cast(pl.Int64, strict=False))
        .drop_nulls()
    )


def _facts(
    votes: pl.DataFrame, checked: Mapping[str, Checked], texts: Mapping[str, TextTable], verdict: Sign
) -> dict[str, object]:
    latest = latest_votes(votes)
    comments = checked[COMMENTS].frame
    unknown = votes.join(comments, on="comment_id", how="anti")
    facts: dict[str, object] = {
        "sign": asdict(verdict),
        "votes": {
            "events": votes.height,
            "latest": latest.height,
            "changed_their_mind": votes.height - latest.height,
            "on_unknown_ideas": unknown.height,
        },
        "comments_totals": totals_differences(votes, _totals(comments), checked[COMMENTS].file),
    }
    if MATRIX in texts:
        facts["participants_votes"] = matrix_differences(
            latest, _matrix_cells(texts[MATRIX]), checked[MATRIX].file, is_inverted=verdict.is_inverted
        )
    if GROUPS in checked:
        supplied = checked[GROUPS]
        facts["group_totals"] = totals_differences(votes, _group_totals(supplied.frame), supplied.file)
        if MATRIX in checked:
            facts["totals_of_each_group"] = group_differences(latest, checked[MATRIX].frame, texts[GROUPS])
    return facts


def _group_totals(groups: pl.DataFrame) -> pl.DataFrame:
    numbers = {name: pl.col(f"total_{name}").cast(pl.Int64, strict=False) for name in ("agrees", "disagrees", "passes")}
    return groups.select("comment_id", **numbers)


def _sign_notice(verdict: Sign, file: str) -> list[str]:
    if verdict.is_inverted:
        return [_TURNED.format(file=file, minus=verdict.own_disagree, plus=verdict.own_agree, rule=verdict.rule)]
    if verdict.rule.startswith("as documented"):
        return [f"{file}: too few authors voted on their own statements to check which way round the votes are."]
    return []


def _title(answers: Mapping[str, Answer]) -> str:
    pairs = answers[SUMMARY].lines.rows() if SUMMARY in answers else []
    return next((value.strip() for _, name, value in pairs if name.strip().casefold() == "topic"), "")


ADAPTER = Adapter(
    "polis",
    "A Polis export: votes.csv, comments.csv, participants-votes.csv, summary.csv",
    read,
    _FORMS,
    named=file_name,
)
