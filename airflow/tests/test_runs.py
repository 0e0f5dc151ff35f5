"""How the results of fpw affect a run of a DAG: runs in this process, with a stand-in for the programs."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from conftest import KEY, PASSWORD, h2_sources, until
from stand_in import StandIn, release
from trial_force import TrialForce

DAY = "2025-03-05"
NIGHTLY = "nightly_trial"
BACKFILL = "backfill_trial"
INGESTS = ("ingest.devices", "ingest.exits", "ingest.stored")
AFTER = ("metrics", "release", "export", "complete")
GREEN = dict.fromkeys(("check", "load", *INGESTS, *AFTER), "success")
STOPPED = {"check": "failed", **dict.fromkeys(("load", *INGESTS, *AFTER), "upstream_failed")}


def one_by_one(feed: str, answers: list[tuple[int, str]]) -> dict:
    """Loading all feeds together fails; one feed returns the given results, the others are loaded by their own tasks."""
    return {"ingest --date": [(answers[0][0], "fpw: not every feed could be loaded")], f"ingest {feed}": answers}


@pytest.fixture(scope="module")
def installed(launcher, tmp_path_factory):
    return StandIn(tmp_path_factory.mktemp("stand-in"), launcher)


@pytest.fixture(scope="module")
def trial(in_process, installed, tmp_path_factory):
    """The folder of the small force; tasks are tried three times without a delay."""
    force = TrialForce(tmp_path_factory.mktemp("trial"), 1)
    settings = {
        "FPW_HOME": str(installed.home),
        "FPW_FORCE": str(force.folder),
        "FPW_H2_SOURCES": h2_sources(force.folder),
        "FPW_AIRFLOW_RETRIES": "2",
        "FPW_AIRFLOW_RETRY_SECONDS": "0",
        "FPW_AIRFLOW_POKE_SECONDS": "1",
        "FPW_AIRFLOW_WAIT_FOR_LOCK_MINUTES": "7",
    }
    with pytest.MonkeyPatch.context() as environment:
        for name, value in settings.items():
            environment.setenv(name, value)
        in_process.add_secret("fpw_lab", PASSWORD)
        in_process.add_secret("fpw_pseudonym_key", KEY)
        yield force.folder
        in_process.remove_secrets()


@pytest.fixture
def night(in_process, installed, trial):
    """Runs a night in which fpw returns the given results."""

    def run(answers=None, **conf):
        installed.answer({"releases": [(0, release(DAY))]} | (answers or {}))
        return in_process.run(NIGHTLY, business_date=DAY, **conf)

    return run


def test_good_night_calls_each_program_once_with_the_secrets_that_it_needs_and_no_others(installed, trial, night):
    run = night({"release": [(0, "Released 2025-03-05.1.")]})
    assert (run.state, run.tasks) == ("success", GREEN)
    assert set(run.tries.values()) == {1}
    force = f" --force {trial}"
    assert installed.words == [
        f"check --date {DAY}{force}",
        f"ingest --date {DAY} --wait-for-lock 7{force}",
        f"metrics --date {DAY} --wait-for-lock 7{force}",
        f"release --date {DAY} --incomplete --wait-for-lock 7{force}",
        f"releases --format json{force}",
        f"export --format csv --wait-for-lock 7{force}",
    ]
    assert "feed stored was loaded by the task 'load' together with the others; its log has the counts" in run.log("ingest.stored")
    assert f"Released {DAY}.1." in run.log("release")
    for words, environment in installed.calls:
        assert environment["FPW_PSEUDONYM_KEY"] == KEY
        assert environment.get("FPW_LAB_PASSWORD") == (PASSWORD if words.startswith(("check", "ingest")) else None), words
        assert [name for name in environment if name.startswith("AIRFLOW")] == []


def test_feeds_that_cannot_be_loaded_together_are_loaded_one_by_one_each_with_its_own_secret(installed, trial, night):
    run = night({"ingest --date": [(4, "fpw: there is no file")]})
    assert (run.state, run.tasks) == ("success", GREEN)
    assert "not every feed was loaded; each has a task of its own next: fpw ingest ended with exit code 4: " in run.log("load")
    loads = {words: environment.get("FPW_LAB_PASSWORD") for words, environment in installed.calls if words.startswith("ingest")}
    ending = f"--date {DAY} --wait-for-lock 7 --force {trial}"
    assert loads == {f"ingest {ending}": PASSWORD, **{f"ingest {feed} {ending}": PASSWORD if feed == "stored" else None for feed in ("devices", "exits", "stored")}}


def test_consumers_get_the_release_with_the_event_of_its_asset(night):
    from airflow.models.asset import AssetEvent
    from airflow.utils.session import create_session

    run = night()
    with create_session() as session:
        events = session.query(AssetEvent).filter(AssetEvent.source_run_id == run.run_id).all()
        told = [(event.asset.name, event.asset.uri, event.extra) for event in events]
    assert told == [
        (
            "fpw_release_trial",
            "fpw://trial/release",
            {"release_id": f"{DAY}.1", "business_date": DAY, "digest": "d1", "lacking": [], "is_current": True},
        )
    ]


def test_without_the_parameter_the_business_date_is_the_day_before_the_run(in_process, installed, trial):
    installed.answer({"releases": [(0, release("2025-07-10"))]})
    # half past midnight in London
    run = in_process.run(NIGHTLY, datetime(2025, 7, 10, 23, 30, tzinfo=UTC))
    assert run.state == "success"
    assert [words.split(" --date ")[1][:10] for words in installed.words if " --date " in words] == ["2025-07-10"] * 4


def test_far_date_is_confirmed_where_the_run_says_so(installed, night):
    night(confirm_date=True)
    assert [words.split()[0] for words in installed.words if " --confirm-date " in words] == ["check", "ingest", "metrics"]


def test_missing_connection_fails_the_check_and_says_which_to_add(in_process, installed, night):
    in_process.remove_secrets()
    try:
        run = night()
        assert run.state == "failed"
        assert run.tasks == STOPPED
        assert run.tries["check"] == 1
        assert (
            "Airflow has no connection 'fpw_lab' for the password of 'lab', for FPW_LAB_PASSWORD; add it in Airflow (Admin, Connections): "
            "type generic, with the secret as its password. Then clear this task"
        ) in run.log("check")
        assert installed.calls == []
        in_process.add_secret("fpw_lab", "")
        assert "Airflow's connection 'fpw_lab' has no password; set it to the password of 'lab', for FPW_LAB_PASSWORD, then clear this task" in night().log("check")
        assert installed.calls == []
    finally:
        in_process.remove_secrets()
        in_process.add_secret("fpw_lab", PASSWORD)
        in_process.add_secret("fpw_pseudonym_key", KEY)


def test_date_that_is_refused_ends_the_night_at_once(installed, night):
    run = night({"check": [(2, f"fpw: --date {DAY} is in the future: today is 2025-03-01")]})
    assert run.state == "failed"
    assert run.tasks == STOPPED
    assert run.tries["check"] == 1
    assert f"fpw: --date {DAY} is in the future: today is " in run.log("check")
    assert "fpw check ended with exit code 2: the command line, the date, a secret or the force folder is invalid; " in run.log("check")
    assert len(installed.calls) == 1


def without(feed: str) -> dict:
    """The results of fpw when it releases a night without a feed."""
    lacking = [{"feed": feed, "complete_to": "2025-03-04"}]
    return {"releases": [(0, release(DAY, lacking))], "release ": [(9, f"Released {DAY}.1 without {feed}.")]}


def test_failing_feed_makes_a_red_night_whose_release_lacks_it(night):
    run = night(one_by_one("exits", [(3, "fpw: exits_20250305.csv.gz:1: the header is not what feeds/exits.yml declares")]) | without("exits"))
    assert run.state == "failed"
    assert run.tasks == GREEN | {"ingest.exits": "failed", "complete": "upstream_failed"}
    assert run.tries["ingest.exits"] == 1, "bad data is never tried again"
    assert "fpw: exits_20250305.csv.gz:1: the header is not what feeds/exits.yml declares" in run.log("ingest.exits")
    assert "fpw ingest ended with exit code 3: a feed's data cannot be loaded; get the file or row corrected at its source, then clear this task" in run.log("ingest.exits")
    assert f"released as {DAY}.1, but without [{{'feed': 'exits', 'complete_to': '2025-03-04'}}]" in run.log("release")


def test_release_that_holds_more_rows_is_green_with_a_warning(night):
    held = "held: devices: 299 rows that its delivery did not have still count"
    run = night({"releases": [(0, release(DAY))], "release ": [(9, held)]})
    assert (run.state, run.tasks) == ("success", GREEN)
    assert held in run.log("release")
    assert f"released as {DAY}.1; what was not loaded, or counts although it may be gone, is listed above" in run.log("release")


def test_database_that_does_not_answer_is_tried_again_and_then_red(night):
    run = night(one_by_one("stored", [(4, "fpw: the database does not respond")]) | without("stored"))
    assert run.state == "failed"
    assert run.tasks == GREEN | {"ingest.stored": "failed", "complete": "upstream_failed"}
    assert run.tries["ingest.stored"] == 3
    for attempt in (1, 2, 3):
        assert "fpw ingest ended with exit code 4: a file is missing or a database does not respond; " in run.log("ingest.stored", attempt)


def test_database_that_answers_the_second_time_makes_a_green_night(night):
    run = night(one_by_one("stored", [(4, "fpw: the database does not respond"), (0, "loaded")]))
    assert (run.state, run.tasks) == ("success", GREEN)
    assert run.tries["ingest.stored"] == 2


def test_night_of_which_no_feed_came_computes_nothing(installed, night):
    run = night({"ingest": [(4, "fpw: there is no file")]})
    assert run.state == "failed"
    assert run.tasks == {"check": "success", "load": "success", **dict.fromkeys(INGESTS, "failed"), **dict.fromkeys(AFTER, "upstream_failed")}
    assert {words.split()[0] for words in installed.words} == {"check", "ingest"}


def test_failed_audit_is_not_tried_again(installed, night):
    run = night({"release ": [(5, "devices KIND_UNHEARD_OF: kind unheard-of is not one that the laboratory has")]})
    assert run.state == "failed"
    assert run.tasks == GREEN | {"release": "failed", "export": "upstream_failed", "complete": "upstream_failed"}
    assert run.tries["release"] == 1
    assert "KIND_UNHEARD_OF" in run.log("release")
    assert "fpw release ended with exit code 5: the audit failed; read the findings above, " in run.log("release")
    assert "releases" not in [words.split()[0] for words in installed.words]


def test_held_lock_is_tried_again_and_then_red(night):
    held = "fpw: the ingest failed (exit code 6): another run holds the warehouse lock: run another-night, process 1"
    run = night({"ingest": [(6, held)]})
    assert run.state == "failed"
    for ingest in INGESTS:
        assert run.tries[ingest] == 3
        assert held in run.log(ingest)
        assert "fpw ingest ended with exit code 6: another run holds the warehouse lock " in run.log(ingest)
    assert run.tasks["metrics"] == "upstream_failed"


@pytest.mark.parametrize(
    ("code", "tries", "said"),
    [
        (143, 3, "fpw was stopped by a signal; clear this task"),
        (-9, 3, "fpw was killed, "),
        (1, 2, "unexpected error; it was retried once. "),
    ],
)
def test_program_that_ends_unexpectedly_is_tried_again(night, code, tries, said):
    run = night({"metrics": [(code, "computing ...")]})
    assert run.tasks == GREEN | {"metrics": "failed"} | dict.fromkeys(("release", "export", "complete"), "upstream_failed")
    assert run.tries["metrics"] == tries
    assert "computing ..." in run.log("metrics")
    assert f"fpw metrics ended with exit code {code}: {said}" in run.log("metrics")


def test_release_whose_later_step_failed_is_green_with_a_warning(night):
    run = night({"release ": [(8, f"Released {DAY}.1.")]})
    assert (run.state, run.tasks) == ("success", GREEN)
    assert "fpw release ended with exit code 8: the release is current, but a later step failed; the next run recovers it" in run.log("release")


def test_release_that_is_not_listed_is_an_error(night):
    run = night({"releases": [(0, release("2025-03-04"))]})
    assert run.tasks["release"] == "failed"
    assert f"fpw releases shows no release of {DAY}, although one was just created; see fpw status" in run.log("release")


def test_backfill_only_previews_unless_asked(in_process, installed, trial):
    installed.answer({"nightly": [(0, "  2025-03-02  would run")]})
    run = in_process.run(BACKFILL, from_date="2025-03-01", to_date="2025-03-03")
    assert run.state == "success"
    assert run.tasks == {"preview": "success", "is_asked_for": "success", "turn": "skipped", "nights": "skipped"}
    assert "  2025-03-02  would run" in run.log("preview")
    assert installed.words == [f"nightly --from 2025-03-01 --to 2025-03-03 --preview --force {trial}"]


def test_backfill_waits_for_a_night_in_progress_then_runs_its_dates_at_once(in_process, installed, night):
    from airflow.models.dagrun import DagRun
    from airflow.models.taskinstance import TaskInstance
    from airflow.utils.session import create_session

    in_progress = night().run_id
    installed.answer({"releases": [(0, release("2025-03-03"))]})

    def set_state(state: str) -> None:
        with create_session() as session:
            session.query(DagRun).filter(DagRun.run_id == in_progress).update({"state": state})

    def waits() -> bool:
        with create_session() as session:
            return session.query(TaskInstance).filter(TaskInstance.task_id == "turn", TaskInstance.state == "up_for_reschedule").count() == 1

    def end() -> None:
        until("the range waits", waits)
        waiting.append([words.split(" --force ")[0] for words in installed.words])
        set_state("success")

    waiting: list[list[str]] = []
    set_state("running")
    other = threading.Thread(target=end)
    other.start()
    run = in_process.run(BACKFILL, from_date="2025-03-01", to_date="2025-03-03", run=True, confirm_date=True)
    other.join()
    assert (run.state, set(run.tasks.values())) == ("success", {"success"})
    preview = "nightly --from 2025-03-01 --to 2025-03-03 --preview"
    assert waiting == [[preview]]
    assert [words.split(" --force ")[0] for words in installed.words] == [
        preview,
        "nightly --from 2025-03-01 --to 2025-03-03 --confirm-date --wait-for-lock 7",
        "releases --format json",
    ]
    assert [environment.get("FPW_LAB_PASSWORD") for _, environment in installed.calls] == [None, PASSWORD, None]
