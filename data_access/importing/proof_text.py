"""The intake proof of an import as a document (Markdown) a person can read, file and sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

_LEDGER: Final = ("table", "file", "rows", "accepted", "duplicate", "quarantined")
_TITLES: Final = {
    "sign": "Which way round the votes are",
    "votes": "Votes",
    "comments_totals": "Totals in the comments file, counted again",
    "participants_votes": "The participants' file, compared cell by cell",
    "group_totals": "Totals in the groups file, counted again",
    "totals_of_each_group": "Totals of each opinion group, counted again",
    "points": "Points by kind",
    "responses": "Responses",
    "answers": "Answers",
}


def proof_document(proof: Mapping[str, Any]) -> str:
    """Give the proof of one import, as `import_proof` gives it, as Markdown.

    What came (files and their hashes), what became of every row, how the votes were read and on which
    evidence, what differs from the supplied totals, what leads nowhere.
    """
    parts = (_heading(proof), _files(proof["files"]), _ledger(proof["ledger"]), _facts(proof["facts"]))
    ends = _ends(proof.get("loose_ends", []))
    return "\n".join(line for part in (*parts, ends, _notices(proof["notices"])) for line in part) + "\n"


def _heading(proof: Mapping[str, Any]) -> Iterator[str]:
    yield f"# Intake proof of import {proof['import']}"
    yield ""
    yield f"- Conversation: {_safe(proof['conversation'])}"
    yield f"- Read as: {proof['adapter']}"
    if "started_at_ms" in proof:
        at = datetime.fromtimestamp(proof["started_at_ms"] / 1000, tz=UTC)
        yield f"- Imported: {at:%-d %B %Y at %H:%M} UTC by {_safe(proof['started_by'])}"
    yield f"- State: {proof['state']}" + (f" on {proof['undone_at'][:10]}" if "undone_at" in proof else "")
    yield f"- Posts nobody had looked at: {'hidden' if proof['strict'] else 'shown'}"
    yield f"- Hash of everything it rests on (SHA-256): `{proof['content_hash']}`"
    yield ""


def _files(files: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "## Files"
    yield ""
    yield from _table(
        ("file", "bytes", "what was done with it", "SHA-256"),
        [(file["name"], file["size"], file["role"], f"`{file['sha256']}`") for file in files],
    )


def _ledger(lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "## What became of every row"
    yield ""
    yield from _table(_LEDGER, [tuple(line[name] for name in _LEDGER) for line in lines])
    sums = {name: sum(line[name] for line in lines) for name in _LEDGER[2:]}
    yield (
        f"{sums['rows']:,} rows = {sums['accepted']:,} accepted + {sums['duplicate']:,} duplicate "
        f"+ {sums['quarantined']:,} set aside."
    )
    yield ""


def _facts(facts: Mapping[str, Any]) -> Iterator[str]:
    for name, told in facts.items():
        yield f"## {_TITLES.get(name, _words(name))}"
        yield ""
        if name == "sign":
            yield from (f"- {line}" for line in sign_lines(told))
        elif isinstance(told, Mapping):
            yield from _told(told)
        else:
            yield f"- {_plain(told)}"
        yield ""


def sign_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """Say which way round votes were read and on which evidence; `told` is the fact 'sign' of a proof."""
    share = told["share_of_ones"]
    yield f"{'Turned round' if told['is_inverted'] else 'Taken as they stand'}. Decided by: {told['rule']}."
    yield (
        f"First votes of authors on their own statements, passes aside: {told['own_agree']:,} were +1 "
        f"and {told['own_disagree']:,} were -1."
    )
    yield (
        f"Statements whose supplied totals fit the votes as they stand: {told['totals_same']:,}; "
        f"turned round: {told['totals_opposite']:,}."
    )
    if share is not None:
        yield f"Share of +1 among the votes that are no pass: {share:.1%} as the file has them."


def _told(told: Mapping[str, Any]) -> Iterator[str]:
    for name, value in told.items():
        if isinstance(value, Mapping):
            examples = value.get("first", [])
            rest = ", ".join(f"{_words(key)} {_plain(one)}" for key, one in value.items() if key != "first")
            yield f"- {_words(name)}: {rest}"
            if examples:
                yield ""
                yield from _table(tuple(examples[0]), [tuple(example.values()) for example in examples])
        else:
            yield f"- {_words(name)}: {_plain(value)}"


def _ends(ends: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not ends:
        return
    yield "## Rows that name something nobody has supplied"
    yield ""
    yield "They are kept and take their place when it arrives."
    yield ""
    yield from _table(tuple(ends[0]), [tuple(end.values()) for end in ends])


def _notices(notices: Sequence[str]) -> Iterator[str]:
    if not notices:
        return
    yield "## What was said at the time"
    yield ""
    yield from (f"- {_safe(notice)}" for notice in notices)


def _table(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(_words(name) for name in heading)} |"
    yield f"|{'---|' * len(heading)}"
    yield from (f"| {' | '.join(_plain(cell) for cell in row)} |" for row in rows)
    yield ""


def _words(name: str) -> str:
    return name.replace("_", " ")


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return ", ".join(map(str, value)) if isinstance(value, list) else _safe(str(value))


def _safe(text: str) -> str:
    """Keep a file's name or a title from ending a cell or a line of the document."""
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
