"""Grouped releases end to end: the demonstration, and a made-up set of 400, against the intruder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from attacked import attacked
from made_up_people import SETS, made_up_people, two_cuts
from told import told, truth_of
from typer.testing import CliRunner

from data_access.attack.published import published
from data_access.disclosure.check import faults
from data_access.disclosure.increments import joined
from data_access.disclosure.model import TOTAL, system
from data_access.disclosure.proofs import earlier_system, proof_frames, proof_from, worlds_of
from data_access.disclosure.protect import protect
from data_access.disclosure.protection import Rule
from data_access.disclosure.together import protect_together
from data_access.publishing.grouped_carried import with_carried
from data_access.publishing.proof_store import proof_of
from data_access.reference.lattice import lattice
from data_access.releases.store import list_releases, open_release
from data_access.settings import Settings

K = 10
SHOWN = ("region_by_element", "region_by_week", "icb", "staff_group_by_element")


def test_no_count_of_four_hundred_people_can_be_worked_out():
    """Every hidden count is attacked; fewer themes and weeks than in docs/privacy.md, for time."""
    rules = lattice()
    made = system(made_up_people(400, SETS[400], themes=6, weeks=2), rules)
    protection = protect(made, Rule(K, rules.known_records))
    cells = (made.labels["table"] != TOTAL).to_numpy()
    assert protection.uncovered == ()
    assert faults(proof_from(proof_frames(protection, rules.version))) == []
    assert (protection.is_secondary & cells).sum() <= 0.1 * cells.sum()
    figures = attacked(*told(protection, rules), K)
    assert figures["attacked"] == (protection.is_hidden & cells).sum()
    assert figures["exact"] == figures["small narrower than k"] == 0


@pytest.fixture(scope="module")
def grouped_home(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, published grouped through the command line."""
    home = tmp_path_factory.mktemp("grouped") / "home"
    shutil.copytree(demo_home, home)
    if not any(one.privacy for one in list_releases(home / "releases")):
        run(home, "publish", "--grouped")
    return home


def run(home: Path, *arguments: str) -> str:
    from dashboard.cli import app, gather

    gather()
    answer = CliRunner().invoke(app, list(arguments), env={"LOOKFORWARD_HOME": str(home)}, catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def cut(home: Path) -> int:
    return max(one.number for one in list_releases(home / "releases") if one.privacy)


def test_the_demonstration_shows_nearly_all_of_the_tables_people_look_at(grouped_home: Path):
    release = open_release(grouped_home / "releases", cut(grouped_home))
    for name in SHOWN:
        assert release.table(name)["is_hidden"].mean() <= 0.05, name


def test_the_privacy_report_counts_the_cells_of_the_release(grouped_home: Path):
    number = cut(grouped_home)
    release = open_release(grouped_home / "releases", number)
    (report,) = release.manifest.privacy.values()
    tables = [release.table(table.name) for table in lattice().tables]
    assert report["cells"] == sum(table.height for table in tables)
    assert report["hidden"] == sum(int(table["is_hidden"].sum()) for table in tables)
    assert report["secondary"] <= 0.1 * report["cells"]
    assert report["narrowest_interval"] >= K


def test_verify_checks_the_witnesses_without_the_vault(grouped_home: Path):
    vault = grouped_home / "vault.db"
    vault.rename(grouped_home / "away.db")
    try:
        answer = run(grouped_home, "verify", str(cut(grouped_home)), "--proofs", str(grouped_home / "proofs"), "--json")
    finally:
        (grouped_home / "away.db").rename(vault)
    assert json.loads(answer) == {"release": cut(grouped_home), "differences": [], "witnesses_checked": True}


def test_a_release_holds_no_witness_and_no_hidden_count(grouped_home: Path):
    place = grouped_home / "releases" / f"{cut(grouped_home):04d}"
    assert not [path for path in place.rglob("*") if "world" in path.name or "proof" in path.name]
    for table in lattice().tables:
        frame = pl.read_parquet(place / f"{table.name}.parquet")
        measures = [
            name for name in ("participants", "agree", "pass", "disagree", "agree_band") if name in frame.columns
        ]
        hidden = frame.filter("is_hidden").select(measures)
        assert hidden.null_count().sum_horizontal().sum() == hidden.height * len(measures), table.name


def test_no_count_of_the_demonstration_can_be_worked_out(grouped_home: Path):
    """Every hidden count, from everything published."""
    number = cut(grouped_home)
    held = published([grouped_home / "releases" / f"{number:04d}"])
    (conversation,) = {said.conversation for said in held.statements if said.where}
    own = [said for said in held.statements if said.conversation == conversation]
    figures = attacked(own, truth_of(proof_of(grouped_home / "proofs", number, conversation), own), K)
    assert figures["attacked"] > 300
    assert figures["exact"] == figures["small narrower than k"] == 0


def test_votes_stand_only_where_ten_people_are_on_both_sides_of_a_whole_set(grouped_home: Path):
    release = open_release(grouped_home / "releases", cut(grouped_home))
    frame = release.table("icb_by_element")
    for (_, _), own in frame.group_by("element", "region"):
        assert own["has_votes"].n_unique() == 1
        assert not (own["has_votes"].any() and own["is_hidden"].any())
    given = frame.filter("has_votes")
    assert np.all(given["agree"].to_numpy() + given["disagree"].to_numpy() >= 2 * K)


def test_an_ungrouped_publication_carries_the_grouped_tables_over(grouped_home: Path, tmp_path: Path):
    home = tmp_path / "home"
    shutil.copytree(grouped_home, home)
    before = open_release(home / "releases", cut(home))
    run(home, "publish", "--force")
    after = open_release(home / "releases")
    assert after.number == max(one.number for one in list_releases(home / "releases")) > before.number
    assert after.manifest.is_grouped
    assert after.manifest.privacy == {}
    for table in lattice().tables:
        assert after.table(table.name).equals(before.table(table.name)), table.name


def test_the_same_people_published_grouped_again_write_no_second_release(grouped_home: Path, tmp_path: Path):
    """Another pattern over the same counts would tell more than either."""
    home = tmp_path / "home"
    shutil.copytree(grouped_home, home)
    newest = max(one.number for one in list_releases(home / "releases"))
    assert json.loads(run(home, "publish", "--grouped", "--json"))["is_new"] is False
    assert max(one.number for one in list_releases(home / "releases")) == newest


def test_a_lost_proof_stops_the_next_grouped_release(grouped_home: Path, tmp_path: Path):
    home = tmp_path / "home"
    shutil.copytree(grouped_home, home)
    shutil.rmtree(home / "proofs")
    from dashboard.cli import app, gather
    from data_access.disclosure.coarsen import NotProtected

    gather()
    with pytest.raises(NotProtected, match="Restore it from a backup"):
        CliRunner().invoke(app, ["publish", "--grouped"], env={"LOOKFORWARD_HOME": str(home)}, catch_exceptions=False)


def test_settings_keep_proofs_apart_from_releases(settings: Settings):
    assert settings.proofs_folder == settings.home / "proofs"
    assert not settings.proofs_folder.is_relative_to(settings.releases_folder)


def test_no_count_of_four_hundred_people_can_be_worked_out_across_two_releases():
    """After three weeks and after five: every hidden count and every growth is attacked."""
    rules = lattice()
    before, after = two_cuts(400, SETS[400], themes=1, ideas=0, elements=2)
    frames = proof_frames(protect(system(before, rules), Rule(K, rules.known_records)), rules.version)
    last = earlier_system(frames, 1)
    now, carried = with_carried(after, last, rules, K, rules.cut_now(is_over=True))
    assert carried == {("week", "week 00"), ("week", "week 01"), ("week", "week 02")}
    protection = protect_together(joined(last, now, carried=carried), worlds_of(frames), Rule(K, rules.known_records))
    assert protection.uncovered == ()
    assert faults(proof_from(proof_frames(protection, rules.version))) == []
    figures = attacked(*told(protection, rules), K)
    assert figures["attacked"] > 300
    assert figures["growths attacked"] > 100
    assert figures["exact"] == figures["small narrower than k"] == 0
    assert figures["growths exact"] == figures["small growths narrower than k"] == 0
