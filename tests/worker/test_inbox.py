"""What comes into the inbox: harmless names, limits, and nothing that opens a file before the child process does."""

from __future__ import annotations

import io
import stat
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.desk.jobs import JobState
from data_access.problems import BadSelection, ImportRefused
from data_access.tray import inbox
from data_access.tray.inbox import delivered, receive, safe_name
from data_access.tray.places import INBOX, KEPT_FOR, TRAY, place, sweep
from data_access.tray.reviews import file_of, keep_file, review_of

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("votes.csv", "votes.csv"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\ann\week 47 (2).csv", "week-47-2-.csv"),
        ("con.csv", "file-con.csv"),
        ("LPT1", "file-LPT1"),
        (".hidden", "hidden"),
        ("...", "file"),
        ("", "file"),
        ("a\0b\n<script>.csv", "a-b-script-.csv"),
        ("é" * 300 + ".csv", "é" * 76 + ".csv"),
    ],
)
def test_a_name_becomes_one_harmless_part_of_a_path(name: str, kept: str):
    assert safe_name(name) == kept


@given(st.text())
def test_no_name_leaves_its_folder_or_hides_in_it(name: str):
    kept = safe_name(name)
    assert (Path("/in") / kept).parent == Path("/in")
    assert 0 < len(kept) <= inbox.LONGEST_NAME + len("file-")
    assert not kept.startswith((".", "~$"))


def files(*names: str, data: bytes = b"x") -> list[tuple[str, io.BytesIO]]:
    return [(name, io.BytesIO(data)) for name in names]


def test_files_lie_in_a_folder_of_their_own_for_their_owner_only(tmp_path: Path):
    receive(tmp_path, TOKEN, files("../votes.csv", "votes.csv"))
    assert [path.name for path in delivered(tmp_path, TOKEN)] == ["2-votes.csv", "votes.csv"]
    for path in (tmp_path / INBOX, tmp_path / INBOX / TOKEN):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in delivered(tmp_path, TOKEN)} == {0o600}


@pytest.mark.parametrize("token", ["", "..", "../" + "a" * 29, "A" * 32, "a" * 33, "a" * 31 + "/"])
def test_a_token_that_is_none_names_no_folder(tmp_path: Path, token: str):
    for room in (INBOX, TRAY):
        with pytest.raises(BadSelection):
            place(tmp_path, room, token)


def test_a_file_over_the_limit_is_refused_and_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(inbox, "MOST_BYTES", 10)
    with pytest.raises(ImportRefused, match=r"large.csv is larger"):
        receive(tmp_path, TOKEN, [*files("small.csv"), *files("large.csv", data=b"x" * 11)])
    assert list((tmp_path / INBOX).iterdir()) == []


def test_too_many_files_at_once_are_refused(tmp_path: Path):
    with pytest.raises(ImportRefused, match="Between 1 and 40"):
        receive(tmp_path, TOKEN, files(*(f"{number}.csv" for number in range(41))))
    with pytest.raises(ImportRefused, match="these are 0"):
        receive(tmp_path, TOKEN, [])


def test_a_file_of_the_tray_is_named_by_its_last_part_only(tmp_path: Path):
    keep_file(tmp_path, TOKEN, "../../../rejects.csv", b"x")
    assert [path.relative_to(tmp_path).parts for path in tmp_path.rglob("*.csv")] == [(TRAY, TOKEN, "rejects.csv")]
    assert file_of(tmp_path, TOKEN, "/etc/rejects.csv") == b"x"


def test_only_what_is_older_than_a_day_is_swept(tmp_path: Path):
    receive(tmp_path, TOKEN, files("votes.csv"))
    now = datetime.now(UTC)
    assert sweep(tmp_path, now) == 0
    assert sweep(tmp_path, now + KEPT_FOR * 1.01) == 1
    assert list((tmp_path / INBOX).iterdir()) == []


def bomb() -> bytes:
    """A workbook of 60 kB whose one sheet unpacks to 60 MB."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("votes.xlsx", bomb(), "unpack to far more"),
        ("votes.csv", b"PK\x03\x04" + b"\0" * 100, "text in columns"),
        ("votes.xlsx", b"<html><table><tr><td>participant</td></tr></table></html>", "XLSX or ODS"),
        ("votes.csv", b"<html><body>participant,idea,cast_at,vote</body></html>\n", ""),
        ("run.exe", b"MZ\x90\0", ""),
        ("votes.csv", b"participant,idea\0\0\0" * 9, ""),
    ],
)
def test_bombs_and_files_of_another_kind_are_findings_and_the_worker_lives(send, do, home, name, data, says):  # noqa: PLR0917
    token = send({name: data})
    assert do("preview import", token=token).state is JobState.DONE
    found = review_of(home, token)
    told = found.refusal + " ".join(fault.line() for fault in found.faults)
    assert found.refusal
    assert says in told
    assert not (home / "vault.db").exists()
