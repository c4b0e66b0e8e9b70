"""Canaries in the vault: names, rare words and hidden counts that no page, chart, table or file may ever carry."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

DEMO = "look-forward-demo"
# Each stands where a reader must never look: who it was, what was removed, what waits for a person, what came late.
WORDS = {
    "id of a participant": "canary-person-4417",
    "name of a workplace": "Zanzibarquill Infirmary",
    "idea that was removed": "plovergrumble",
    "title of a removed idea": "snipewhistle",
    "idea with an e-mail address": "brambleton.quillfeather",
    "idea with an NHS number": "dotterelmoor",
    "comment with a telephone number": "wheatearbury",
    "comment that was removed": "redshankley",
    "note of a moderator": "godwitterson",
    "feedback with an e-mail address": "curlewthorpe",
}
CONTROL = "kestrelwoodcontrol"  # in an idea that stands: readers see it
# Participants of three elements of a conversation whose threshold is 2,000, none of them the votes of any idea.
HIDDEN, COVER, SHOWN = 1_013, 2_603, 2_719


def write(folder: Path, name: str, header: str, rows: Iterable[Iterable[object]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)


def into_the_demo(folder: Path) -> None:
    """More of the demonstration's conversation, with a canary in every place that is not for readers."""
    person, at = WORDS["id of a participant"], "2021-02-10T10:00:00"
    write(
        folder,
        "participants",
        "participant,participant_type,region,icb,organisation,staff_group",
        [(person, "HR/OD profession", "Midlands", "QK1", WORDS["name of a workplace"], "Administrative and Clerical")],
    )
    voice = "We each have a voice that counts"
    write(
        folder,
        "ideas",
        "idea,author,posted_at,title,text,elements,is_seed",
        [
            (
                "CA1",
                person,
                at,
                f"A {WORDS['title of a removed idea']}",
                f"About {WORDS['idea that was removed']}.",
                voice,
                "no",
            ),
            (
                "CA2",
                person,
                at,
                "Ask me",
                f"Write to {WORDS['idea with an e-mail address']}@example.org about it.",
                voice,
                "no",
            ),
            (
                "CA3",
                person,
                at,
                "My number",
                f"{WORDS['idea with an NHS number']} has the NHS number 943 476 5919.",
                voice,
                "no",
            ),
            ("CA4", person, at, "Walking meetings", f"Hold a {CONTROL} every week.", voice, "no"),
        ],
    )
    write(
        folder,
        "comments",
        "comment,idea,reply_to,author,posted_at,text",
        [
            (
                "CC1",
                "CA4",
                "",
                person,
                at,
                f"Ring {WORDS['comment with a telephone number']} on 07700 900 123 tonight.",
            ),
            ("CC2", "CA4", "", person, at, f"So says {WORDS['comment that was removed']}."),
        ],
    )
    write(
        folder,
        "moderation_log",
        "sequence,happened_at,kind,post_kind,target,reason,note",
        [
            (900001, "2021-02-11T10:00:00", "remove", "idea", "CA1", "off topic", WORDS["note of a moderator"]),
            (900002, "2021-02-11T10:00:00", "remove", "comment", "CC2", "off topic", ""),
        ],
    )
    write(folder, "votes", "participant,idea,cast_at,vote", [(person, "CA4", at, "agree")])
    write(
        folder,
        "feedback",
        "point,session,question,text",
        [
            (
                "CF1",
                "S1",
                "What gets in the way today?",
                f"Ask {WORDS['feedback with an e-mail address']}@example.org.",
            ),
        ],
    )


def another_conversation(folder: Path) -> dict[str, set[int]]:
    """Write a conversation with a threshold of 2,000; give who votes on which idea."""
    voters = {
        "A1": set(range(777)),
        "A2": set(range(300, HIDDEN)),
        "B1": set(range(2_087)),
        "B2": set(range(1_500, COVER)),
        "C1": set(range(2_190)),
        "C2": set(range(900, SHOWN)),
    }
    elements = {"A": "We are always learning", "B": "We work flexibly", "C": "We are a team"}
    write(
        folder,
        "conversation",
        "title,opens_on,closes_on,timezone,threshold,moderation_mode",
        [("A second conversation", "2021-03-01", "2021-03-31", "Europe/London", 2000, "permissive")],
    )
    write(
        folder,
        "ideas",
        "idea,author,posted_at,title,text,elements,is_seed",
        [(idea, "", "2021-03-01T10:00:00", f"Idea {idea}", "Do it.", elements[idea[0]], "yes") for idea in voters],
    )
    write(
        folder,
        "votes",
        "participant,idea,cast_at,vote",
        [
            (f"p{person}", idea, "2021-03-02T10:00:00", "agree")
            for idea, own in voters.items()
            for person in sorted(own)
        ],
    )
    return voters


@pytest.fixture(scope="module")
def sent(
    demo_home: Path, tmp_path_factory: pytest.TempPathFactory, sent_by: Callable[..., dict[str, bytes]]
) -> Mapping[str, bytes]:
    """Everything that the app sends of an installation full of canaries."""
    from dashboard.cli import app, gather

    place = tmp_path_factory.mktemp("canaries")
    home = Path(shutil.copytree(demo_home, place / "home"))
    into_the_demo(place / "more")
    another_conversation(place / "second")
    gather()
    for arguments in (
        ["import", "template", str(place / "more"), "--conversation", DEMO],
        ["import", "template", str(place / "second"), "--conversation", "second"],
        ["publish"],
    ):
        answer = CliRunner().invoke(app, arguments, env={"LOOKFORWARD_HOME": str(home)}, catch_exceptions=False)
        assert answer.exit_code == 0, answer.output
    vault = (home / "vault.db").read_bytes()
    assert [word for name, word in WORDS.items() if name != "id of a participant" and word.encode() not in vault] == []
    return sent_by(home, place / "sent")


def spelled(count: int) -> re.Pattern[bytes]:
    """A number as people, tables and charts write it, on its own; objects of a PDF are numbered, too."""
    return re.compile(rf"(?<![\w.,-]){count // 1000},?{count % 1000:03}(?![\w]|[.,]\d| 0 (?:R|obj)\b)".encode())


@pytest.mark.parametrize("place", sorted(WORDS))
def test_no_word_of_the_vault_is_sent(sent: Mapping[str, bytes], place: str):
    word = WORDS[place].lower().encode()
    assert [name for name, content in sent.items() if word in content.lower()] == []


@pytest.mark.parametrize("count", [HIDDEN, COVER])
def test_no_hidden_count_is_sent(sent: Mapping[str, bytes], count: int):
    own = {name: content for name, content in sent.items() if "conversation=second" in name}
    assert len(own) > 50
    assert [name for name, content in own.items() if spelled(count).search(content)] == []


def test_what_is_released_is_found_so_that_a_leak_would_be(sent: Mapping[str, bytes]):
    """The control: a word of an idea that stands (in files: pages show the first ideas), and a count that is shown."""
    words = [name for name, content in sent.items() if CONTROL.encode() in content]
    counts = [name for name, content in sent.items() if spelled(SHOWN).search(content)]
    assert [name for name in words if "/files/" in name]
    assert [name for name in counts if "/files/" in name]
    assert [name for name in counts if "/files/" not in name]


def test_every_role_and_page_was_looked_at(sent: Mapping[str, bytes]):
    from dashboard.catalogue import all_pages
    from data_access.vocabulary import Role

    for role in Role:
        for found in all_pages():
            assert [name for name in sent if name.startswith(f"{role.value}/{found.page.url}--")], (role, found.page)
    for part in ("region=", "icb=", "staff-group=", "from=", "element="):
        for role in ("leader", "analyst"):
            assert [name for name in sent if name.startswith(f"{role}/") and part in name], (role, part)
