"""Runs of a small force in a real Airflow with the real programs: what only both together show.

The tests are one story, in order: business dates only go forward. What a DAG makes of each answer of fpw is in ``test_runs.py``.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from pathlib import Path

import pytest
from conftest import BIN, KEY, PASSWORD, ROOT, Airflow, Fpw, WarmSpark, Watch, command_lines, until
from trial_force import Store, TrialForce

CONSUMER = '''"""Waits for releases, as the refresh of a BI tool would."""
from airflow.sdk import Asset, dag, task

RELEASE = Asset(name="fpw_release_trial", uri="fpw://trial/release")


@dag(schedule=[RELEASE], catchup=False)
def consumer():
    @task(inlets=[RELEASE])
    def refresh(triggering_asset_events=None) -> list:
        return [event.extra for events in triggering_asset_events.values() for event in events]

    refresh()


consumer()
'''

NIGHTLY = "nightly_trial"
BACKFILL = "backfill_trial"
INGESTS = ("ingest.devices", "ingest.exits", "ingest.stored")
GREEN = dict.fromkeys(("check", "load", *INGESTS, "metrics", "release", "export", "complete"), "success")


class World:
    """The state that the tests share."""

    def __init__(self, folder: Path, installation: Path, launcher: Path, spark: WarmSpark) -> None:
        (folder / "store").mkdir()
        self.store = Store(folder / "store", ROOT / "target/dist/lib")
        self.store.start()
        (folder / "airflow").mkdir()
        self.force = TrialForce(folder / "airflow", self.store.port)
        (folder / "consumer").mkdir()
        (folder / "consumer/consumer.py").write_text(CONSUMER)
        (folder / "home").mkdir()
        self.airflow = Airflow(folder / "home", self.force.folder, installation, spark, folder / "consumer")
        self.spark = spark
        self.fpw = Fpw(launcher, self.force.folder, spark)
        self.watch = Watch(KEY, PASSWORD)
        self.third = ""

    def end(self) -> None:
        self.airflow.stop()
        self.store.stop()
        self.watch.over.set()


@pytest.fixture(scope="module")
def world(request, tmp_path_factory, installation, launcher, spark):
    made = World(tmp_path_factory.mktemp("story"), installation, launcher, spark)
    made.failed_before = request.session.testsfailed
    try:
        made.airflow.start()
        yield made
    finally:
        made.end()


@pytest.fixture(autouse=True)
def whole_so_far(request, world):
    """Without the preceding tests, a test would wait a quarter of an hour for something that never happens."""
    if request.session.testsfailed > world.failed_before:
        pytest.fail("not run: an earlier test of this story failed", pytrace=False)


def log_so_far(airflow: Airflow, run: str, tasks: str) -> str:
    folder = airflow.home / f"logs/dag_id={NIGHTLY}" / f"run_id={run}"
    return "".join(file.read_text() for file in folder.glob(f"task_id={tasks}/*.log"))


def running(text: str) -> int | None:
    """A process with a text in its command line, or None."""
    return next((number for number, line in command_lines() if text.encode() in line.replace(b"\0", b" ")), None)


def instances(airflow: Airflow, run: str) -> list[dict]:
    return airflow.call("GET", f"/api/v2/dags/{NIGHTLY}/dagRuns/{run}/taskInstances?limit=100")["task_instances"]


def test_one_command_makes_the_pools_and_names_the_missing_connections(world):
    airflow = world.airflow
    said = airflow.cli(str(BIN / "python"), str(ROOT / "airflow/set-up"))
    assert said.returncode == 1
    assert said.stdout.splitlines() == [
        "pool fpw_drop: created, 1 slot",
        "pool fpw_lab: created, 1 slot",
        "connection fpw_lab: is missing; add it (type generic); its password is the password for FPW_LAB_PASSWORD",
        "connection fpw_pseudonym_key: is missing; add it (type generic); its password is the pseudonym key (at least 32 bytes in hex or base64); or set FPW_PSEUDONYM_KEY_FILE for every worker",
        "Add connections in the Airflow UI (Admin, Connections), so that passwords do not appear on command lines.",
    ]
    airflow.add_secret("fpw_lab", PASSWORD)
    airflow.add_secret("fpw_pseudonym_key", KEY)
    for dag in (NIGHTLY, BACKFILL, "consumer"):
        airflow.unpause(dag)
    assert airflow.call("GET", "/api/v2/importErrors")["import_errors"] == []
    assert airflow.call("GET", f"/api/v2/dags/{NIGHTLY}/dagRuns")["dag_runs"] == [], "turning the DAG on starts no night by itself"


def test_night_that_starts_during_a_backfill_waits_for_its_whole_range(world):
    airflow = world.airflow
    for day in ("2025-03-01", "2025-03-02", "2025-03-03"):
        world.force.drop(day)
    world.force.drop_exits_as("2025-03-03", "WRONG,HEADER\nD0005,2025-02-01\n")
    world.store.hang(True)
    backfill = airflow.trigger(BACKFILL, from_date="2025-03-01", to_date="2025-03-02", run=True)
    until("the range has begun its first night", lambda: list(world.force.warehouse.glob("runs/2025-03-01-*")))
    # a missing pool keeps its tasks from starting, and Airflow says so on the page of the task
    airflow.call("DELETE", "/api/v2/pools/fpw_lab")
    world.third = airflow.trigger(NIGHTLY, business_date="2025-03-03")
    waits = "waiting up to 10 min: another run holds the warehouse lock: run dates 2025-03-01 to 2025-03-02,"
    until("a load waits for the lock", lambda: waits in log_so_far(airflow, world.third, "load"))
    at_once = world.fpw.run("ingest", "devices", "--date", "2025-03-03", "--wait-for-lock", "0")
    assert at_once.returncode == 6
    assert "fpw: the ingest failed (exit code 6): another run holds the warehouse lock: run dates 2025-03-01 to 2025-03-02," in at_once.stderr
    world.store.hang(False)
    assert airflow.ended(BACKFILL, backfill) == "success", airflow.failures(BACKFILL, backfill)
    assert "  2025-03-02  would run\n" in airflow.log(BACKFILL, backfill, "preview")
    until("Airflow names the pool", lambda: "non-existent pool 'fpw_lab'" in airflow.blocking(NIGHTLY, world.third, "ingest.stored"))
    assert airflow.state(NIGHTLY, world.third) == "running"


def test_database_that_does_not_answer_is_tried_again_and_the_night_lacks_only_the_bad_feed(world):
    airflow = world.airflow
    world.store.stop()
    airflow.call("POST", "/api/v2/pools", {"name": "fpw_lab", "slots": 1})
    until("the load has failed", lambda: airflow.task(NIGHTLY, world.third, "ingest.stored")["state"] == "up_for_retry")
    world.store.start()
    assert airflow.ended(NIGHTLY, world.third) == "failed"
    assert airflow.tasks(NIGHTLY, world.third) == GREEN | {"ingest.exits": "failed", "complete": "upstream_failed"}
    # the second try may happen before the server accepts connections again
    assert airflow.task(NIGHTLY, world.third, "ingest.stored")["try_number"] >= 2
    assert "fpw ingest ended with exit code 4: " in airflow.log(NIGHTLY, world.third, "ingest.stored", 1)
    assert airflow.task(NIGHTLY, world.third, "ingest.exits")["try_number"] == 1, "bad data is never tried again"
    assert "fpw ingest ended with exit code 3: " in airflow.log(NIGHTLY, world.third, "ingest.exits")
    assert "released as 2025-03-03.1, but without " in airflow.log(NIGHTLY, world.third, "release")


def test_stopping_a_task_stops_fpw_and_the_next_run_begins_only_then(world):
    airflow = world.airflow
    world.force.drop_exits("2025-03-03")
    before = spark_logs(world)
    world.spark.each_its_own(True)
    # successful tasks are cleared too: completed work is not repeated
    airflow.clear(NIGHTLY, world.third, "ingest.devices", "ingest.exits", downstream=True)
    until("the night goes on", lambda: airflow.state(NIGHTLY, world.third) == "running")
    following = airflow.trigger(NIGHTLY, business_date="2999-01-01")
    until("the candidate is being computed", lambda: spark_logs(world) - before)
    assert airflow.state(NIGHTLY, following) == "queued"
    airflow.call("PATCH", f"/api/v2/dags/{NIGHTLY}/dagRuns/{world.third}/taskInstances/metrics", {"new_state": "failed"})
    assert airflow.ended(NIGHTLY, world.third) == "failed"
    world.spark.each_its_own(False)
    until("fpw has ended", lambda: not running("uk.fpw.nightly.Fpw metrics --date 2025-03-03 ") and not running(str(world.force.warehouse)))
    assert "0 loaded, " in airflow.log(NIGHTLY, world.third, "ingest.devices")
    assert airflow.ended(NIGHTLY, following) == "failed"
    assert "fpw: --date 2999-01-01 is in the future: today is " in airflow.log(NIGHTLY, following, "check")
    assert max(task["end_date"] for task in instances(airflow, world.third)) < airflow.task(NIGHTLY, following, "check")["start_date"]


def spark_logs(world) -> set[Path]:
    return set(world.force.warehouse.glob("runs/2025-03-03-*/spark.log"))


def test_clearing_the_stopped_task_finishes_the_night_though_fpw_is_killed(world):
    airflow = world.airflow
    assert "Running: none" in world.fpw.succeed("status")
    before = airflow.task(NIGHTLY, world.third, "metrics")["try_number"]
    airflow.clear(NIGHTLY, world.third, "check")
    airflow.clear(NIGHTLY, world.third, "metrics", downstream=True)
    os.kill(until("the candidate is being computed", lambda: running("uk.fpw.nightly.Fpw metrics --date 2025-03-03 ")), signal.SIGKILL)
    assert airflow.ended(NIGHTLY, world.third) == "success", airflow.failures(NIGHTLY, world.third)
    assert airflow.tasks(NIGHTLY, world.third) == GREEN
    assert "fpw metrics ended with exit code -9: " in airflow.log(NIGHTLY, world.third, "metrics", before + 1)
    assert airflow.task(NIGHTLY, world.third, "metrics")["try_number"] == before + 2


def test_releases_came_in_order_and_consumers_of_the_asset_are_told_of_each(world):
    airflow = world.airflow
    releases = world.fpw.releases()
    assert [(one["business_date"], [feed["feed"] for feed in one["lacking"]]) for one in reversed(releases)] == [
        ("2025-03-01", []),
        ("2025-03-02", []),
        ("2025-03-03", ["exits"]),
        ("2025-03-03", []),
    ]
    assert releases[0]["is_current"]
    events = [event["extra"] | {"is_current": False} for event in airflow.call("GET", "/api/v2/assets/events?limit=100&order_by=timestamp")["asset_events"]]
    # one event for the range, with its last release, and one for every other release
    assert events == [one | {"is_current": False} for one in reversed(releases[:-1])]

    def told():
        runs = airflow.call("GET", "/api/v2/dags/consumer/dagRuns")["dag_runs"]
        values = [
            airflow.call("GET", f"/api/v2/dags/consumer/dagRuns/{run['dag_run_id']}/taskInstances/refresh/xcomEntries/return_value?deserialize=false")
            for run in runs
            if run["state"] == "success"
        ]
        return [value for value in values if releases[0]["release_id"] in json.dumps(value)]

    assert until("the consumer ran for the release", told)


def test_secrets_are_in_no_log_no_command_line_and_no_table_of_airflow(world):
    assert world.watch.seen_fpw and world.watch.thread.is_alive()
    assert world.watch.found == set()
    for folder in (world.airflow.home, world.force.warehouse / "runs"):
        for file in folder.rglob("*"):
            if file.is_file():
                content = file.read_bytes()
                assert KEY.encode() not in content and PASSWORD.encode() not in content, file
    with sqlite3.connect(world.airflow.home / "airflow.db") as database:
        assert database.execute("select count(*) from connection where conn_id in ('fpw_lab', 'fpw_pseudonym_key') and is_encrypted").fetchone() == (2,)
