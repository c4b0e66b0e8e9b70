"""An empty installation with an analyst and an administrator, files sent to it, and a worker that does one job."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.worker.loop import Worker
from data_access.desk import jobs
from data_access.desk.engine import open_desk, reading
from data_access.desk.jobs import JobRecord
from data_access.desk.users import add_user
from data_access.settings import Settings
from data_access.tray.inbox import receive
from data_access.vocabulary import Role

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)
TOKEN = "0123456789abcdef0123456789abcdef"
PASSWORD = "seven quiet elements"
PEOPLE = {"ann": Role.ANALYST, "ada": Role.ANALYST, "bo": Role.ADMINISTRATOR, "lee": Role.LEADER}
Send = Callable[..., str]
Do = Callable[..., JobRecord]


def talk(people: int = 12, *, faulty: int = 0) -> dict[str, str]:
    """A conversation of two ideas and a comment: everybody agrees with the first idea on 1 February 2022.

    The last `faulty` of the votes say 'maybe'.
    """
    said = ["agree"] * (people - faulty) + ["maybe"] * faulty
    times = [f"2022-02-01T{10 + number // 60}:{number % 60:02d}:00Z" for number in range(people)]
    votes = [f"p{number},i1,{at},{vote}" for number, (at, vote) in enumerate(zip(times, said, strict=True))]
    return {
        "conversation.csv": "title,opens_on,closes_on\nStaff voice,2022-02-01,2022-02-20\n",
        "ideas.csv": "idea,posted_at,text,author\ni1,2022-02-01T09:00:00Z,Rotas in good time,p0\n"
        "i2,2022-02-01T09:30:00Z,Ring Dr Ann Onymous on 07700 900123,p1\n",
        "comments.csv": "comment,idea,posted_at,text,author\nc1,i1,2022-02-01T12:00:00Z,Yes please,p2\n",
        "votes.csv": "\n".join(["participant,idea,cast_at,vote", *votes]) + "\n",
    }


@pytest.fixture
def texts() -> Callable[..., dict[str, str]]:
    """Give `texts(people, faulty=0)`, the files of a small conversation."""
    return talk


@pytest.fixture
def desk(settings: Settings) -> Iterator[Engine]:
    engine = open_desk(settings.desk_url)
    with engine.begin() as connection:
        for name, role in PEOPLE.items():
            add_user(connection, name=name, password=PASSWORD, role=role, now=NOON, cost=4)
    yield engine
    engine.dispose()


@pytest.fixture
def worker(settings: Settings, desk: Engine) -> Worker:
    """A worker whose clock stands at noon."""
    return Worker("test", settings, desk, lambda: NOON)


@pytest.fixture
def send(settings: Settings) -> Send:
    """Put files into the inbox and give their token."""

    def put(files: Mapping[str, str | bytes], token: str = TOKEN) -> str:
        given = [(name, io.BytesIO(data if isinstance(data, bytes) else data.encode())) for name, data in files.items()]
        receive(settings.home, token, given)
        return token

    return put


@pytest.fixture
def do(desk: Engine, worker: Worker) -> Do:
    """Ask for a job and let the worker do it."""

    def run(kind: str, by: str = "ann", **arguments: Any) -> JobRecord:
        with desk.begin() as connection:
            number = jobs.ask(connection, kind=kind, arguments=arguments, asked_by=by, now=NOON)
        while job_of(desk, number).is_open and worker.one():
            pass
        return job_of(desk, number)

    return run


def job_of(desk: Engine, number: int) -> JobRecord:
    with reading(desk) as connection:
        return jobs.job(connection, number)


@pytest.fixture
def home(settings: Settings) -> Path:
    return settings.home
