"""A plan that is refused refuses the import it came with: the vault holds none of it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from dashboard.cli import app, gather
from data_access.importing.run import list_imports
from data_access.problems import ImportRefused, NothingThere
from data_access.vault.engine import open_vault

FILES = {
    "conversation.csv": "title,opens_on,closes_on,timezone,threshold\nVoices,2021-02-01,2021-02-28,Europe/London,10\n",
    "participants.csv": "participant\np1\n",
    "ideas.csv": "idea,posted_at,title,text,author\n1,2021-02-03 10:00,Rotas,Publish rotas early,p1\n",
}


@pytest.fixture
def bundle(tmp_path):
    def made(**plan: str):
        folder = tmp_path / "voices"
        folder.mkdir()
        for name, text in {**FILES, **{f"{name}.csv": text for name, text in plan.items()}}.items():
            (folder / name).write_text(text)
        return folder

    return made


def imported(folder) -> BaseException | None:
    if not app.registered_groups:
        gather()
    return CliRunner().invoke(app, ["import", "template", str(folder)]).exception


def runs(settings) -> int:
    return len(list_imports(open_vault(settings.vault_url)))


def register(numbers: range) -> str:
    return "\n".join(["number,theme", *(f"{number},Digital" for number in numbers), ""])


def test_a_register_of_34_actions_refuses_the_whole_import(settings, bundle):
    problem = imported(bundle(plan_actions=register(range(1, 35))))
    assert isinstance(problem, ImportRefused)
    assert "missing: 35" in str(problem)
    assert runs(settings) == 0


def test_milestones_without_a_register_refuse_the_whole_import(settings, bundle):
    problem = imported(bundle(milestones="action,milestone,text\n1,M01-1,Board agreed\n"))
    assert isinstance(problem, NothingThere)
    assert runs(settings) == 0


def test_a_sound_register_goes_in_with_its_conversation(settings, bundle):
    assert imported(bundle(plan_actions=register(range(1, 36)))) is None
    assert runs(settings) == 1
