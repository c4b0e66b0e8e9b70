"""The queue: each job to one worker, and none lost when a worker dies."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from data_access.desk import audit, jobs, worker_signs
from data_access.desk.engine import reading
from data_access.desk.jobs import STALE_AFTER, CancelWanted, JobState
from data_access.problems import ChangedMeanwhile, NothingThere, UserProblem

KINDS = ("count", "sweep")


@pytest.fixture
def asked(connection, now) -> Callable[..., int]:
    """Ask for a job."""

    def ask(kind: str = "count", **arguments: object) -> int:
        return jobs.ask(connection, kind=kind, arguments=arguments, asked_by="ann", now=now, scope="of something")

    return ask


@pytest.fixture
def claimed(connection, now) -> Callable[..., jobs.JobRecord | None]:
    """Claim the next job."""
    return lambda secret="w:1", kinds=KINDS: jobs.claim(connection, kinds=kinds, secret=secret, now=now)


def test_jobs_are_taken_oldest_first_and_each_once(asked, claimed) -> None:
    first, second = asked(place=1), asked(place=2)
    assert [claimed("w:1").id, claimed("w:2").id, claimed("w:3")] == [first, second, None]


def test_a_worker_takes_only_the_kinds_it_knows(asked, claimed) -> None:
    asked("unheard of")
    known = asked("sweep")
    assert [claimed().id, claimed()] == [known, None]


def test_a_job_tells_how_far_it_is_and_what_came_of_it(connection, asked, claimed, now) -> None:
    number = asked(place=1)
    claimed("w:1")
    jobs.tell(connection, number, "w:1", step="Counting", done=3, total=7, now=now)
    running = jobs.job(connection, number)
    assert (running.state, running.step, running.done, running.total) == (JobState.RUNNING, "Counting", 3, 7)
    later = now + timedelta(seconds=5)
    done = jobs.finish(connection, number, "w:1", state=JobState.DONE, result={"rows": 7}, now=later)
    assert (done.state, done.result, done.ended_at, done.is_open) == (JobState.DONE, {"rows": 7}, later, False)
    assert jobs.waiting(connection) == []


def test_twelve_workers_at_once_share_forty_jobs_without_taking_one_twice(desk: Engine, now) -> None:
    with desk.begin() as connection:
        for place in range(40):
            jobs.ask(connection, kind="count", arguments={"place": place}, asked_by="ann", now=now)

    def work(worker: int) -> list[int]:
        taken = []
        while True:
            with desk.begin() as connection:
                found = jobs.claim(connection, kinds=KINDS, secret=f"w{worker}:1", now=now)
            if found is None:
                return taken
            taken.append(found.id)

    with ThreadPoolExecutor(12) as pool:
        taken = [number for one in pool.map(work, range(12)) for number in one]
    assert sorted(taken) == list(range(1, 41))


def test_a_waiting_job_is_cancelled_at_once(connection, asked, claimed, now) -> None:
    number = asked()
    assert jobs.cancel(connection, number, by="bo", now=now).state is JobState.CANCELLED
    assert claimed() is None
    with pytest.raises(UserProblem, match="ended already: cancelled"):
        jobs.cancel(connection, number, by="bo", now=now)


def test_a_running_job_hears_of_it_at_its_next_step(connection, asked, claimed, now) -> None:
    number = asked()
    claimed("w:1")
    jobs.tell(connection, number, "w:1", step="Counting", done=0, total=2, now=now)
    assert jobs.cancel(connection, number, by="bo", now=now).state is JobState.RUNNING
    with pytest.raises(CancelWanted, match="Nothing was changed"):
        jobs.tell(connection, number, "w:1", step="Counting", done=1, total=2, now=now)


def test_a_worker_that_lost_its_job_cannot_write_to_it(connection, asked, claimed, now) -> None:
    number = asked()
    claimed("w:1")
    assert jobs.take_back(connection, now=now + STALE_AFTER + timedelta(seconds=1)) == [number]
    for write in (
        lambda: jobs.beat(connection, number, "w:1", now=now),
        lambda: jobs.tell(connection, number, "w:1", step="Counting", done=1, total=2, now=now),
        lambda: jobs.finish(connection, number, "w:1", state=JobState.DONE, result={}, now=now),
    ):
        with pytest.raises(ChangedMeanwhile, match="Nothing was written"):
            write()
    assert jobs.job(connection, number).state is JobState.FAILED


def test_the_job_of_a_silent_worker_is_reported_failed_with_a_remedy(connection, asked, claimed, now) -> None:
    number = asked()
    claimed("w:1")
    assert jobs.take_back(connection, now=now + STALE_AFTER) == []
    jobs.beat(connection, number, "w:1", now=now + STALE_AFTER)
    assert jobs.take_back(connection, now=now + 2 * STALE_AFTER) == []
    assert jobs.take_back(connection, now=now + 2 * STALE_AFTER + timedelta(seconds=1)) == [number]
    lost = jobs.job(connection, number)
    assert (lost.state, lost.result) == (JobState.FAILED, {"problem": jobs.STOPPED})
    assert "ask again" in jobs.STOPPED


def test_a_successor_takes_back_what_its_predecessor_left_without_waiting(connection, asked, claimed, now) -> None:
    mine, others = asked(), asked()
    claimed("host:1")
    claimed("another:1")
    assert jobs.take_back(connection, now=now, worker="host") == [mine]
    assert jobs.job(connection, others).state is JobState.RUNNING


def test_the_newest_jobs_of_a_kind_come_first(connection, asked) -> None:
    first, other, last = asked(), asked("sweep"), asked()
    assert [one.id for one in jobs.newest(connection, kinds=["count"])] == [last, first]
    assert [one.id for one in jobs.newest(connection, limit=2)] == [last, other]


def test_a_number_that_is_no_job_is_said_to_be_none(connection) -> None:
    with pytest.raises(NothingThere, match="no job 7"):
        jobs.job(connection, 7)


def test_the_log_says_who_asked_and_how_it_ended(connection, asked, claimed, now) -> None:
    number = asked()
    claimed("w:1")
    jobs.finish(connection, number, "w:1", state=JobState.FAILED, result={"problem": "No."}, now=now)
    told = [(entry.who, entry.what, entry.scope) for entry in reversed(audit.entries(connection))]
    assert told == [
        ("ann", "asked: count", f"job {number}: of something"),
        ("ann", "job failed: count", f"job {number}"),
    ]


def test_a_worker_is_alive_while_it_shows_itself(desk: Engine, now) -> None:
    with desk.begin() as connection:
        worker_signs.show(connection, "host", started_at=now, now=now)
        worker_signs.show(connection, "host", started_at=now, now=now + timedelta(seconds=9))
    with reading(desk) as connection:
        [sign] = worker_signs.alive(connection, now + timedelta(seconds=10))
        assert (sign.name, sign.seen_at) == ("host", now + timedelta(seconds=9))
        assert worker_signs.alive(connection, now + STALE_AFTER + timedelta(seconds=10)) == []
    with desk.begin() as connection:
        worker_signs.leave(connection, "host")
        assert worker_signs.alive(connection, now) == []
