"""Faults of machines, files and clocks, each met by an import from end to end (ids as in the fault table)."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from sqlalchemy import Engine

from data_access.importing.checking.moments import DayOrder
from data_access.importing.reading import apart, child
from data_access.importing.reading.apart import Wanted, read_apart
from data_access.importing.reading.delimited import read_delimited
from data_access.importing.reading.records import LAST_ROW_OF_EXCEL
from data_access.importing.reading.source_files import SourceFile
from data_access.importing.reading.text_table import TextTable
from data_access.importing.reading.workbook import Sheet, sheet_table
from data_access.importing.reading.workbook_limits import workbook_fault
from data_access.importing.run import import_files, list_imports
from data_access.problems import ImportRefused
from data_access.progress import silent
from data_access.vault import reading
from tests import databases
from tests.vault.visibility import seen_while_importing

IDEAS = "idea,posted_at,text\nA,2022-03-01T09:00,One\nB,2022-03-01T09:05,Two\n"
NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)
KNOWN = frozenset({"idea", "text", "posted_at"})


def source(data: bytes, name: str = "ideas.csv") -> SourceFile:
    return SourceFile(name, data, "")


# --- machines

_IMPORT = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from data_access.importing.run import import_files
from data_access.problems import UserProblem
from data_access.progress import silent
from data_access.vault.engine import open_vault

url, home, bundle = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
key, most_bytes = sys.argv[4], int(sys.argv[5])
engine = open_vault(url)
if most_bytes:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
try:
    report = import_files(
        engine=engine, keys_folder=home / "keys", adapter="polis", paths=[bundle], conversation=key,
        started_by="a test", now=datetime.now(UTC), progress=silent,
    )
    print(report.number, report.was_already_imported)
except UserProblem as problem:
    print(problem)
    sys.exit(problem.exit_code)
"""


def importing(vault: Engine, home: Path, bundle: Path, key: str, most_bytes: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _IMPORT, databases.address(vault), str(home), str(bundle), key, str(most_bytes)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@databases.on_files
def test_f02_a_full_disk_is_told_and_nothing_is_changed(vault, contents, tmp_path: Path, polis_data: Path):
    """A limit on the size of files stands in for the disk: the vault may grow to 400 KB, the import needs more."""
    process = importing(vault, tmp_path / "home", polis_data / "scoop-hivemind.ubi", "talk", most_bytes=400_000)
    said, complaint = process.communicate(timeout=120)
    assert process.returncode == 8, complaint
    assert "Nothing was changed" in said
    assert databases.is_sound(vault)
    assert {table: len(there) for table, there in contents().items()} == dict.fromkeys(contents(), 0)
    assert list_imports(vault) == ()


def test_f03_text_is_read_in_a_child_that_dies_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Given too little memory the child ends; the parent names the file and goes on with the others."""
    wanted = [Wanted(source(IDEAS.encode(), "small.csv"), child.TABLE, KNOWN)]
    big = "idea,text\nx," + "y" * 40_000_000 + "\n"
    wanted.append(Wanted(source(big.encode(), "big.csv"), child.TABLE, KNOWN))
    small_child = Path(child.__file__).read_text().replace("2 << 30", "64 << 20")
    own = tmp_path / "small_child.py"
    own.write_text(small_child)
    monkeypatch.setattr(apart.child, "__file__", str(own))
    small, large = read_apart(wanted)
    assert small.table is not None
    assert small.table.frame["idea"].to_list() == ["A", "B"]
    assert [(fault.code, fault.shape) for fault in large.faults] == [("F03", "cannot be read within its limits")]


def test_f03_text_that_takes_too_long_is_stopped():
    (answer,) = read_apart([Wanted(source(IDEAS.encode()), child.TABLE, KNOWN)], seconds=0)
    assert [(fault.code, fault.shape) for fault in answer.faults] == [("F03", "takes too long to read")]


def test_f03_a_file_of_any_size_is_not_even_read(bring, tmp_path: Path):
    with (tmp_path / "ideas.csv").open("wb") as huge:
        huge.truncate(500_000_001)
    with pytest.raises(ImportRefused, match="larger than 500 MB"):
        bring("template", tmp_path / "ideas.csv")


def test_f04_imports_at_once_wait_for_each_other(vault, rows, tmp_path: Path, polis_data: Path):
    """Four processes, two conversations, the same files: each conversation has them once."""
    bundle = polis_data / "london.youth.policing"
    processes = [importing(vault, tmp_path / "home", bundle, key) for key in ("one", "two", "one", "two")]
    answers = [process.communicate(timeout=240) for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, answers
    assert sorted(said.split()[1] for said, _ in answers) == ["False", "False", "True", "True"]
    assert rows("SELECT count(*), count(DISTINCT conversation_id) FROM import_run") == [(2, 2)]
    assert rows("SELECT count(*) FROM vote") == [(2 * 640,)]


def test_f05_a_reader_sees_one_moment_whatever_is_imported_meanwhile(bring, files, vault):
    bring("template", files({"ideas.csv": IDEAS}))
    with reading.snapshot(vault) as before:
        (conversation,) = reading.conversations(before)["id"]
        assert reading.ideas(before, conversation)["text"].to_list() == ["One", "Two"]
        bring("template", files({"ideas.csv": IDEAS.replace("Two", "Other words")}))
        assert reading.ideas(before, conversation)["text"].to_list() == ["One", "Two"]
        assert reading.imports(before).height == 1
    with reading.snapshot(vault) as after:
        assert reading.ideas(after, conversation)["text"].to_list() == ["One", "Other words"]


# --- dates and numbers


def day(milliseconds: int) -> date:
    return datetime.fromtimestamp(milliseconds / 1000, ZoneInfo("Europe/London")).date()


def test_f23_a_column_of_dates_that_may_be_read_two_ways_asks_once(bring, files, rows):
    votes = "participant,idea,cast_at,vote\n" + "".join(f"p{n},A,0{n}/04/2022,agree\n" for n in range(1, 9))
    with pytest.raises(ImportRefused) as refused:
        bring("template", files({"votes.csv": votes}), allow_refused=True, accept_many=True)
    (fault,) = refused.value.faults
    assert (fault.row, fault.column, fault.code) == (0, "cast_at", "F23")
    assert fault.remedy == "say --dates uk (day first) or --dates us (month first)"
    bring("template", files({"votes.csv": votes}), dates=DayOrder.UK)
    moments = rows("SELECT DISTINCT cast_at_ms FROM vote ORDER BY 1")
    assert [day(moment) for (moment,) in moments] == [date(2022, 4, n) for n in range(1, 9)]


def test_f23_the_other_answer_gives_the_other_days(bring, files, rows):
    bring("template", files({"ideas.csv": "idea,posted_at,text\nA,03/04/2022,x\n"}), dates=DayOrder.US)
    ((moment,),) = rows("SELECT posted_at_ms FROM idea_version")
    assert day(moment) == date(2022, 3, 4)


WINDOW = "title,opens_on,closes_on\nTalk,2022-02-01,2022-02-28\n"


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("44593", True),  # 1 February 2022
        ("44593.5", True),
        ("44960", True),  # 3 February 2023: within a year of the end
        ("46000", False),  # 2025
        ("1643710000", True),  # 1 February 2022
        ("1643710000000", True),
        ("1403054214", False),  # 2014
        ("2014-06-18", True),  # written out, nobody can mistake it
    ],
)
def test_f24_numbers_are_times_only_near_the_conversation(written: str, is_read: bool, bring, files):
    ideas = f"idea,posted_at,text\nA,{written},x\n"
    report = bring("template", files({"conversation.csv": WINDOW, "ideas.csv": ideas}), check_only=True)
    assert [fault.code for fault in report.faults] == ([] if is_read else ["F24"])


def test_f24_the_window_of_an_earlier_import_holds_for_later_files(bring, files):
    bring("template", files({"conversation.csv": WINDOW}, "first"), conversation="talk")
    late = files({"ideas.csv": "idea,posted_at,text\nA,1403054214,x\n"}, "second")
    assert [fault.code for fault in bring("template", late, conversation="talk", check_only=True).faults] == ["F24"]


@pytest.mark.parametrize(("is_1904", "serial"), [(False, 44624.4375), (True, 43162.4375)])
def test_f26_day_numbers_are_counted_from_where_the_workbook_counts(
    is_1904: bool, serial: float, bring, rows, tmp_path
):
    """4 March 2022, 10:30, as a cell of dates and as a bare number."""
    with xlsxwriter.Workbook(tmp_path / "ideas.xlsx", {"date_1904": is_1904}) as book:
        sheet = book.add_worksheet("ideas")
        sheet.write_row(0, 0, ["idea", "posted_at", "text"])
        sheet.write_row(1, 0, ["A", serial, "as a number"])
        sheet.write_row(2, 0, ["B", "", "as a date"])
        at = datetime(2022, 3, 4, 10, 30)  # noqa: DTZ001 - cells have no zone
        sheet.write_datetime(2, 1, at, book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
    report = bring("template", tmp_path / "ideas.xlsx")
    assert rows("SELECT DISTINCT posted_at_ms FROM idea_version") == [(1_646_389_800_000,)]
    assert any("counts days from 1904" in notice for notice in report.notices) is is_1904


def test_f42_a_clock_that_is_more_than_a_day_ahead_is_said(bring, files, rows):
    """At noon on 1 March: a post of 2 March at noon may be a time zone's doing, one of a second later is not."""
    ideas = "idea,posted_at,text\nA,2022-03-02T12:00:00Z,x\nB,2022-03-02T12:00:01Z,y\n"
    report = bring("template", files({"ideas.csv": ideas}))
    assert report.notices == (
        "ideas.csv: posted_at lies more than a day ahead of this computer's clock in 1 rows; one of them is wrong.",
    )
    assert rows("SELECT count(*) FROM idea_version") == [(2,)]


# --- workbooks


def book_of(rows: list[list[object]], hidden: int = 0) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "ideas"
    for row in rows:
        sheet.append(row)
    if hidden:
        sheet.row_dimensions[hidden].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def first_table(data: bytes) -> TextTable:
    (answer,) = read_apart([Wanted(source(data, "ideas.xlsx"), child.WORKBOOK)])
    assert not answer.faults
    table = sheet_table("ideas.xlsx", answer.sheets[0], KNOWN)
    assert isinstance(table, TextTable)
    return table


HEADER: list[object] = ["idea", "posted_at", "text"]


def test_f27_a_footnote_below_a_gap_is_left_out_and_counted():
    table = first_table(book_of([HEADER, ["A", "2022-03-01", "x"], [], ["Source: our platform"], ["Printed today"]]))
    assert table.frame["idea"].to_list() == ["A"]
    assert table.notices == ("ideas.xlsx [ideas]: 2 rows below the table were left out.",)


def test_f28_a_formula_without_its_value_sets_its_row_aside(bring, rows, tmp_path: Path):
    """Programs other than Excel may save a formula and not what it gives; nobody works it out here."""
    (tmp_path / "ideas.xlsx").write_bytes(
        book_of([HEADER, ["A", "2022-03-01", "x"], ["B", "2022-03-01", '="a"&"b"'], ["=1+1", "=2+2", "=3+3"]])
    )
    report = bring("template", tmp_path / "ideas.xlsx", allow_refused=True, accept_many=True)
    assert [(fault.row, fault.column, fault.code) for fault in report.faults] == [
        (3, "text", "F28"),
        (4, "idea", "F28"),
        (4, "posted_at", "F28"),
        (4, "text", "F28"),
    ]
    (line,) = report.ledger
    assert (line.rows, line.accepted, line.quarantined) == (3, 1, 2)
    assert rows("SELECT text FROM idea_version") == [("x",)]


def test_f28_a_formula_gives_the_value_that_was_saved_with_it(bring, rows, tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "ideas.xlsx") as book:
        sheet = book.add_worksheet("ideas")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["A", "2022-03-01"])
        sheet.write_formula(1, 2, '="a"&"b"', None, "ab")
    assert bring("template", tmp_path / "ideas.xlsx").faults == ()
    assert rows("SELECT text FROM idea_version") == [("ab",)]


def test_f29_hidden_rows_are_read_and_said():
    table = first_table(book_of([HEADER, ["A", "2022-03-01", "x"], ["B", "2022-03-01", "y"]], hidden=3))
    assert table.frame["idea"].to_list() == ["A", "B"]
    assert table.notices == ("ideas.xlsx [ideas] has 1 hidden rows, by a filter or by hand; they were read.",)


def test_f29_the_sheet_that_fits_is_found_among_others(bring, rows, tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["Contents", "of this book"])
    sheet = book.create_sheet("Export 3")
    for row in ([*HEADER], ["A", "2022-03-01", "x"]):
        sheet.append(row)
    book.save(tmp_path / "from our platform.xlsx")
    bring("template", tmp_path / "from our platform.xlsx", conversation="talk")
    assert rows("SELECT text FROM idea_version") == [("x",)]


def test_f30_a_sheet_filled_to_its_last_row_was_probably_cut():
    cells = pl.DataFrame(
        {"a": ["idea", *["A"] * (LAST_ROW_OF_EXCEL - 1)], "b": ["text", *["x"] * (LAST_ROW_OF_EXCEL - 1)]}
    )
    for frame, is_cut in ((cells, True), (cells.head(1_000), False)):
        table = sheet_table("ideas.xlsx", Sheet("ideas", is_visible=True, frame=frame), KNOWN)
        assert isinstance(table, TextTable)
        assert [notice for notice in table.notices if "probably cut off" in notice] == (
            ["ideas.xlsx [ideas] fills the last row a sheet has; it was probably cut off there."] if is_cut else []
        )


@pytest.mark.parametrize(("rows", "is_cut"), [(LAST_ROW_OF_EXCEL - 1, True), (LAST_ROW_OF_EXCEL, False)])
def test_f30_a_csv_of_just_as_many_rows_was_probably_cut_and_a_longer_one_is_fine(rows: int, is_cut: bool):
    table = read_delimited("ideas.csv", "idea,text\n" + "A,x\n" * rows, KNOWN)
    assert isinstance(table, TextTable)
    assert table.rows == rows
    assert bool(table.notices) is is_cut


BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FOREIGN = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BOMB, FOREIGN])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_f34_xml_that_declares_entities_is_refused_unopened(doctype: bytes, part: str):
    whole, out = io.BytesIO(book_of([HEADER])), io.BytesIO()
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name)
            copy.writestr(name, doctype + data if name == part else data)
    fault = workbook_fault("ideas.xlsx", out.getvalue())
    assert fault is not None
    assert (fault.code, fault.shape) == ("F34", "XML that declares entities")


@pytest.mark.parametrize(
    ("data", "shape"),
    [
        (book_of([["idea"]]), "a workbook or another ZIP file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old or encrypted workbook"),
        (b"\n <html><table></table></html>", "a web page"),
        (b"%PDF-1.7 ...", "a PDF"),
    ],
)
def test_f35_a_file_of_another_kind_called_csv_is_refused_by_its_first_bytes(data: bytes, shape: str, bring, tmp_path):
    (tmp_path / "ideas.csv").write_bytes(data)
    with pytest.raises(ImportRefused) as refused:
        bring("template", tmp_path / "ideas.csv")
    assert [(fault.code, fault.shape) for fault in refused.value.faults] == [("F35", shape)]


def test_f35_an_old_workbook_says_what_to_save_it_as(bring, tmp_path):
    (tmp_path / "ideas.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(ImportRefused, match="save it as XLSX"):
        bring("template", tmp_path / "ideas.xls")


@pytest.mark.parametrize("name", ["../../etc/ideas.csv", "CON.csv", "x" * 200 + ".csv", "id\x1beas.csv"])
def test_f36_a_name_is_shown_and_never_used_as_a_path(name: str):
    (answer,) = read_apart([Wanted(source(b"nothing known\n1\n", name), child.TABLE, KNOWN)])
    assert [fault.code for fault in answer.faults] == ["F14"]


# --- places, bookings and the plan


def test_f45_a_place_that_is_missing_or_unknown_loses_nobody(bring, files, rows):
    people = "participant,region,icb\np1,,\np2,Atlantis,Q00\np3,London,\n"
    bring("template", files({"participants.csv": people}))
    assert rows("SELECT region, icb FROM participant_version ORDER BY id") == [
        (None, None),
        ("Unknown code", "Unknown code"),
        ("London", None),
    ]


def test_f46_a_board_is_looked_up_on_the_days_of_the_conversation(bring, files, rows):
    """A board of 2022 that was merged away in 2026 is known to a conversation of 2022, imported in 2027."""
    from data_access.reference.places import all_icbs

    gone = all_icbs().filter(pl.col("valid_to").is_not_null()).sort("icb")["icb"][0]
    later = datetime(2027, 1, 1, tzinfo=UTC)
    people = f"participant,icb\np1,{gone}\n"
    bring("template", files({"participants.csv": people}, "undated"), now=later)
    bring("template", files({"conversation.csv": WINDOW, "participants.csv": people}, "dated"), now=later)
    more = files({"participants.csv": people.replace("p1", "p2")}, "later")
    bring("template", more, now=later, conversation="dated")
    assert rows("SELECT icb FROM participant_version ORDER BY id") == [("Unknown code",), (gone,), (gone,)]


def test_f47_more_people_than_places_are_kept_and_said(bring, files, rows):
    cohorts = "cohort,programme,held_on,capacity\nc1,P,2022-03-01,1\nc2,P,2022-03-02,1\n"
    bookings = "booking,cohort,person,status\nb1,c1,a,attended\nb2,c1,b,attended\nb3,c2,c,attended\nb4,c2,d,booked\n"
    report = bring("template", files({"cohorts.csv": cohorts, "bookings.csv": bookings}))
    assert "bookings.csv: more attended than there are places, cohort c1. Kept as it is." in report.notices
    assert rows("SELECT count(*) FROM booking") == [(4,)]


def test_f50_numbers_and_not_clocks_say_which_import_is_the_newest(bring, files, vault):
    """The clock was set back a day between two imports: the second still stands."""
    bring("template", files({"ideas.csv": IDEAS}), now=NOON)
    bring("template", files({"ideas.csv": IDEAS.replace("Two", "Newer")}), now=NOON - timedelta(days=1))
    assert [one.number for one in list_imports(vault)] == [2, 1]
    with vault.connect() as connection:
        assert reading.ideas(connection, 1)["text"].to_list() == ["One", "Newer"]


def test_f50_numbers_and_not_clocks_say_which_release_is_current(vault, keys: Path, files, tmp_path: Path):
    from data_access.publishing.publish import publish
    from data_access.releases.current import current_number

    releases = tmp_path / "releases"
    for day, text in ((date(2022, 3, 9), IDEAS), (date(2022, 3, 8), IDEAS.replace("Two", "Newer"))):
        now = datetime(day.year, day.month, day.day, tzinfo=UTC)
        import_files(
            engine=vault,
            keys_folder=keys,
            adapter="template",
            paths=[files({"ideas.csv": text})],
            conversation="talk",
            started_by="a test",
            now=now,
            progress=silent,
        )
        manifest = publish(engine=vault, releases_folder=releases, now=now, progress=silent)
    assert (manifest.number, current_number(releases)) == (2, 2)


# --- visible only when committed


def test_rows_of_an_import_are_seen_only_once_it_is_committed(vault, keys: Path, polis_data: Path):
    """Another connection looks at every step of storing 7,174 votes: nothing, nothing, nothing, everything."""
    during, after = seen_while_importing(vault, str(vault.url), keys, polis_data / "scoop-hivemind.ubi")
    assert len(during) > 4
    assert set(during) == {(0, 0)}
    assert after == (1, 7_174)


def test_the_proof_keeps_no_words_of_a_refused_row(bring, files, rows):
    """Quarantine tells place and shape; the row's own cells go nowhere unless somebody asks for the rejects."""
    votes = "participant,idea,cast_at,vote\np1,A,2022-03-01,my secret opinion\n"
    bring("template", files({"votes.csv": votes}), allow_refused=True, accept_many=True)
    assert "secret" not in json.dumps(rows("SELECT * FROM quarantine") + rows("SELECT proof FROM import_run"))
