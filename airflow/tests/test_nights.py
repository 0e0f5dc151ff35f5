"""Runs of a small force in a real Airflow: the result of each, its messages, and the fix.

The tests are one story, in order: business dates only go forward.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
from pathlib import Path

import pytest
from conftest import BIN, KEY, PASSWORD, ROOT, Airflow, Fpw, WarmSpark, Watch, java, until
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


class World:
    """All that the story needs."""

    def __init__(self, folder: Path, installation: Path, spark: WarmSpark) -> None:
        lib = ROOT / "target/dist/lib"
        (folder / "store").mkdir()
        self.store = Store(folder / "store", lib)
        self.store.start()
        (folder / "airflow").mkdir()
        self.force = TrialForce(folder / "airflow", self.store.port)
        (folder / "hand").mkdir()
        self.hand = TrialForce(folder / "hand", self.store.port)
        (folder / "consumer").mkdir()
        (folder / "consumer/consumer.py").write_text(CONSUMER)
        (folder / "home").mkdir()
        self.airflow = Airflow(folder / "home", self.force.folder, installation, spark, folder / "consumer")
        self.spark = spark
        self.fpw = Fpw(installation, self.force.folder, spark)
        self.by_hand = Fpw(installation, self.hand.folder, spark)
        self.watch = Watch(KEY, PASSWORD)

    def end(self) -> None:
        self.airflow.stop()
        self.store.stop()
        self.watch.over.set()

    def runs_of_fpw(self) -> list[str]:
        """Business date and command of every run, in the order in which they began."""
        answer = self.fpw.succeed("status")
        return [line for line in answer.splitlines() if line.startswith("  2025-")]


@pytest.fixture(scope="module")
def world(request, tmp_path_factory, installation, spark):
    made = World(tmp_path_factory.mktemp("story"), installation, spark)
    made.failed_before = request.session.testsfailed
    try:
        made.airflow.start()
        yield made
    finally:
        made.end()


@pytest.fixture(autouse=True)
def whole_so_far(request, world):
    """Without the tests before it, a test waits for what does not come: a quarter of an hour each."""
    if request.session.testsfailed > world.failed_before:
        pytest.fail("not run: an earlier test of this story failed", pytrace=False)


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
    for dag in (NIGHTLY, BACKFILL, "consumer"):
        airflow.unpause(dag)
    assert airflow.call("GET", "/api/v2/importErrors")["import_errors"] == []
    assert airflow.call("GET", f"/api/v2/dags/{NIGHTLY}/dagRuns")["dag_runs"] == [], "turning the DAG on starts no night by itself"


def test_missing_connection_fails_the_check_and_says_which_to_add(world):
    run, state = world.airflow.night(NIGHTLY, "2025-03-01")
    assert state == "failed"
    assert world.airflow.tasks(NIGHTLY, run) == {
        "check": "failed",
        **dict.fromkeys(INGESTS, "upstream_failed"),
        **dict.fromkeys(("metrics", "release", "export", "complete"), "upstream_failed"),
    }
    assert world.airflow.task(NIGHTLY, run, "check")["try_number"] == 1
    assert (
        "Airflow has no connection 'fpw_lab' for the password of 'lab', for FPW_LAB_PASSWORD; add it in Airflow (Admin, Connections): "
        "type generic, with the secret as its password. Then clear this task"
    ) in world.airflow.log(NIGHTLY, run, "check")
    world.airflow.add_secret("fpw_lab", PASSWORD)
    world.airflow.add_secret("fpw_pseudonym_key", KEY)


def test_date_in_the_future_is_refused(world):
    run, state = world.airflow.night(NIGHTLY, "2999-01-01")
    assert state == "failed"
    assert world.airflow.task(NIGHTLY, run, "check")["try_number"] == 1
    log = world.airflow.log(NIGHTLY, run, "check")
    assert "fpw: --date 2999-01-01 is in the future: today is " in log
    assert "fpw check ended with exit code 2: " in log


def test_backfill_only_previews_unless_asked(world):
    for day in ("2025-03-01", "2025-03-02", "2025-03-03", "2025-03-04"):
        world.force.drop(day)
        world.hand.drop(day)
    run = world.airflow.trigger(BACKFILL, from_date="2025-03-01", to_date="2025-03-03")
    assert world.airflow.ended(BACKFILL, run) == "success"
    assert world.airflow.tasks(BACKFILL, run) == {
        "preview": "success",
        "is_asked_for": "success",
        "turn": "skipped",
        "nights": "skipped",
    }
    assert "  2025-03-02  would run\n" in world.airflow.log(BACKFILL, run, "preview")
    assert not world.force.warehouse.exists()


def test_backfill_of_three_dates_equals_three_nights_by_hand_and_a_night_that_starts_meanwhile_waits(world):
    airflow = world.airflow
    world.spark.each_its_own(True)
    backfill = airflow.trigger(BACKFILL, from_date="2025-03-01", to_date="2025-03-03", run=True)
    until("the row has begun its first night", lambda: list(world.force.warehouse.glob("runs/2025-03-01-*")))
    # a pool that does not exist holds its tasks back; Airflow says so where it shows the task, and set-up corrects it
    airflow.call("DELETE", "/api/v2/pools/fpw_lab")
    nightly = airflow.trigger(NIGHTLY, business_date="2025-03-04")
    until("Airflow names the pool", lambda: "non-existent pool 'fpw_lab'" in airflow.blocking(NIGHTLY, nightly, "ingest.stored"))
    assert "pool fpw_lab: created, 1 slot" in airflow.cli(str(BIN / "python"), str(ROOT / "airflow/set-up")).stdout
    assert airflow.ended(BACKFILL, backfill) == "success"
    assert airflow.ended(NIGHTLY, nightly) == "success"
    assert set(airflow.tasks(NIGHTLY, nightly).values()) == {"success"}
    world.spark.each_its_own(False)
    for day in ("2025-03-01", "2025-03-02", "2025-03-03"):
        world.by_hand.succeed("nightly", "--date", day)
    digests = world.fpw.digests()
    assert sorted(digests) == ["2025-03-01.1", "2025-03-02.1", "2025-03-03.1", "2025-03-04.1"]
    assert world.by_hand.digests() == {release: digest for release, digest in digests.items() if release != "2025-03-04.1"}
    # the night that started meanwhile was released after the whole range
    made = [one["release_id"] for one in reversed(world.fpw.releases())]
    assert made == sorted(made)
    assert "waiting up to 10 min: another run holds the warehouse lock: run dates 2025-03-01 to 2025-03-03," in "".join(
        airflow.log(NIGHTLY, nightly, task) for task in INGESTS
    )


def test_consumers_of_the_asset_are_told_what_was_released(world):
    airflow = world.airflow
    release = [one for one in world.fpw.releases() if one["release_id"] == "2025-03-04.1"]
    events = airflow.call("GET", "/api/v2/assets/events?limit=100")["asset_events"]
    assert release[0] in [event["extra"] | {"is_current": True} for event in events]

    def told():
        runs = airflow.call("GET", "/api/v2/dags/consumer/dagRuns")["dag_runs"]
        values = [
            airflow.call("GET", f"/api/v2/dags/consumer/dagRuns/{run['dag_run_id']}/taskInstances/refresh/xcomEntries/return_value?deserialize=false")
            for run in runs
            if run["state"] == "success"
        ]
        return [value for value in values if "2025-03-04.1" in json.dumps(value)]

    assert until("the consumer ran for the release", told)


def test_clearing_any_task_and_running_it_again_changes_nothing(world):
    airflow = world.airflow
    run = airflow.call("GET", f"/api/v2/dags/{NIGHTLY}/dagRuns?order_by=-start_date&limit=1")["dag_runs"][0]["dag_run_id"]
    before = world.fpw.digests()
    for task in ("check", "ingest.devices", "ingest.stored", "release", "export"):
        assert airflow.clear(NIGHTLY, run, task) == "success", airflow.tasks(NIGHTLY, run)
        assert world.fpw.digests() == before, task
    # a candidate that is computed again is another release of the same content
    assert airflow.clear(NIGHTLY, run, "metrics", downstream=True) == "success"
    assert world.fpw.digests() == before | {"2025-03-04.2": before["2025-03-04.1"]}


def test_failing_feed_makes_a_red_night_whose_release_lacks_it(world):
    airflow = world.airflow
    world.force.drop("2025-03-05")
    world.force.drop_exits_as("2025-03-05", "WRONG,HEADER\nD0005,2025-02-01\n")
    run, state = airflow.night(NIGHTLY, "2025-03-05")
    assert state == "failed"
    assert airflow.tasks(NIGHTLY, run) == {
        "check": "success",
        "ingest.devices": "success",
        "ingest.exits": "failed",
        "ingest.stored": "success",
        "metrics": "success",
        "release": "success",
        "export": "success",
        "complete": "upstream_failed",
    }
    assert airflow.task(NIGHTLY, run, "ingest.exits")["try_number"] == 1, "bad data is never tried again"
    assert "fpw ingest ended with exit code 3: a feed's data cannot be loaded; get the file or row corrected at its source, then clear this task" in airflow.log(
        NIGHTLY, run, "ingest.exits"
    )
    assert world.fpw.releases()[0]["lacking"] == [{"feed": "exits", "complete_to": "2025-03-04"}]
    assert "released as 2025-03-05.1, but without " in airflow.log(NIGHTLY, run, "release")
    # the command that corrects it
    world.force.drop_exits("2025-03-05")
    assert airflow.clear(NIGHTLY, run, "ingest.exits", downstream=True) == "success"
    assert world.fpw.releases()[0]["lacking"] == []


def test_database_that_does_not_answer_is_tried_again_and_then_red(world):
    airflow = world.airflow
    world.force.drop("2025-03-06")
    world.store.stop()
    run, state = airflow.night(NIGHTLY, "2025-03-06")
    assert state == "failed"
    assert airflow.tasks(NIGHTLY, run)["ingest.stored"] == "failed"
    assert airflow.tasks(NIGHTLY, run)["release"] == "success"
    assert airflow.task(NIGHTLY, run, "ingest.stored")["try_number"] == 3
    for attempt in (1, 2, 3):
        assert "fpw ingest ended with exit code 4: " in airflow.log(NIGHTLY, run, "ingest.stored", attempt)
    assert world.fpw.releases()[0]["lacking"] == [{"feed": "stored", "complete_to": "2025-03-05"}]
    world.store.start()
    assert airflow.clear(NIGHTLY, run, "ingest.stored", downstream=True) == "success"
    assert world.fpw.releases()[0]["lacking"] == []


def test_night_of_which_no_feed_came_computes_nothing(world):
    airflow = world.airflow
    before = world.fpw.digests()
    world.store.stop()
    run, state = airflow.night(NIGHTLY, "2025-03-07")
    world.store.start()
    assert state == "failed"
    assert airflow.tasks(NIGHTLY, run) == {
        "check": "success",
        **dict.fromkeys(INGESTS, "failed"),
        **dict.fromkeys(("metrics", "release", "export", "complete"), "upstream_failed"),
    }
    assert world.fpw.digests() == before


def test_failed_audit_is_not_tried_again_and_leaves_the_release_before(world):
    airflow = world.airflow
    before = world.fpw.releases()[0]["release_id"]
    world.force.drop("2025-03-07", kind="unheard-of")
    run, state = airflow.night(NIGHTLY, "2025-03-07")
    assert state == "failed"
    tasks = airflow.tasks(NIGHTLY, run)
    assert (tasks["metrics"], tasks["release"], tasks["export"], tasks["complete"]) == ("success", "failed", "upstream_failed", "upstream_failed")
    assert airflow.task(NIGHTLY, run, "release")["try_number"] == 1
    log = airflow.log(NIGHTLY, run, "release")
    assert "KIND_UNHEARD_OF" in log
    assert "fpw release ended with exit code 5: the audit failed; " in log
    assert world.fpw.releases()[0]["release_id"] == before
    world.force.drop_devices("2025-03-07")
    assert airflow.clear(NIGHTLY, run, "ingest.devices", downstream=True) == "success"


class Holder:
    """Another process that holds the warehouse."""

    def __init__(self, force: Path) -> None:
        self.process = subprocess.Popen(
            [java(), "-Dh2.bindAddress=127.0.0.1", "-cp", f"{ROOT}/target/dist/lib/app/*", ROOT / "airflow/tests/HoldLock.java", force],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Holder:
        assert self.process.stdout.readline() == "held\n"
        return self

    def __exit__(self, *error) -> None:
        self.process.communicate("\n")


def test_held_lock_is_waited_for_and_neighbouring_nights_never_overlap(world):
    airflow = world.airflow
    for day in ("2025-03-08", "2025-03-09"):
        world.force.drop(day)
    with Holder(world.force.folder):
        first = airflow.trigger(NIGHTLY, business_date="2025-03-08")
        second = airflow.trigger(NIGHTLY, business_date="2025-03-09")
        until("a load waits for the lock", lambda: "waiting up to 10 min: another run holds the warehouse lock: run another-night," in log_so_far(airflow, first))
        assert airflow.state(NIGHTLY, second) == "queued"
    assert airflow.ended(NIGHTLY, first) == "success"
    assert airflow.ended(NIGHTLY, second) == "success"
    ended = max(task["end_date"] for task in instances(airflow, first))
    began = min(task["start_date"] for task in instances(airflow, second))
    assert ended < began


def instances(airflow: Airflow, run: str) -> list[dict]:
    return airflow.call("GET", f"/api/v2/dags/{NIGHTLY}/dagRuns/{run}/taskInstances?limit=100")["task_instances"]


def log_so_far(airflow: Airflow, run: str) -> str:
    folder = airflow.home / f"logs/dag_id={NIGHTLY}" / f"run_id={run}"
    return "".join(file.read_text() for file in folder.glob("task_id=ingest.*/*.log"))


def test_stopping_a_task_stops_fpw_and_clearing_it_finishes_the_night(world):
    airflow = world.airflow
    world.force.drop("2025-03-10")
    world.spark.each_its_own(True)
    run = airflow.trigger(NIGHTLY, business_date="2025-03-10")
    until("the candidate is being computed", lambda: list(world.force.warehouse.glob("runs/2025-03-10-*/spark.log")))
    airflow.call("PATCH", f"/api/v2/dags/{NIGHTLY}/dagRuns/{run}/taskInstances/metrics", {"new_state": "failed"})
    assert airflow.ended(NIGHTLY, run) == "failed"
    world.spark.each_its_own(False)
    until("the lock is free", lambda: "Running: none" in world.fpw.run("status").stdout)
    assert airflow.clear(NIGHTLY, run, "metrics", downstream=True) == "success"
    assert world.fpw.releases()[0]["business_date"] == "2025-03-10"


def test_held_lock_that_is_not_waited_for_is_tried_again_and_then_red(world):
    airflow = world.airflow
    airflow.stop()
    airflow.start_again(FPW_AIRFLOW_WAIT_FOR_LOCK_MINUTES="0")
    world.force.drop("2025-03-11")
    with Holder(world.force.folder):
        run, state = airflow.night(NIGHTLY, "2025-03-11")
        assert state == "failed"
        for ingest in INGESTS:
            assert airflow.task(NIGHTLY, run, ingest)["try_number"] == 3
            log = airflow.log(NIGHTLY, run, ingest)
            assert "fpw: the ingest failed (exit code 6): another run holds the warehouse lock: run another-night, process " in log
            assert "fpw ingest ended with exit code 6: another run holds the warehouse lock " in log
        assert airflow.tasks(NIGHTLY, run)["metrics"] == "upstream_failed"
    for ingest in INGESTS:
        airflow.clear(NIGHTLY, run, ingest)
    assert airflow.clear(NIGHTLY, run, "metrics", downstream=True) == "success"
    assert world.fpw.releases()[0]["business_date"] == "2025-03-11"


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
