"""What is written: the same bytes for the same seed, the template's form, and the numbers that were promised."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import nhs_number
import pytest

from data_access.demo.facts import DemoFacts
from data_access.demo.shapes import OPENS_ON
from data_access.demo.special import nhs_number as demo_nhs_number
from data_access.demo.stock import topics
from data_access.demo.write import write_demo
from data_access.importing.template_columns import Kind, TemplateColumn
from data_access.importing.template_tables import TEMPLATE
from data_access.reference import icb_named, region_named, staff_groups
from data_access.vocabulary import ELEMENTS, element_named

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DemoFacts]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, write_demo(folder, seed=2021)


@pytest.fixture(scope="module")
def tables(written: tuple[Path, DemoFacts]) -> dict[str, Rows]:
    folder, _ = written
    answer = {}
    for table in TEMPLATE:
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            answer[table.name] = list(csv.DictReader(file))
    return answer


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(written, tmp_path):
    folder, facts = written
    again = write_demo(tmp_path / "again", seed=2021)
    other = write_demo(tmp_path / "other", seed=2022)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(f"{table.name}.csv" for table in TEMPLATE)
    assert again == facts
    assert [name for name in names if (tmp_path / "again" / name).read_bytes() != (folder / name).read_bytes()] == []
    assert (tmp_path / "other" / "votes.csv").read_bytes() != (folder / "votes.csv").read_bytes()
    assert other.top_element == facts.top_element


def test_nobody_can_take_it_for_real(tables):
    (row,) = tables["conversation"]
    assert "made-up demonstration data" in row["title"]
    assert row["is_demo"] == "yes"
    assert all("made-up demonstration data" in programme["name"] for programme in tables["programmes"])
    assert {update["recorded_by"] for update in tables["updates"]} == {"Demonstration"}
    said = [row["note"] for row in tables["updates"]] + [row["text"] for row in tables["milestones"]]
    assert [line for line in said if not line.startswith("Demonstration: ")] == []


def test_it_has_the_size_of_a_real_programme(tables, written):
    _, facts = written
    assert facts.rows == {name: len(rows) for name, rows in tables.items()}
    assert facts.rows["participants"] == 2_400
    assert 880 <= facts.rows["ideas"] <= 920
    assert 1_950 <= facts.rows["comments"] <= 2_050
    assert 59_000 <= facts.rows["votes"] <= 62_000
    assert (facts.rows["plan_actions"], facts.rows["plan_commitments"], facts.rows["sessions"]) == (35, 14, 9)


def test_fewer_take_each_further_step(tables):
    registered = {row["participant"] for row in tables["participants"]}
    signed_in = {row["participant"] for row in tables["participants"] if row["signed_in_at"]}
    voted = {row["participant"] for row in tables["votes"]}
    commented = {row["author"] for row in tables["comments"]}
    posted = {row["author"] for row in tables["ideas"]} - {""}
    assert len(registered) > len(signed_in) > len(voted) > len(commented) > len(posted) > 500
    assert posted | commented | voted <= signed_in <= registered


def allowed(column: TemplateColumn, cell: str) -> bool:
    if cell == "":
        return not column.is_required
    rules = {
        Kind.YES_NO: lambda: cell in ("yes", "no"),
        Kind.WHOLE: cell.isdecimal,
        Kind.CHOICE: lambda: cell in column.choices,
        Kind.ELEMENTS: lambda: all(element_named(part) for part in cell.split("|")),
        Kind.REGION: lambda: region_named(cell) == cell,
    }
    return rules.get(column.kind, lambda: True)()


@pytest.mark.parametrize("table", TEMPLATE, ids=lambda table: table.name)
def test_every_cell_keeps_the_rules_of_the_template(tables, table):
    rows = tables[table.name]
    if table.name == "idea_totals":
        assert rows == []  # the demonstration has votes
        return
    assert list(rows[0]) == [column.name for column in table.columns]
    wrong = {
        (column.name, row[column.name])
        for row in rows
        for column in table.columns
        if not allowed(column, row[column.name])
    }
    assert wrong == set()
    keys = Counter(tuple(row[name] for name in table.key) for row in rows)
    assert [key for key, times in keys.items() if times > 1] == []


def test_what_is_referred_to_is_there(tables):
    for table in TEMPLATE:
        for column in (column for column in table.columns if column.refers_to):
            named_there = {"reply_to": "comment", "from_theme": "theme", "to_theme": "theme"}
            there = {row[named_there.get(column.name, column.name)] for row in tables[column.refers_to]}
            named = {row[column.name] for row in tables[table.name]} - {""}
            # One planted fault: a cohort that nobody planned.
            planted = {"wellbeing-conversations-99"} if column.name == "cohort" else set()
            assert named - there <= planted, f"{table.name}.{column.name}"


def test_all_42_boards_and_seven_regions_take_part_and_a_few_people_gave_no_place(tables):
    people = tables["participants"]
    boards = {row["icb"] for row in people} - {""}
    assert len(boards) == 42
    assert {icb_named(board, OPENS_ON) for board in boards} == boards
    assert len({row["region"] for row in people} - {""}) == 7
    assert 40 < sum(row["region"] == "" for row in people) < 110


def test_staff_groups_come_from_the_scheme_the_conversation_declares(tables):
    (conversation,) = tables["conversation"]
    listed = set(staff_groups(conversation["staff_group_scheme"])["staff_group"])
    assert {row["staff_group"] for row in tables["participants"]} - {""} < listed


def test_ideas_have_distinct_titles_and_texts_and_cover_all_elements_some_two_some_none(tables):
    ideas = tables["ideas"]
    assert len({row["title"] for row in ideas}) == len({row["text"] for row in ideas}) == len(ideas)
    elements = Counter(element for row in ideas for element in row["elements"].split("|"))
    assert set(elements) == {*ELEMENTS, ""}
    assert all(elements[element] > 90 for element in ELEMENTS)
    assert sum("|" in row["elements"] for row in ideas) > 60
    assert elements[""] > 30


def test_the_stock_says_each_thing_once():
    titles = [title for topic in topics() for proposal in topic.proposals for title in proposal.titles]
    proposals = [proposal.text for topic in topics() for proposal in topic.proposals]
    problems = [problem for topic in topics() for problem in topic.problems]
    assert [thing for things in (titles, proposals, problems) for thing, n in Counter(things).items() if n > 1] == []


def test_moderators_did_every_kind_of_thing(tables):
    log = tables["moderation_log"]
    kinds = Counter(row["kind"] for row in log)
    assert set(kinds) == {"merge", "split", "remove", "restore", "retitle"}
    merged_away = {source for row in log if row["kind"] == "merge" for source in row["sources"].split("|")}
    chains = [row for row in log if row["kind"] == "merge" and row["target"] in merged_away]
    heirs = Counter(bool(row["inherits"]) for row in log if row["kind"] == "split")
    assert chains != []
    assert heirs == {True: 3, False: 3}
    assert [int(row["sequence"]) for row in log] == list(range(1, len(log) + 1))
    assert [row["happened_at"] for row in log] == sorted(row["happened_at"] for row in log)


def test_some_merged_ideas_share_voters(tables):
    voters = defaultdict(set)
    for row in tables["votes"]:
        voters[row["idea"]].add(row["participant"])
    merges = [row for row in tables["moderation_log"] if row["kind"] == "merge"]
    shared = [len(voters[row["target"]] & voters[row["sources"].split("|")[0]]) for row in merges]
    assert sum(count > 0 for count in shared) > 3


def test_nobody_votes_before_an_idea_is_posted(tables):
    posted = {row["idea"]: row["posted_at"] for row in tables["ideas"]}
    assert [row for row in tables["votes"] if row["cast_at"] < posted[row["idea"]]] == []


def test_no_wording_of_an_action_is_invented_and_no_reflective_group_says_anything(tables):
    assert {row["wording"] for row in tables["plan_actions"]} == {""}
    assert {row["due_latest"] for row in tables["plan_actions"]} == {""}
    reflective = [row for row in tables["bookings"] if row["cohort"].startswith("reflective-groups")]
    assert {row["confidence_after"] for row in reflective} == {""}
    assert {row["status"] for row in tables["bookings"]} > {
        "did not attend",
        "late cancelled",
        "substituted",
        "waiting",
    }


def test_only_the_planted_people_book_the_same_training_twice(tables):
    places = Counter(
        (row["person"], row["cohort"].rsplit("-", 1)[0])
        for row in tables["bookings"]
        if not row["cohort"].startswith("reflective-groups")
    )
    assert {times: people for times, people in Counter(places.values()).items() if times > 1} == {2: 12}


def test_people_who_book_are_not_people_who_vote(tables):
    assert {row["person"] for row in tables["bookings"]} & {
        row["participant"] for row in tables["participants"]
    } == set()


def test_the_nhs_number_is_valid_and_from_the_range_kept_for_tests(tables):
    assert demo_nhs_number("999012345") == "999 012 3454"
    assert nhs_number.is_valid("9990123454")
    assert any("999 012 3454" in row["text"] for row in tables["ideas"])
    assert demo_nhs_number("943476591") == "943 476 5919"  # the example everybody quotes
    with pytest.raises(ValueError, match="no check digit"):
        demo_nhs_number("999000000")  # 9×10 + 9×9 + 9×8 = 243 = 22×11 + 1, and 11 - 1 is no digit
