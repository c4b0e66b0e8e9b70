"""Every payload through every export: text in a cell, never a formula, an element or a name of a file."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator

import lxml.etree
import lxml.html
import openpyxl
import pytest

from dashboard.exports import FORMATS, export, file_name, formats_of
from dashboard.filters import Selection
from dashboard.metrics import METRICS
from dashboard.results import Result, answer
from dashboard.sources import ReleaseAndPlan
from data_access.desk.engine import open_desk
from data_access.problems import UserProblem
from data_access.releases.store import open_release
from data_access.settings import Settings
from tests.injection.hostile import set_up
from tests.injection.hostile_import import set_up_by_import
from tests.injection.judge import MARKS
from tests.roles.home import NOW

WAYS = {"written": lambda settings: set_up(settings, 0), "imported": set_up_by_import}
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.fixture(scope="module", params=WAYS)
def results(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Result]]:
    """Every answer that holds a payload."""
    home = tmp_path_factory.mktemp("home")
    settings = Settings(home=home, LOOKFORWARD_VAULT_URL="", LOOKFORWARD_DESK_URL="", releases=None, keys=None)
    WAYS[request.param](settings)
    desk = open_desk(settings.desk_url)
    source = ReleaseAndPlan(open_release(settings.releases_folder), desk, NOW.date())
    found = []
    for key in METRICS:
        try:
            found.append(answer(key, source=source, selection=Selection("voices")))
        except UserProblem:
            continue
    yield [one for one in found if MARKS.search(str(one.table.rows())) and not one.is_empty]
    desk.dispose()


def files(results: list[Result], key: str) -> list[bytes]:
    wanted = [one for one in results if any(medium.key == key for medium in formats_of(one))]
    assert wanted
    return [export(key, [one]) for one in wanted[:6]]


def test_payloads_are_in_the_answers(results: list[Result]):
    """The control: there is something to be harmless, well over a hundred payloads of it."""
    assert len(set(MARKS.findall(str([one.table.rows() for one in results])))) > 100


def test_no_cell_of_a_csv_file_begins_as_a_formula(results: list[Result]):
    for content in files(results, "csv"):
        cells = [cell for row in csv.reader(io.StringIO(content.decode())) for cell in row if MARKS.search(cell)]
        assert not [cell for cell in cells if cell.lstrip(" \u00a0\ufeff").startswith(STARTS)]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(results: list[Result]):
    for content in files(results, "xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if MARKS.search(str(cell.value))]
        assert not [cell.value for cell in cells if cell.data_type == "f"]
        assert not [cell.value for cell in cells if cell.hyperlink and "invalid" in str(cell.hyperlink.target)]


def test_no_cell_of_an_open_document_is_a_formula_or_a_link(results: list[Result]):
    for content in files(results, "ods"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tree = lxml.etree.fromstring(archive.read("content.xml"))
        assert not [value for one in tree.iter() for name, value in one.attrib.items() if name.endswith("}formula")]
        links = [value for one in tree.iter() for name, value in one.attrib.items() if name.endswith("}href")]
        assert not [one for one in links if "invalid" in one or one.startswith("javascript")]


def test_a_web_page_has_no_element_of_a_payload(results: list[Result]):
    for content in files(results, "html"):
        page = lxml.html.document_fromstring(content)
        ours = {"", "application/json"}  # the library that draws, and what it draws: data, as long as it stays within
        assert {str(one.get("type", "")) for one in page.xpath("//script")} <= ours
        assert not [one for one in page.xpath("//script") if (one.text or "").strip().startswith("window.pwned")]
        assert not page.xpath("//script[@src]|//iframe|//object|//embed|//form|//base|//svg//a|//input|//video|//audio")
        assert not [one for one in page.iter() for name in one.attrib if name.startswith("on")]
        targets = page.xpath("//@href|//@src|//@srcset|//@action|//@poster")
        assert not [one for one in targets if "invalid" in one or one.startswith("javascript")]


def test_pictures_slides_and_packs_are_well_formed_and_call_nobody(results: list[Result]):
    for key in ("svg", "pptx", "pack"):
        for content in files(results, key)[:2]:
            for name, part in parts(content):
                if name.endswith((".xml", ".rels", ".svg")):
                    tree = lxml.etree.fromstring(part)
                    assert not [
                        one for one in tree.iter() if str(one.tag).rpartition("}")[2] in ("script", "foreignObject")
                    ]
                    assert not [value for one in tree.iter() for value in one.attrib.values() if calls_out(value)]


def calls_out(value: str) -> bool:
    return bool(re.match(r"(https?:)?//evil|javascript:", value))


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield ".svg", content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if ".." in name or name.startswith("/")]
        for name in archive.namelist():
            yield name, archive.read(name)


def test_names_of_files_are_letters_digits_and_hyphens(results: list[Result]):
    for one in results:
        for medium in FORMATS:
            assert re.fullmatch(r"[a-z0-9-]+\.[a-z0-9]+", file_name(one, medium.extension))
