"""What a delivery would do, in the counts and words a person decides by. Nothing is written but the review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import polars as pl
from sqlalchemy import Engine

from dashboard.worker.deliveries import Delivery, Frames, bring, kept_rejects, plan_change, sources, vault_or_stand_in
from dashboard.worker.kind import Work
from data_access.disclosure.personal_details import personal_details
from data_access.importing.bundle import Bundle, FileFact
from data_access.importing.proof_text import sign_lines
from data_access.importing.recognise import Recognised
from data_access.importing.report import ImportReport
from data_access.importing.run import MOST_REFUSED, list_imports
from data_access.importing.storing.conversations import conversation_settings
from data_access.importing.template_tables import Kind, template_table
from data_access.problems import ImportRefused
from data_access.tray.reviews import FileReview, Rejects, Review, TableReview
from data_access.vocabulary import slug

LONDON: Final = ZoneInfo("Europe/London")
# The name a conversation has in a review until somebody gives it one.
UNNAMED: Final = "new-conversation"
_WORDS: Final = {"ideas": ("title", "text"), "comments": ("text",), "feedback": ("text",)}


@dataclass
class Looked:
    """What was seen of a delivery while it was read."""

    bundle: Bundle | None = None
    rejects: tuple[Rejects, ...] = ()


def review(work: Work, delivery: Delivery) -> Review:
    """Check a delivery against the vault and say what importing it would do, or why it cannot be imported."""
    looked = Looked()
    blank = Review(delivery.token, "", delivery.conversation, False, delivery.options, work.clock().isoformat())
    try:
        known, paths = sources(work.settings.home, delivery)
    except ImportRefused as problem:
        return _refused(blank, problem)
    blank = replace(blank, adapter=known.adapter, notices=_strange(known))
    if known.needs_session and not delivery.session:
        return replace(blank, asks=("session",), refusal=_SESSION)
    with vault_or_stand_in(work.settings.vault_url) as engine:
        target, is_new = _target(engine, known.adapter, delivery.conversation)
        blank = replace(blank, conversation=target, is_new_conversation=is_new)
        meant = replace(delivery, conversation=target or UNNAMED)

        def keep(rejected: Frames) -> None:
            looked.rejects = kept_rejects(work.settings.home, delivery.token, rejected)

        def look(bundle: Bundle) -> None:
            looked.bundle = bundle

        try:
            report = bring(
                work, engine, meant, adapter=known.adapter, paths=paths, started_by=work.job.asked_by,
                check_only=True, look=look, keep_rejects=keep,
            )  # fmt: skip
        except ImportRefused as problem:
            return _refused(_seen(blank, looked), problem)
        own = _own_title(looked.bundle)
        if not delivery.conversation and own and target and own != _title_of(engine, target):
            return replace(
                _seen(replace(blank, conversation=slug(own)), looked), asks=("conversation",), refusal=_OTHER
            )
        earlier = _earlier(engine, report, meant)
    return _told(_seen(blank, looked), report, plan=_plan(work, report), repeats=earlier)


_OTHER: Final = (
    "They bring a conversation of another title than the one this source last went to. Say below which they belong to."
)
_SESSION: Final = "These say what people noted in a session, but not in which. Say which session they belong to."


def _refused(blank: Review, problem: ImportRefused) -> Review:
    text = " ".join(part for part in (problem.headline, problem.remedy) if part)
    asks = ("dates",) if any(fault.code == "F23" and not fault.row for fault in problem.faults) else ()
    return replace(blank, refusal=text, faults=problem.faults, fault_count=len(problem.faults), asks=asks)


def _seen(blank: Review, looked: Looked) -> Review:
    """Add what reading showed: files with their days, people, wordings that seem to hold personal details."""
    if looked.bundle is None:
        return blank
    bundle = looked.bundle
    conversation = blank.conversation or slug(_own_title(bundle))
    return replace(
        blank,
        conversation=conversation,
        asks=() if blank.conversation else ("conversation",),
        files=tuple(_file(fact, bundle) for fact in bundle.files),
        people=_people(bundle),
        details=_details(bundle),
        rejects=looked.rejects,
    )


def _told(seen: Review, report: ImportReport, *, plan: tuple[str, ...], repeats: int) -> Review:
    lines = tuple(
        TableReview(one.file, one.table, one.rows, one.new, one.changed, one.unchanged, one.repeated, one.quarantined)
        for one in report.ledger
    )
    facts = report.proof.get("facts", {})
    sign: Mapping[str, Any] | None = facts.get("sign") if isinstance(facts, Mapping) else None
    return replace(
        seen,
        tables=lines,
        faults=report.faults,
        fault_count=len(report.faults),
        notices=(*seen.notices, *report.notices),
        evidence=tuple(sign_lines(sign)) if sign else (),
        plan=plan,
        needs_second_person=any(line.quarantined > MOST_REFUSED * line.rows for line in lines),
        repeats=repeats,
    )


def _target(engine: Engine, adapter: str, asked: str) -> tuple[str, bool]:
    """Give the conversation meant, and whether it is new: the one named, else the one this source last went to."""
    imports = list_imports(engine)
    if asked:
        key = slug(asked)
        return key, key not in {one.conversation for one in imports}
    like = [one.conversation for one in imports if one.adapter == adapter and one.state == "committed"]
    return (like[0], False) if like else ("", True)


def _earlier(engine: Engine, report: ImportReport, meant: Delivery) -> int:
    """Give the number of the newest import of the conversation where nothing here is new or changed; 0 else."""
    if not report.ledger or any(line.accepted or line.quarantined for line in report.ledger):
        return 0
    own = [one.number for one in list_imports(engine) if one.conversation == meant.conversation]
    return own[0] if own else 0


def _plan(work: Work, report: ImportReport) -> tuple[str, ...]:
    if not report.desk_frames:
        return ()
    return tuple(plan_change(work, report.desk_frames, work.job.asked_by).lines())


def _strange(known: Recognised) -> tuple[str, ...]:
    return tuple(
        f"{file} looks like a file of {source}; it is left out here. Send it by itself."
        for file, source in known.strangers.items()
    )


def _own_title(bundle: Bundle | None) -> str:
    """Give the title a delivery brings for its conversation, '' where it brings none."""
    if bundle is None or "conversation" not in bundle.tables:
        return bundle.title if bundle is not None else ""
    titles = bundle.tables["conversation"].frame["title"].drop_nulls()
    return str(titles[0]) if titles.len() else bundle.title


def _title_of(engine: Engine, conversation: str) -> str:
    with engine.connect() as connection:
        known = conversation_settings(connection, conversation)
    return str(known["title"] or "") if known else ""


def _file(fact: FileFact, bundle: Bundle) -> FileReview:
    own = [table for table in bundle.tables.values() if table.file.partition(" [")[0] == fact.name]
    moments = [
        table.frame[column.name].drop_nulls()
        for table in own
        for column in template_table(table.table).columns
        if column.kind is Kind.MOMENT
    ]
    all_of_them = pl.concat(moments).to_list() if moments else []
    days = (_day(min(all_of_them)), _day(max(all_of_them))) if all_of_them else ("", "")
    return FileReview(fact.name, fact.size, fact.role, *days)


def _day(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC).astimezone(LONDON).date().isoformat()


def _people(bundle: Bundle) -> int:
    named = [
        table.frame[column.name].cast(pl.String)
        for table in bundle.tables.values()
        for column in template_table(table.table).columns
        if column.is_person
    ]
    return pl.concat(named).drop_nulls().n_unique() if named else 0


def _details(bundle: Bundle) -> dict[str, int]:
    counted = {
        name: sum(_holds_details(wordings) for wordings in bundle.tables[name].frame.select(columns).iter_rows())
        for name, columns in _WORDS.items()
        if name in bundle.tables
    }
    return {name: count for name, count in counted.items() if count}


def _holds_details(wordings: Iterable[str | None]) -> bool:
    return any(personal_details(wording) for wording in wordings if wording)
