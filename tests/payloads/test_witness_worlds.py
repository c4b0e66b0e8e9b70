"""Nobody can tell a world from its witness: cut with the same mask, both give the same pages and files, byte for byte.

The witness world is made of the proof: other people in the hidden groups, the same sums wherever a sum is shown.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from data_access.disclosure.proofs import earlier_system, worlds_of
from data_access.frames import BY_NAME
from data_access.progress import silent
from data_access.publishing.ground import Ground, prepare
from data_access.publishing.grouped import tables_of
from data_access.publishing.grouped_count import places, votes_cast
from data_access.publishing.material import facts_of, gather
from data_access.publishing.proof_store import proof_of
from data_access.reference.lattice import lattice
from data_access.releases.manifest import ReleaseFacts
from data_access.releases.store import list_releases, open_release
from data_access.releases.writing import write_release
from data_access.settings import Settings
from data_access.vault import reading
from data_access.vault.engine import open_vault

# What a run or a visit differs in whoever is in the hidden cells: clocks, and what links to files are called.
CLOCK = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?|\b\d\d?:\d\d(:\d\d)?\b|/media/[\w.-]+")
HASHES = re.compile(rb"[0-9a-f]{12,}")


def grouped_release(home: Path) -> int:
    return max(one.number for one in list_releases(home / "releases") if one.privacy)


def ground_of(home: Path) -> Ground:
    settings = Settings(home=home)
    with reading.snapshot(open_vault(settings.vault_url)) as connection:
        (row,) = reading.conversations(connection).rows(named=True)
        return prepare(gather(connection, facts_of(row), now=datetime.now(UTC), progress=silent))


def cells_in(proof: dict[str, pl.DataFrame], number: int, world: int | None) -> pl.DataFrame:
    """The cells of a release in its own world (None) or in a witness, with the mask of its own."""
    system = earlier_system(proof, number)
    truth = system.truth if world is None else worlds_of(proof)[world].added_to(system.truth)
    cells = proof["cells"].with_columns(value=system.cells.times(truth))
    return cells.filter((pl.col("release") == 0) & ~pl.col("is_increment"))


@pytest.fixture(scope="module")
def cut_home(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(demo_home, tmp_path_factory.mktemp("true") / "home"))


@pytest.fixture(scope="module")
def farthest(cut_home: Path) -> int:
    """The witness that moves most cells."""
    number = grouped_release(cut_home)
    (conversation,) = open_release(cut_home / "releases", number).manifest.privacy
    proof = proof_of(cut_home / "proofs", number, conversation)
    system = earlier_system(proof, number)
    moved = [np.count_nonzero(system.cells.times(w.added_to(np.zeros_like(system.truth)))) for w in worlds_of(proof)]
    return int(np.argmax(moved))


def test_a_witness_world_is_another_world(cut_home: Path, farthest: int):
    number = grouped_release(cut_home)
    (conversation,) = open_release(cut_home / "releases", number).manifest.privacy
    proof = proof_of(cut_home / "proofs", number, conversation)
    true, other = cells_in(proof, number, None), cells_in(proof, number, farthest)
    differ = true["value"] != other["value"]
    assert differ.sum() >= 4
    assert true.filter(differ)["is_hidden"].all()


def test_pages_and_files_of_a_witness_world_are_the_same_bytes(
    cut_home: Path, farthest: int, tmp_path: Path, sent_by
) -> None:
    """For every role: every page, and for leaders the files they offer in every medium."""
    other = Path(shutil.copytree(cut_home, tmp_path / "other"))
    number = grouped_release(cut_home)
    release = open_release(cut_home / "releases", number)
    (conversation,) = release.manifest.privacy
    proof = proof_of(cut_home / "proofs", number, conversation)
    ground, rules = ground_of(cut_home), lattice()
    votes = votes_cast(ground, places(ground, rules))
    tables = {name: release.table(name) for name in BY_NAME}
    made = tables_of(cells_in(proof, number, farthest), votes, rules, ground)
    shutil.rmtree(other / "releases")
    shutil.rmtree(other / "proofs")
    (other / "vault.db").unlink()
    about = release.manifest
    facts = ReleaseFacts(
        published_at=about.published_at,
        code_version=about.code_version,
        thresholds=about.thresholds,
        imports=("0" * 64,),
        rules=about.rules,
        is_grouped=True,
        privacy=about.privacy,
    )
    for at in range(1, number):
        write_release(other / "releases", tables, replace(facts, rules={**about.rules, "": str(at)}))
    write_release(other / "releases", {**tables, **made}, facts)
    here, there = (sent_by(home, tmp_path / name) for home, name in ((cut_home, "here"), (other, "there")))
    assert here.keys() == there.keys()
    assert len(here) > 300
    differing = [name for name in here if comparable(here[name]) != comparable(there[name])]
    assert differing == []


def comparable(content: bytes) -> bytes:
    return HASHES.sub(b".", CLOCK.sub(b".", content))


def test_a_world_whose_mask_is_lifted_is_not_the_same_bytes(cut_home: Path, farthest: int):
    """The control: without the mask the tables differ, so that the test above could fail."""
    number = grouped_release(cut_home)
    (conversation,) = open_release(cut_home / "releases", number).manifest.privacy
    proof = proof_of(cut_home / "proofs", number, conversation)
    shown = [cells_in(proof, number, world).with_columns(is_hidden=pl.lit(value=False)) for world in (None, farthest)]
    ground, rules = ground_of(cut_home), lattice()
    votes = votes_cast(ground, places(ground, rules))
    bare, other = (tables_of(cells, votes, rules, ground) for cells in shown)
    assert any(not bare[name].equals(other[name]) for name in bare)
