"""The intake proof as a document: every figure of the ledger, the sign and its evidence, in plain Markdown."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from data_access.importing.proof_text import proof_document
from data_access.importing.run import import_proof, undo_import

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)


def test_a_proof_tells_files_rows_and_the_evidence_of_the_sign(bring, vault, polis_data: Path):
    number = bring("polis", polis_data / "london.youth.policing").number
    lines = proof_document(import_proof(vault, number)).splitlines()
    assert lines[0] == "# Intake proof of import 1"
    assert "- Imported: 1 March 2022 at 12:00 UTC by a test" in lines
    assert "| votes | votes.csv | 640 | 640 | 0 | 0 |" in lines
    assert "705 rows = 705 accepted + 0 duplicate + 0 set aside." in lines
    assert "- Taken as they stand. Decided by: votes of authors on their own statements." in lines
    assert "- First votes of authors on their own statements, passes aside: 24 were +1 and 0 were -1." in lines
    assert "- changed their mind: 2" in lines
    assert [line for line in lines if line.startswith("| votes.csv | 32,489 | imported | `e3e1262555d7")] != []


def test_a_proof_of_an_undone_import_says_so(bring, files, vault):
    number = bring("template", files({"ideas.csv": "idea,posted_at,text\nA,2022-03-01,x\n"})).number
    undo_import(vault, number, datetime(2022, 3, 5, tzinfo=UTC))
    assert "- State: undone on 2022-03-05" in proof_document(import_proof(vault, number)).splitlines()


def test_loose_ends_and_notices_are_in_it(bring, files, vault):
    votes = "participant,idea,cast_at,vote\np1,Z,2022-03-01,agree\n"
    number = bring("template", files({"votes.csv": votes})).number
    document = proof_document(import_proof(vault, number))
    assert "| votes.csv | votes | idea | ideas | 1 |" in document.splitlines()
    assert "## What was said at the time" in document


def test_a_files_name_cannot_break_the_document(bring, files, vault):
    folder = files({"votes | <b>.csv": "participant,idea,cast_at,vote\np1,Z,2022-03-01,agree\n"})
    number = bring("template", folder).number
    document = proof_document(import_proof(vault, number))
    assert "| votes | votes \\| &lt;b>.csv | 1 | 1 | 0 | 0 |" in document.splitlines()
