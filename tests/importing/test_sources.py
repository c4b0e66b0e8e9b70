"""Exports of Decidim, Go Vocal and Your Priorities: what is kept, what is dropped, what the totals are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter

from data_access.importing.reading.apart import Wanted, read_apart
from data_access.importing.run import undo_import
from data_access.problems import ImportRefused
from tests import databases

Sheets = dict[str, str]  # by sheet: a row a line, cells parted by |
IDEAS = (
    "SELECT i.source_id, v.posted_at_ms, v.title, v.text, v.moderated FROM idea_version v "
    "JOIN idea i ON i.id = v.idea_id ORDER BY 1"
)
TOTALS = (
    "SELECT i.source_id, t.agree, t.passed, t.disagree, t.source FROM idea_total t "
    "JOIN idea i ON i.id = t.idea_id ORDER BY 1"
)
COMMENTS = (
    "SELECT i.source_id, c.reply_to, c.posted_at_ms, c.text FROM comment c "
    "JOIN idea i ON i.id = c.idea_id ORDER BY c.id"
)


def ms(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc, arg-type]


def workbook(place: Path, sheets: Sheets) -> Path:
    with xlsxwriter.Workbook(place, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows.split("\n")):
                sheet.write_row(number, 0, row.split("|"))
    return place


PROPOSALS = (
    "id;category/id;title/en;title/cy;body/en;body/cy;state;supports;published_at;endorsements/user_endorsements\n"
    "1;4;First;;Words; ;accepted;12;2021-02-03 10:00:00 UTC;Jo Bloggs\n"
    "2;;;Ail;;Geiriau;withdrawn;3;2021-02-04 10:00:00 +0100;\n"
)
DECIDIM_COMMENTS = (
    "id;created_at;body;locale;author/id;author/name;alignment;depth;commentable_id;commentable_type;"
    "root_commentable_url\n"
    "7;2021-02-05 10:00:00 UTC;Good;en;55;Jo Bloggs;1;0;1;Decidim::Proposals::Proposal;\n"
    "8;2021-02-05 11:00:00 UTC;Why?;en;56;Al Bloggs;0;1;7;Decidim::Comments::Comment;\n"
    "9;2021-02-05 12:00:00 UTC;So;en;55;Jo Bloggs;0;1;99;Decidim::Comments::Comment;"
    "https://x.org/processes/p/f/3/proposals/2\n"
)


def test_decidim_proposals_and_comments(bring, files, rows, vault, tmp_path: Path):
    """The first language a row has; replies find their proposal by their parent or by the address of the root."""
    report = bring("decidim", files({"proposals.csv": PROPOSALS, "comments.csv": DECIDIM_COMMENTS}))
    assert rows(IDEAS) == [
        ("1", ms(2021, 2, 3, 10), "First", "Words", None),
        ("2", ms(2021, 2, 4, 9), "Ail", "Geiriau", -1),
    ]
    assert rows(TOTALS) == [("1", 12, None, None, "decidim"), ("2", 3, None, None, "decidim")]
    assert rows(COMMENTS) == [
        ("1", None, ms(2021, 2, 5, 10), "Good"),
        ("1", "7", ms(2021, 2, 5, 11), "Why?"),
        ("2", "99", ms(2021, 2, 5, 12), "So"),
    ]
    assert rows("SELECT has_pass FROM conversation") == [(0,)]
    assert rows("SELECT count(*) FROM participant") == [(2,)]
    assert "1 proposals were withdrawn by their authors" in report.notices[0]
    assert b"Bloggs" not in databases.stored(vault)


def test_decidim_comes_as_a_workbook_too(bring, rows, tmp_path: Path):
    (tmp_path / "talk").mkdir()
    lines = PROPOSALS.strip().replace(";", "|")
    bring("decidim", workbook(tmp_path / "talk" / "any name.xlsx", {"Sheet1": lines}))
    assert [row[0] for row in rows(IDEAS)] == ["1", "2"]
    assert rows(TOTALS)[0] == ("1", 12, None, None, "decidim")


def test_a_decidim_comment_of_no_proposal_that_can_be_told_is_set_aside(bring, files):
    lost = DECIDIM_COMMENTS.replace("https://x.org/processes/p/f/3/proposals/2", "")
    with pytest.raises(ImportRefused) as refused:
        bring("decidim", files({"comments.csv": lost}))
    assert [(fault.row, fault.column, fault.code) for fault in refused.value.faults] == [(4, "commentable_id", "F39")]


NEW_INPUTS: Sheets = {
    "Inputs": """\
input_id|Title|Description|latitude|author_fullname|author_email|author_id|created_at|published_at|\
comments_count|likes_count|dislikes_count|unsure|Your trust
i1|Parking|More of it||Jo Bloggs|jo@x.uk|u1|02/03/2021|02/04/2021|1|9|2|4|Y
i2|Only a title|||Al Bloggs|al@x.uk|u2|02/03/2021|02/28/2021|0|0|0|0|Z""",
    "A sheet of a name of 31 letters": """\
id|input|input_id|comment|likes_count|author_name|author_id|created_at|parent_comment_id|project
c1|Parking|i1|Yes|3|Al Bloggs|u2|02/05/2021||P
c2|Parking|i1|No|0|Jo Bloggs|u1|02/06/2021|c1|P""",
}


def test_go_vocal_inputs_and_comments_in_their_newer_columns(bring, rows, vault, tmp_path: Path):
    """02/03/2021 is 3 February: the source writes the month first. 'Unsure' is a pass."""
    report = bring("go-vocal", workbook(tmp_path / "talk.xlsx", NEW_INPUTS))
    assert rows(IDEAS) == [
        ("i1", ms(2021, 2, 4), "Parking", "More of it", None),
        ("i2", ms(2021, 2, 28), "Only a title", "Only a title", None),
    ]
    assert rows(TOTALS) == [("i1", 9, 4, 2, "go vocal"), ("i2", 0, 0, 0, "go vocal")]
    assert [row[:2] + row[3:] for row in rows(COMMENTS)] == [("i1", None, "Yes"), ("i1", "c1", "No")]
    assert rows("SELECT has_pass FROM conversation") == [(1,)]
    assert rows("SELECT count(*) FROM vote") == [(0,)]
    assert [(line.table, line.rows, line.accepted) for line in report.ledger] == [
        ("ideas", 2, 2),
        ("idea_totals", 2, 2),
        ("comments", 2, 2),
    ]
    stored = databases.stored(vault)
    assert b"Bloggs" not in stored
    assert b"@x.uk" not in stored


OLD_INPUTS: Sheets = {
    "Ideas": """\
id|title|body|author_name|author_email|publication_status|published_at|upvotes_count|downvotes_count|\
baskets_count|url|attachmens
i1|Parking|More|Jo Bloggs|jo@x.uk|published|2/13/2021|5|1|0|u|
i2|Draft|Not yet|Jo Bloggs|jo@x.uk|draft|2/14/2021|0|0|0|u|""",
    "Comments": """\
id|input|body|upvotes_count|author_name|author_email|created_at|parent|project
c1|Parking|Yes|0|Al|al@x.uk|2/15/2021||P
c2|A title nobody has|Lost|0|Al|al@x.uk|2/15/2021||P""",
}


def test_go_vocal_in_its_older_columns_finds_inputs_by_their_titles(bring, rows, tmp_path: Path):
    report = bring("go-vocal", workbook(tmp_path / "talk.xlsx", OLD_INPUTS), allow_refused=True, accept_many=True)
    assert [(row[0], row[4]) for row in rows(IDEAS)] == [("i1", None), ("i2", -1)]
    assert rows(TOTALS) == [("i1", 5, None, 1, "go vocal"), ("i2", 0, None, 0, "go vocal")]
    assert [(row[0], row[3]) for row in rows(COMMENTS)] == [("i1", "Yes")]
    assert [(fault.row, fault.column, fault.code) for fault in report.faults] == [(3, "input", "F39")]
    assert rows("SELECT has_pass FROM conversation") == [(0,)]


PRIORITIES: Sheets = {
    "Posts - Our group": """\
Created|Status|Post Id|User name|Email|Post name|q1-What?|q2-Why?|Locale|URL|Category|Up Votes|Down Votes|\
Points Count|Points For|Points Against|Your band
03/02/21 10:30|published|11|Jo Bloggs|jo@x.uk|Parking|More|No room|en|u|c|7|2|1|\
03/02/21 - Jo Bloggs - jo@x.uk||Band 8
04/02/21 10:30|deleted|12|Al Bloggs|al@x.uk|Spam|||en|u|c|0|9|0|||7""",
    "Points - Our group": """\
Group Id|Post Id|Post Name|Status|Created|User name|Email|Value|Content
1|11|Parking|published|05/02/21 09:00|Al Bloggs|al@x.uk|Point for|It is needed
1|11|Parking|published|05/02/21 09:00|Jo Bloggs|jo@x.uk|Point against|It is needed""",
}


def test_your_priorities_posts_and_points(bring, rows, vault, tmp_path: Path):
    """03/02/21 is 3 February: the source writes the day first. Two points of the same words are two."""
    report = bring("your-priorities", workbook(tmp_path / "talk.xlsx", PRIORITIES))
    assert rows(IDEAS) == [
        ("11", ms(2021, 2, 3, 10, 30), "Parking", "What?: More\nWhy?: No room", None),
        ("12", ms(2021, 2, 4, 10, 30), "Spam", "Spam", -1),
    ]
    assert rows(TOTALS) == [("11", 7, None, 2, "your priorities"), ("12", 0, None, 9, "your priorities")]
    assert [row[0] + row[3] for row in rows(COMMENTS)] == ["11It is needed"] * 2
    assert report.proof["facts"]["points"] == {"point against": 1, "point for": 1}
    assert b"Bloggs" not in databases.stored(vault)


def test_the_same_export_again_changes_nothing(bring, tmp_path: Path):
    """Saved anew, with a third point: only that is new, though points have no number of their own."""
    bring("your-priorities", workbook(tmp_path / "talk.xlsx", PRIORITIES))
    third = "\n1|12|Spam|published|06/02/21 09:00|Al|a@x.uk|Comment|Third"
    again = PRIORITIES | {"Points - Our group": PRIORITIES["Points - Our group"] + third}
    report = bring("your-priorities", workbook(tmp_path / "talk.xlsx", again))
    assert [(line.table, line.new, line.changed, line.unchanged) for line in report.ledger] == [
        ("ideas", 0, 0, 2),
        ("idea_totals", 0, 0, 2),
        ("comments", 1, 0, 2),
    ]


def test_newer_totals_are_newer_versions_and_undo_brings_the_older_back(bring, files, rows, vault):
    first = "id;title;body;supports;published_at\n1;T;B;5;2021-02-03\n"
    bring("decidim", files({"p.csv": first}))
    bring("decidim", files({"p.csv": first.replace(";5;", ";8;")}))
    assert [row[1] for row in rows(TOTALS)] == [5, 8]
    undo_import(vault, 2, datetime(2022, 3, 2, tzinfo=UTC))
    assert rows(TOTALS) == [("1", 5, None, None, "decidim")]
    undo_import(vault, 1, datetime(2022, 3, 2, tzinfo=UTC))
    assert rows("SELECT count(*) FROM idea") == [(0,)]


def test_readers_get_the_newest_totals(bring, files, vault):
    from data_access.vault.reading import idea_totals

    first = "id;title;body;supports;published_at\n1;T;B;5;2021-02-03\n"
    bring("decidim", files({"p.csv": first}))
    bring("decidim", files({"p.csv": first.replace(";5;", ";8;")}))
    with vault.connect() as connection:
        assert idea_totals(connection, 1).rows() == [(1, 8, None, None, "decidim")]


@pytest.mark.parametrize("adapter", ["decidim", "go-vocal", "your-priorities"])
def test_files_of_another_source_are_refused_with_the_columns_that_are_needed(adapter: str, bring, files):
    with pytest.raises(ImportRefused, match="None of these files has the columns this source has") as refused:
        bring(adapter, files({"other.csv": "mood,weather\ngood,fine\n"}))
    assert "Needed are " in str(refused.value)


def test_a_table_that_is_there_twice_is_refused(bring, files):
    with pytest.raises(ImportRefused, match="proposals again"):
        bring("decidim", files({"a.csv": PROPOSALS, "b.csv": PROPOSALS}))


def test_read_apart_keeps_the_order_of_the_files(tmp_path: Path, files):
    from data_access.importing.reading.source_files import source_files

    folder = files({f"{name}.csv": f"idea,text\n{name},x\n" for name in "cab"})
    read: Sequence = read_apart([Wanted(file, "table", frozenset({"idea"})) for file in source_files([folder])])
    assert [answer.table.frame["idea"].to_list() for answer in read] == [["a"], ["b"], ["c"]]
