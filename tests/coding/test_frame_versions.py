"""The newest version of a coding frame counts; earlier codes are carried into it or listed, never lost in silence."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data_access.coding.frame import ACCEPTED, CODES, MAP, THEMES, paths, standing_codes


def frame(*themes: tuple[int, str]) -> pl.DataFrame:
    return pl.DataFrame([(version, code, code, None, None, "") for version, code in themes], THEMES, orient="row")


def theme_map(*rows: tuple[int, str, int, str]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), MAP, orient="row")


def codes(*rows: tuple[int, str, str, str]) -> pl.DataFrame:
    """Codes of ideas as (version, idea, theme, coder)."""
    return pl.DataFrame([(row[0], "idea", *row[1:]) for row in rows], CODES, orient="row")


def became(themes: pl.DataFrame, told: pl.DataFrame) -> dict[tuple[int, str], tuple[str, list[str]]]:
    found: dict[tuple[int, str], tuple[str, list[str]]] = {}
    for version, theme, to_theme, state in paths(themes, told).rows():
        found.setdefault((version, theme), (state, []))[1].append(to_theme)
    return found


def counting(standing: pl.DataFrame) -> set[tuple[str, str]]:
    return set(standing.select("item_source_id", "theme").rows())


def test_a_theme_keeps_its_code_unless_the_map_says_otherwise():
    assert became(frame((1, "pay"), (2, "pay")), theme_map()) == {
        (1, "pay"): ("kept", ["pay"]),
        (2, "pay"): ("newest", ["pay"]),
    }


def test_a_theme_may_become_several():
    themes = frame((1, "work"), (2, "rotas"), (2, "breaks"))
    told = theme_map((1, "work", 2, "rotas"), (1, "work", 2, "breaks"))
    assert became(themes, told)[1, "work"] == ("re-mapped", ["breaks", "rotas"])


def test_a_theme_that_no_theme_covers_is_listed_as_not_mappable():
    themes = frame((1, "gone"), (1, "cut"), (2, "cut"), (2, "new"))
    told = theme_map((1, "cut", 2, ""))
    assert became(themes, told)[1, "gone"] == ("not mappable", [""])
    assert became(themes, told)[1, "cut"] == ("not mappable", [""])


def test_codes_are_carried_through_every_version_between():
    themes = frame((1, "a"), (2, "b"), (3, "c"))
    told = theme_map((1, "a", 2, "b"), (2, "b", 3, "c"))
    assert became(themes, told)[1, "a"] == ("re-mapped", ["c"])


def test_a_map_back_in_time_leads_nowhere():
    """A loop between versions would never end."""
    themes = frame((1, "a"), (2, "b"))
    assert became(themes, theme_map((2, "b", 1, "a"), (1, "a", 1, "a")))[1, "a"] == ("not mappable", [""])


def test_a_post_counts_with_the_newest_version_it_was_coded_in():
    themes = frame((1, "pay"), (1, "rest"), (2, "pay"), (2, "rest"))
    given_ = codes((1, "I1", "pay", "x"), (2, "I1", "rest", "y"), (1, "I2", "pay", "x"))
    assert counting(standing_codes(given_, paths(themes, theme_map()))) == {("I1", "rest"), ("I2", "pay")}


def test_every_theme_of_every_coder_counts_once():
    themes = frame((1, "pay"), (1, "rest"))
    given_ = codes((1, "I1", "pay", "x"), (1, "I1", "pay", "y"), (1, "I1", "rest", "y"))
    standing = standing_codes(given_, paths(themes, theme_map()))
    assert standing.select("theme", "basis").rows() == [("pay", "people"), ("rest", "people")]


def test_an_accepted_suggestion_never_stands_beside_a_persons_code():
    themes = frame((1, "pay"), (1, "rest"), (2, "pay"), (2, "rest"))
    given_ = codes((1, "I1", "pay", "x"), (2, "I1", "rest", ACCEPTED), (2, "I2", "rest", ACCEPTED))
    standing = standing_codes(given_, paths(themes, theme_map()))
    assert set(standing.select("item_source_id", "theme", "basis").rows()) == {
        ("I1", "pay", "people"),
        ("I2", "rest", "accepted suggestion"),
    }


def test_a_code_that_names_no_theme_counts_nowhere_and_is_kept_in_sight():
    standing = standing_codes(codes((1, "I1", "typo", "x")), paths(frame((1, "pay")), theme_map()))
    assert standing.select("theme", "theme_code").rows() == [("", "typo")]


def test_without_a_frame_nothing_is_coded():
    assert standing_codes(codes(), paths(frame(), theme_map())).is_empty()


NAMES = st.sampled_from(["a", "b", "c", ""])
VERSIONS = st.integers(1, 3)


@given(
    st.sets(st.tuples(VERSIONS, st.sampled_from(["a", "b", "c"])), max_size=8),
    st.sets(st.tuples(VERSIONS, st.sampled_from(["a", "b", "c"]), VERSIONS, NAMES), max_size=6),
)
def test_paths_agree_with_walking_them_by_hand(themes: set[tuple[int, str]], told: set[tuple[int, str, int, str]]):
    versions = sorted({version for version, _ in themes})

    def walked(version: int, code: str) -> set[str]:
        if (version, code) not in themes:
            return set()
        if version == versions[-1]:
            return {code}
        rows = [row for row in told if row[:2] == (version, code) and row[2] > version]
        if rows:
            return set().union(*(walked(row[2], row[3]) for row in rows))
        return walked(next(later for later in versions if later > version), code)

    found = became(frame(*themes), theme_map(*told))
    assert {key: set(ends) - {""} for key, (_, ends) in found.items()} == {key: walked(*key) for key in themes}
