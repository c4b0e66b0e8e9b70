"""Who may do what: the whole table, written out."""

from __future__ import annotations

import pytest

from dashboard import catalogue, permissions
from dashboard.filters import Selection
from dashboard.permissions import Right, Viewer
from dashboard.specs import Page
from data_access.problems import NotAllowed
from data_access.vocabulary import Role

#                          leader   hr  analyst  admin  auditor
TABLE = {
    Right.SEE_NUMBERS:        "yes  yes    yes     -      yes",
    Right.SEE_EVERY_REGION:   "yes   -     yes     -      yes",
    Right.SEE_OWN_REGIONS:    " -   yes     -      -       - ",
    Right.READ_APPROVED_TEXT: "yes  yes    yes     -      yes",
    Right.READ_FLAGGED_TEXT:  " -    -     yes     -       - ",
    Right.EXPORT:             "yes  yes    yes     -       - ",
    Right.PROPOSE_DATA:       " -    -     yes     -       - ",
    Right.APPROVE_DATA:       " -    -      -     yes      - ",
    Right.CHANGE_PLAN:        " -    -     yes     -       - ",
    Right.READ_USERS:         " -    -      -     yes     yes",
    Right.CHANGE_USERS:       " -    -      -     yes      - ",
    Right.READ_AUDIT:         " -    -      -     yes     yes",
    Right.CHANGE_OWN:         "yes  yes    yes    yes     yes",
    Right.SAVE_VIEWS:         "yes  yes    yes     -      yes",
}  # fmt: skip
CELLS = [
    (right, role, word == "yes") for right, row in TABLE.items() for role, word in zip(Role, row.split(), strict=True)
]
SELECTION = Selection(conversation="made-up")


def viewer(role: Role) -> Viewer:
    return Viewer(user="ann", name="Ann Example", role=role)


def test_the_table_names_every_right() -> None:
    assert set(TABLE) == set(Right)


@pytest.mark.parametrize(("right", "role", "may"), CELLS)
def test_a_role_has_exactly_the_rights_of_the_table(right: Right, role: Role, may: bool) -> None:
    assert permissions.can(viewer(role), right) is may
    if may:
        permissions.check(viewer(role), right)
    else:
        with pytest.raises(NotAllowed, match=role.value):
            permissions.check(viewer(role), right)


def test_a_role_nobody_decided_about_has_no_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(permissions.RIGHTS, Role.LEADER)
    assert [right for right in Right if permissions.can(viewer(Role.LEADER), right)] == []


@pytest.mark.parametrize("role", Role)
def test_a_page_without_roles_is_for_those_who_may_see_numbers(role: Role) -> None:
    page = Page(title="Ideas", url="ideas", section="Listen", order=1)
    assert permissions.can_open(viewer(role), page) is (role is not Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", Role)
def test_a_page_with_roles_is_for_those_and_no_others(role: Role) -> None:
    page = Page(title="People", url="people", section="Run", order=1, roles=("administrator", "auditor"))
    assert permissions.can_open(viewer(role), page) is (role in (Role.ADMINISTRATOR, Role.AUDITOR))
    if role not in (Role.ADMINISTRATOR, Role.AUDITOR):
        with pytest.raises(NotAllowed, match="People"):
            permissions.check_open(viewer(role), page)


def test_a_page_for_a_role_that_is_none_is_a_fault_of_the_page() -> None:
    with pytest.raises(ValueError, match="boss"):
        permissions.roles_of(Page(title="x", url="x", section="", order=1, roles=("boss",)))


@pytest.mark.parametrize("role", Role)
def test_numbers_are_for_those_who_may_see_them(role: Role) -> None:
    if role is Role.ADMINISTRATOR:
        with pytest.raises(NotAllowed):
            permissions.check_within(viewer(role), SELECTION)
    else:
        permissions.check_within(viewer(role), SELECTION)


def test_answers_are_shared_by_role_and_regions_and_never_across_them() -> None:
    scopes = {
        Viewer("ann", "Ann", Role.LEADER).scope,
        Viewer("bo", "Bo", Role.LEADER).scope,
        Viewer("cy", "Cy", Role.HR, ("London",)).scope,
        Viewer("di", "Di", Role.HR, ("Midlands",)).scope,
    }
    assert scopes == {("leader",), ("hr", "London"), ("hr", "Midlands")}


@pytest.mark.parametrize("found", catalogue.all_pages(), ids=lambda found: found.page.url)
def test_every_page_there_is_has_somebody_it_is_for(found: catalogue.Found) -> None:
    assert permissions.roles_of(found.page) <= set(Role)
    assert permissions.roles_of(found.page)


def test_pages_have_names_of_their_own_and_an_order() -> None:
    pages = [found.page for found in catalogue.all_pages()]
    assert len({page.url for page in pages}) == len({page.title for page in pages}) == len(pages)
    assert [page.order for page in pages] == sorted(page.order for page in pages)
