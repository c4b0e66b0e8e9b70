"""The Data page at every step of a delivery, for those who load and those who approve."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data_access.desk import jobs, proposals, worker_signs
from data_access.desk.engine import reading
from data_access.desk.jobs import JobState

TOKEN = "0123456789abcdef0123456789abcdef"
Open = Callable[..., AppTest]


def visit() -> None:
    """Run the page as the app does, without the door."""
    import os
    from datetime import UTC, datetime

    from dashboard.office import Office
    from dashboard.permissions import Viewer
    from data_access.desk.engine import connect_desk
    from data_access.settings import Settings
    from data_access.vocabulary import Role
    from pages import data

    own, name = Settings(), os.environ["TEST_USER"]
    viewer = Viewer(name, name, Role.ADMINISTRATOR if name == "bo" else Role.ANALYST)
    data.render(Office(viewer, connect_desk(own.desk_url), own.home, own.releases_folder, "", datetime.now(UTC)))


@pytest.fixture
def open_data(desk, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the page for somebody, with a delivery in its link or without."""

    def open_it(user: str = "ann", delivery: str = "") -> AppTest:
        monkeypatch.setenv("TEST_USER", user)
        app = AppTest.from_function(visit, default_timeout=60)
        if delivery:
            app.query_params["delivery"] = delivery
        app.run()
        assert not app.exception, app.exception
        return app

    return open_it


def words(app: AppTest) -> str:
    shown = [*app.header, *app.subheader, *app.markdown, *app.text, *app.code, *app.success, *app.error, *app.warning]
    return "\n".join(str(one.value) for one in shown).replace("\\", "")


def press(app: AppTest, label: str) -> AppTest:
    [button] = [one for one in app.button if one.label.replace("\\", "") == label]
    button.click().run()
    assert not app.exception, app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [one.label.replace("\\", "") for one in app.button]


def test_a_missing_worker_is_said_and_a_living_one_is_not(open_data: Open, desk, worker):
    from datetime import UTC, datetime

    assert "No worker is running" in words(open_data())
    with desk.begin() as connection:
        now = datetime.now(UTC)
        worker_signs.show(connection, "host", started_at=now, now=now)
    assert "No worker is running" not in words(open_data())


def test_an_empty_installation_says_what_is_not_there_yet(open_data: Open):
    told = words(open_data())
    assert "No release is shown yet" in told
    assert "Nothing has been imported yet" in told


def test_a_review_is_loaded_with_one_press(open_data: Open, send, do, texts, desk, worker):  # noqa: PLR0917
    do("preview import", token=send(texts(12)))
    app = open_data(delivery=TOKEN)
    told = words(app)
    assert "16 rows of template: 16 new, 0 changed, 0 unchanged, none refused." in told
    assert "a new conversation, staff-voice" in told
    assert "Possible personal details" in told
    press(app, "Load 16 rows")
    with reading(desk) as connection:
        [job] = [one for one in jobs.newest(connection) if one.kind == "commit import"]
    assert (job.asked_by, job.arguments["conversation"], job.state) == ("ann", "staff-voice", JobState.WAITING)
    worker.one()
    loaded = words(open_data(delivery=TOKEN))
    assert "Loaded 1 row of conversation, 2 rows of ideas, 1 row of comments and 12 rows of votes" in loaded
    assert "into staff-voice as import 1." in loaded


def test_what_is_known_already_has_no_way_in(open_data: Open, send, do, texts):
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    do("preview import", token=send(texts(12)))
    app = open_data(delivery=TOKEN)
    assert "0 new, 0 changed, 16 unchanged" in words(app)
    assert "Nothing here is new." in words(app)
    assert [label for label in labels(app) if label.startswith("Load")] == []


def test_refused_files_say_the_column_and_offer_no_way_in(open_data: Open, send, do, texts):
    files = texts(12)
    files["votes.csv"] = files["votes.csv"].replace("cast_at", "moment")
    do("preview import", token=send(files))
    app = open_data(delivery=TOKEN)
    assert "These files cannot be loaded as they are." in words(app)
    assert [label for label in labels(app) if label.startswith("Load")] == []
    cells = app.table[0].value
    assert (cells["column"][0].replace("\\", ""), cells["row"][0]) == ("cast_at", "whole file")


def test_throwing_files_away_takes_them_and_their_review(open_data: Open, send, do, texts, home):
    do("preview import", token=send(texts(12)))
    press(open_data(delivery=TOKEN), "Throw the files away")
    assert list((home / "inbox").iterdir()) == []
    assert [path.name for path in (home / "tray").iterdir() if path.is_dir()] == []


def test_an_analyst_proposes_and_an_administrator_approves(open_data: Open, send, do, texts, desk, worker):  # noqa: PLR0917
    do("preview import", token=send(texts(100, faulty=3)))
    app = open_data(delivery=TOKEN)
    press(app, "Ask a second person to agree to loading the rest")
    assert "Waits for a second person" in words(open_data(delivery=TOKEN))
    theirs = open_data("bo")
    assert "leave 3 faulty rows of 104 out: over 2 % of a table." in words(theirs)
    assert "104 rows of template: 101 new, 0 changed, 0 unchanged, 3 refused." in words(theirs)
    press(theirs, "Approve")
    worker.one()
    with reading(desk) as connection:
        [decided] = proposals.decided_ones(connection)
    assert (decided.is_approved, decided.decided_by) == (True, "bo")
    assert "3 faulty rows were left out." in words(open_data(delivery=TOKEN))


def test_a_refusal_starts_no_work(open_data: Open, send, do, texts, desk):
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    press(open_data("ann"), "Propose to cut the tables by region anew")
    press(open_data("bo"), "Refuse")
    with reading(desk) as connection:
        assert [one.kind for one in jobs.newest(connection) if one.kind == "publish grouped"] == []
        assert proposals.open_ones(connection) == []


def test_an_administrator_sees_imports_and_approvals_and_no_way_in(open_data: Open, send, do, texts):
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    app = open_data("bo", delivery=TOKEN)
    told = words(app)
    assert "Nothing waits for you." in told
    assert "What these files would do" not in told
    assert "Bring files" not in told
    assert app.table[0].value["conversation"][0].replace("\\", "") == "staff-voice"
    assert labels(app) == []


def test_an_undo_takes_its_words_to_be_typed(open_data: Open, send, do, texts, desk, worker):  # noqa: PLR0917
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    worker.one()
    app = open_data()
    app.text_input[0].set_value("undo it")
    press(app, "Undo this import")
    assert "the words to type are undo 1" in words(app)
    app.text_input[0].set_value(" Undo  1 ")
    press(app, "Undo this import")
    worker.one()
    told = words(open_data())
    assert "Import 1 of staff-voice was undone." in told
    assert "No release is left to show." in told


def test_an_undo_tells_only_of_releases_that_stood(open_data: Open, send, do, texts, worker):
    """The same rows loaded and taken back twice: the release of the first time was withdrawn then."""
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    worker.one()
    do("undo import", **{"import": 1})
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    worker.one()
    do("undo import", **{"import": 2})
    assert "Import 2 of staff-voice was undone. Release 2 is withdrawn." in words(open_data())


def test_the_place_of_publishing_is_kept_while_nothing_runs(open_data: Open, send, do, texts, worker):
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    assert "Nothing is being published" not in words(open_data())
    worker.one()
    assert "Nothing is being published now." in words(open_data())


def test_the_proof_of_an_import_is_a_part_of_the_page(open_data: Open, send, do, texts, worker):
    do("commit import", token=send(texts(12)), conversation="staff-voice")
    worker.one()
    press(open_data(), "Show its proof")
    worker.one()
    assert "Intake proof of import 1" in words(open_data())


def test_words_of_files_open_no_link(open_data: Open, send, do, texts):
    """A file's name is shown as it is, and nothing more comes of it."""
    files = {f"[click](https://example.org) {name}": text for name, text in texts(12).items()}
    do("preview import", token=send(files))
    app = open_data(delivery=TOKEN)
    shown = [str(one.value) for one in app.markdown] + [str(one.value) for one in app.table]
    assert [one for one in shown if "](" in one] == []


@pytest.mark.parametrize("delivery", ["nonsense", "f" * 32, "../../etc"])
def test_a_link_to_a_delivery_that_is_not_there_says_so(open_data: Open, delivery: str):
    assert "There is no such delivery any more" in words(open_data(delivery=delivery))


def test_leaders_and_hr_do_not_have_the_page():
    from dashboard.permissions import roles_of
    from data_access.vocabulary import Role
    from pages.data import PAGE

    assert roles_of(PAGE) == {Role.ANALYST, Role.ADMINISTRATOR}
