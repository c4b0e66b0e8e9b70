"""Five hundred markers planted wherever an installation keeps what people wrote, and a search of every byte for them.

The search shares no code with what deletes: it reads raw bytes, unpacks ZIP containers and reads Parquet.
"""

from __future__ import annotations

import gc
import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
from sqlalchemy import make_url

from data_access.desk.engine import open_desk
from data_access.desk.text_decisions import Decision, WordingName, decide_wordings
from data_access.disclosure.text_decisions import wording_hash
from data_access.importing.rejects import write_rejects
from data_access.importing.run import import_files
from data_access.progress import silent
from data_access.publishing.publish import publish
from data_access.retention.sweep import remember_rejects
from data_access.settings import Settings
from data_access.vault.backup import back_up
from data_access.vault.engine import open_vault

KEY = "talk"
NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)
MARKER = re.compile(rb"qzx\d{4}vkj")
ERASED, STAYING = range(150), range(150, 200)
"""Numbers of markers that are platform ids: of people who ask to be erased, and of people who do not."""


def marker(number: int) -> str:
    """Give a marker: a word no checker flags and nobody writes."""
    return f"qzx{number:04d}vkj"


ALL = frozenset(marker(number).encode() for number in range(500))


def plant(settings: Settings, temp: Path) -> None:
    """Import, publish twice, decide, upload, review, back up, snapshot and export: each place gets its markers."""
    folder = settings.home.parent / "source"
    folder.mkdir()
    for name, content in _files().items():
        (folder / name).write_text(content, encoding="utf-8")
    engine = open_vault(settings.vault_url)
    _bring(settings, engine, folder)
    for day in (0, 1):
        publish(
            engine=engine,
            releases_folder=settings.releases_folder,
            keys_folder=settings.keys_folder,
            now=NOON + timedelta(days=day),
            progress=silent,
            is_forced=True,
        )
    back_up(engine, "an older schema")
    engine.dispose()
    _decide(settings)
    _beside(settings, temp)
    # What is at hand goes in deletes its sources: in use they lie on somebody's own computer.
    for path in folder.iterdir():
        path.unlink()


def _bring(settings: Settings, engine: object, folder: Path) -> None:
    def keep(rejected: object) -> None:
        files = write_rejects(rejected, settings.home / "rejects.csv")  # type: ignore[arg-type]  # frames by table
        remember_rejects(settings.home, files)

    import_files(
        engine=engine,  # type: ignore[arg-type]  # an Engine
        keys_folder=settings.keys_folder,
        adapter="template",
        paths=[folder],
        conversation=KEY,
        allow_refused=True,
        accept_many=True,
        started_by="a test",
        now=NOON,
        progress=silent,
        keep_rejects=keep,
    )


def _files() -> dict[str, str]:
    """Write the template's tables: people are markers 0-199, words of theirs 200-449."""
    people = [marker(number) for number in (*ERASED, *STAYING)]
    votes = "".join(f"{one},i{place % 50},agree,2022-02-03T09:00\n" for place, one in enumerate(people))
    ideas = "".join(
        f"i{place},{marker(place)},2022-02-01T09:00,Idea {place},We need {marker(200 + place)} here\n"
        for place in range(50)
    )
    comments = "".join(
        f"c{place},i{place},{marker(50 + place)},2022-02-02T09:00,So say I {marker(250 + place)}\n"
        for place in range(50)
    )
    # People who stay: what they wrote is flagged, so that no release has it and only a purge can take it.
    flagged = "".join(
        f"d{place},i{place},{marker(150 + place)},2022-02-02T09:00,Ring 07700 900123 for {marker(300 + place)}\n"
        for place in range(50)
    )
    log = "".join(
        f"{place + 1},2022-02-10T09:00,retitle,idea,i{place},,,,Idea {place},Words {marker(350 + place)},,\n"
        for place in range(25)
    ) + "".join(
        f"{place + 1},2022-02-11T09:00,remove,comment,c{place},,,,,,off topic,Said to {marker(350 + place)}\n"
        for place in range(25, 50)
    )
    notes = "".join(f"f{place},s1,What helps?,Ring 07700 900123 or {marker(400 + place)}\n" for place in range(50))
    faulty = "".join(f"x{place},i1,{marker(450 + place)},yesterday,Bad\n" for place in range(10))
    return {
        "ideas.csv": "idea,author,posted_at,title,text\n" + ideas,
        "votes.csv": "participant,idea,vote,cast_at\n" + votes,
        "comments.csv": "comment,idea,author,posted_at,text\n" + comments + flagged + faulty,
        "moderation_log.csv": "sequence,happened_at,kind,post_kind,target,sources,parts,inherits,title,text,reason,"
        "note\n" + log,
        "sessions.csv": "session,kind,title,element,held_on,key_themes\n"
        f"s1,big conversation,A talk,,2022-02-05,Ring 07700 900123 or {marker(460)}\n",
        "feedback.csv": "point,session,question,text\n" + notes,
        "participants.csv": "participant,organisation\n"
        + "".join(f"{marker(150 + place)},Ward of {marker(461 + place)}\n" for place in range(9)),
    }


def _decide(settings: Settings) -> None:
    """Name a flagged wording on the desk: by its hash."""
    names = [WordingName(KEY, "comment", "d1", wording_hash("", f"Ring 07700 900123 for {marker(301)}"))]
    with open_desk(settings.desk_url).begin() as connection:
        decide_wordings(connection, names, Decision.KEEP_BACK, by="a test", now=NOON)


def _beside(settings: Settings, temp: Path) -> None:
    """Fill the rooms beside the vault: numbers 470-499, and copies of released wording of people to be erased."""
    token = "0" * 32
    said = f"We need {marker(202)} here"
    write(settings.home / "inbox" / token / "votes.csv", f"participant\n{marker(470)}\n{marker(471)}\n")
    write(settings.home / "inbox" / token / "Forms.xlsx", zipped({"sheet1.xml": f"<t>{marker(472)}</t>"}))
    write(settings.home / "tray" / token / "review.json", f'{{"words": "{marker(473)}"}}')
    write(settings.home / "tray" / token / "rejects-votes.csv", marker(474))
    for number in range(475, 490):
        write(settings.home / "tray" / f"{number:032d}" / "flagged.json", marker(number))
    for number in range(490, 498):
        write(settings.home / "inbox" / f"{number:032d}" / "export.csv", marker(number))
    left = temp / "lookforward-abcd1234"
    write(left / "copy.csv", f"{marker(498)} {marker(499)}")
    os.utime(left, (0, 0))
    write(settings.home / "snapshots" / "0001" / "ideas.csv", f"idea,wording\n2,{said}\n")
    write(
        settings.home / "snapshots" / "0001" / "board.pptx", zipped({"slide1.xml": said.replace(" ", "</a:t><a:t> ")})
    )
    write(settings.home / "snapshots" / "0001" / "board.pdf", b"%PDF-1.7 glyphs")
    write(settings.home / "snapshots" / "0001" / "votes.csv", "idea,agree\n2,13\n")
    write(settings.home / "exports" / "pack.zip", zipped({"ideas.xlsx": zipped({"sheet.xml": said})}))


def write(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def zipped(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def found(folders: Iterable[Path]) -> dict[bytes, set[str]]:
    """Give every marker that is in any byte of any file, with the files it is in."""
    gc.collect()  # a database that nobody holds any more closes now, and not while its files are looked through
    hits: dict[bytes, set[str]] = {}
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            for content in contents(path.read_bytes()):
                for hit in set(MARKER.findall(content)):
                    hits.setdefault(hit, set()).add(path.name)
    return hits


def contents(raw: bytes) -> Iterator[bytes]:
    """Give the bytes, and those of whatever is packed in them."""
    yield raw
    if raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for name in packed.namelist():
                yield from contents(packed.read(name))
    if raw[:4] == b"PAR1":
        frame = pl.read_parquet(io.BytesIO(raw))
        yield "\n".join(text for column in frame.select(pl.col(pl.String)) for text in column.drop_nulls()).encode()
    if b"</" in raw:
        yield re.sub(rb"<[^<>]*>", b"", raw)


def vault_folder(settings: Settings) -> Path:
    """Give the folder of an SQLite vault."""
    return Path(str(make_url(settings.vault_url).database)).parent
