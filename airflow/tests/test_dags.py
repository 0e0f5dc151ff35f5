"""The DAGs without running them: imports, structure, owners, retries, timetable and pools, and the errors of a wrong folder."""

from __future__ import annotations

import ast
import dataclasses
import importlib.machinery
import importlib.util
import json
import os
import shutil
import subprocess
import types
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pendulum
import pytest
from conftest import BIN, DAGS, ROOT

FENMARCH = ROOT / "examples/fenmarch"
SOURCES = str(ROOT / "var/fenmarch-systems")
FEEDS = {
    "case_actions": "fpw_cases",
    "case_audits": "fpw_drop",
    "staff_posts": "fpw_drop",
    "case_files": "fpw_cases",
    "exhibit_events": "fpw_dfu",
    "exhibit_priorities": "fpw_dfu",
    "exhibits": "fpw_dfu",
    "referrals": "fpw_da",
}


def python(home: Path, installation: Path, *words: object) -> subprocess.CompletedProcess:
    """Runs Python as the DAG processor does, for Fenmarch and with only the settings that it needs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "FPW_"))}
    env = kept | {"AIRFLOW_HOME": str(home), "AIRFLOW__CORE__LOAD_EXAMPLES": "False", "PYTHONDONTWRITEBYTECODE": "1"}
    env |= {"FPW_FORCE": str(FENMARCH), "FPW_HOME": str(installation), "FPW_H2_SOURCES": SOURCES}
    return subprocess.run([BIN / "python", *words], env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def dags(in_process, installation):
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("FPW_HOME", str(installation))
        settings.setenv("FPW_H2_SOURCES", SOURCES)
        settings.setenv("FPW_FORCE", str(FENMARCH))
        bag = in_process.bag()
        assert bag.import_errors == {}
        assert bag.captured_warnings == {}
        assert sorted(bag.dags) == ["backfill_fenmarch", "nightly_fenmarch", "verify_files_fenmarch"]
        yield bag.dags


def import_errors(bag) -> dict[str, str]:
    """The last line of each file's import error, for files that have one."""
    return {Path(file).name: error.splitlines()[-1] for file, error in bag.import_errors.items()}


def test_dags_import_without_error_or_warning(tmp_path, installation):
    each = "import runpy, sys; sys.path.insert(0, sys.argv[1]); [runpy.run_path(f'{sys.argv[1]}/{dag}.py') for dag in ('nightly', 'backfill', 'verify_files')]"
    loaded = python(tmp_path, installation, "-W", "error", "-c", each, DAGS)
    assert (loaded.returncode, loaded.stdout, loaded.stderr) == (0, "", "")


def test_a_night_is_its_feeds_then_metrics_release_and_export(dags):
    nightly = dags["nightly_fenmarch"]
    ingests = {f"ingest.{feed}" for feed in FEEDS}
    downstream = {task.task_id: set(task.downstream_task_ids) for task in nightly.tasks}
    assert downstream == {
        "check": {"load"},
        "load": ingests,
        **{ingest: {"metrics", "complete"} for ingest in ingests},
        "metrics": {"release"},
        "release": {"export"},
        "export": {"complete"},
        "complete": set(),
    }
    assert {task.task_id: str(task.trigger_rule.value) for task in nightly.tasks if task.trigger_rule != "all_success"} == {
        "metrics": "all_done_min_one_success"
    }


def test_each_feed_loads_in_the_pool_of_its_operational_system(dags):
    assert {task.task_id.removeprefix("ingest."): task.pool for task in dags["nightly_fenmarch"].tasks if task.task_id.startswith("ingest.")} == FEEDS


def test_owner_retries_tags_and_runs_are_stated(dags):
    for dag in dags.values():
        assert dag.max_active_runs == 1
        assert not dag.catchup
        assert dag.tags == {"fpw", "fenmarch"}
        assert dag.doc_md == ast.get_docstring(ast.parse(Path(dag.fileloc).read_text()), clean=False)
        assert dag.dag_id == Path(dag.fileloc).stem + "_fenmarch"
        for task in dag.tasks:
            assert task.owner == "fpw"
            assert task.retries == (0 if task.task_id == "complete" else 12), task.task_id
            assert task.retry_delay == timedelta(minutes=15)


def test_the_night_begins_at_half_past_two_on_the_clock_of_the_force(dags):
    from airflow.serialization.serialized_objects import DagSerialization
    from airflow.timetables.base import TimeRestriction

    timetable = DagSerialization.from_dict(DagSerialization.to_dict(dags["nightly_fenmarch"])).timetable

    def after(moment: str) -> datetime:
        """The start of the next night, in UTC."""
        since = pendulum.parse(moment)
        return timetable.next_dagrun_info(
            last_automated_data_interval=None, restriction=TimeRestriction(earliest=since, latest=None, catchup=True)
        ).run_after.astimezone(UTC)

    assert after("2026-01-10T12:00:00Z").isoformat() == "2026-01-11T02:30:00+00:00"
    assert after("2026-07-10T12:00:00Z").isoformat() == "2026-07-11T01:30:00+00:00"
    # on days when clocks change, half past two occurs exactly once
    assert after("2026-03-28T12:00:00Z").isoformat() == "2026-03-29T01:30:00+00:00"
    assert after("2026-03-29T01:31:00Z").isoformat() == "2026-03-30T01:30:00+00:00"
    assert after("2026-10-24T12:00:00Z").isoformat() == "2026-10-25T02:30:00+00:00"
    assert after("2026-10-25T00:31:00Z").isoformat() == "2026-10-25T02:30:00+00:00"


def test_runs_of_the_timetable_are_named_after_their_business_date(dags):
    from airflow.serialization.serialized_objects import DagSerialization
    from airflow.utils.types import DagRunType
    from fpw_timetable import NightTimetable

    night = DagSerialization.from_dict(DagSerialization.to_dict(dags["nightly_fenmarch"])).timetable

    def name(timetable, kind: str, moment: str) -> str:
        return timetable.generate_run_id(run_type=DagRunType(kind), run_after=pendulum.parse(moment), data_interval=None)

    assert name(night, "scheduled", "2026-11-24T02:30:00Z") == "2026-11-23__scheduled_2026-11-24T02:30Z"
    # half past midnight in London, still the day before in UTC
    assert name(NightTimetable("30 0 * * *", timezone="Europe/London"), "scheduled", "2026-07-10T23:30:00Z") == "2026-07-10__scheduled_2026-07-10T23:30Z"
    # the hour that occurs twice: two moments, two names
    often = NightTimetable("*/30 * * * *", timezone="Europe/London")
    assert name(often, "scheduled", "2026-10-25T00:30:00Z") == "2026-10-24__scheduled_2026-10-25T00:30Z"
    assert name(often, "scheduled", "2026-10-25T01:30:00Z") == "2026-10-24__scheduled_2026-10-25T01:30Z"
    assert name(night, "manual", "2026-11-24T02:30:00Z").startswith("manual__2026-11-24T02:30:00")


def set_up():
    loader = importlib.machinery.SourceFileLoader("set_up", str(ROOT / "airflow/set-up"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("set_up", loader))
    loader.exec_module(module)
    return module


def test_set_up_asks_for_no_connection_whose_secret_the_environment_holds(dags, monkeypatch):
    import fpw_force

    force = fpw_force.read()
    assert sorted(set_up().wanted(force)) == ["fpw_pseudonym_key"]
    with_passwords = dataclasses.replace(force, passwords={"warehouse": "FPW_DATABASE_PASSWORD"})
    assert set_up().wanted(with_passwords)["fpw_warehouse"] == ("FPW_DATABASE_PASSWORD", "the password for FPW_DATABASE_PASSWORD")
    monkeypatch.setenv("FPW_PSEUDONYM_KEY_FILE", "/etc/fpw/pseudonym-key")
    assert set_up().wanted(force) == {}


def test_set_up_makes_the_pools_that_are_missing_and_leaves_the_others(dags, monkeypatch, capsys):
    monkeypatch.delenv("FPW_PSEUDONYM_KEY_FILE", raising=False)
    imported = {}

    def airflow(*words: str) -> str:
        if words[:2] == ("pools", "import"):
            imported.update(json.loads(Path(words[2]).read_text()))
        return {
            "pools list": '[{"pool": "default_pool", "slots": "128"}, {"pool": "fpw_cases", "slots": "3"}]',
            "connections list": '[{"conn_id": "fpw_pseudonym_key"}]',
        }.get(" ".join(words[:2]), "")

    module = set_up()
    monkeypatch.setattr(module, "airflow", airflow)
    with pytest.raises(SystemExit) as ended:
        module.main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.splitlines() == [
        "pool fpw_cases: is there",
        "pool fpw_da: created, 1 slot",
        "pool fpw_dfu: created, 1 slot",
        "pool fpw_drop: created, 1 slot",
        "connection fpw_pseudonym_key: is there",
    ]
    assert {pool: each["slots"] for pool, each in imported.items()} == {"fpw_da": 1, "fpw_dfu": 1, "fpw_drop": 1}


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (None, "FPW_PSEUDONYM_KEY_FILE: there is no file {file}; create it with: (umask 077 && openssl rand -hex 32 > {file}), the same for every worker"),
        (0o644, "FPW_PSEUDONYM_KEY_FILE: {file} is writable for its group, or readable for everybody; chmod 0400 {file}"),
        (0o400, "FPW_PSEUDONYM_KEY_FILE: {file} exists; every worker needs it"),
        (0o440, "FPW_PSEUDONYM_KEY_FILE: {file} exists; every worker needs it"),
    ],
)
def test_set_up_looks_at_the_file_of_the_key(tmp_path, capsys, mode, said):
    file = tmp_path / "key"
    if mode is not None:
        file.write_text("0" * 64)
        file.chmod(mode)
    assert set_up().shown_key_file(str(file)) == said.endswith("needs it")
    assert capsys.readouterr().out.strip() == said.format(file=file)


def test_business_date_comes_from_the_run(dags):
    import fpw_commands
    import fpw_force
    from airflow.sdk.exceptions import AirflowFailException

    force = fpw_force.read()
    at = datetime.fromisoformat
    assert fpw_commands.business_date(force, {}, at("2026-01-11T02:30:00+00:00")) == "2026-01-10"
    # half past midnight in London is still the day before in UTC
    assert fpw_commands.business_date(force, {}, at("2026-07-10T23:30:00+00:00")) == "2026-07-10"
    assert fpw_commands.business_date(force, {"business_date": "2015-12-29"}, None) == "2015-12-29"
    with pytest.raises(AirflowFailException, match="neither a logical date nor the parameter business_date"):
        fpw_commands.business_date(force, {"business_date": None}, None)


def test_feed_that_is_loaded_is_loaded_again_when_its_task_is_cleared(dags, monkeypatch):
    import fpw_commands

    force = types.SimpleNamespace(zone="Europe/London")
    commands = []
    monkeypatch.setattr(fpw_commands, "run", lambda force, words, secrets: commands.append((words[:2], secrets)))
    for attempt in (1, 2):
        context = {"ti": types.SimpleNamespace(try_number=attempt), "params": {"business_date": "2015-12-29"}}
        monkeypatch.setattr(fpw_commands, "get_current_context", lambda context=context: context)
        fpw_commands.ingest(force, "exhibits", "dfu", is_loaded=True)
        assert commands == [(["ingest", "exhibits"], ["dfu"])] * (attempt - 1)


def test_exit_codes_say_whether_to_try_again_and_what_to_do(dags, monkeypatch):
    import fpw_commands
    from airflow.sdk.exceptions import AirflowException, AirflowFailException

    assert [fpw_commands.judge("release", code) for code in (0, 8, 9)] == [0, 8, 9]

    def outcome(code: int) -> str:
        with pytest.raises(AirflowException) as raised:
            fpw_commands.judge("ingest", code)
        assert str(raised.value).startswith(f"fpw ingest ended with exit code {code}")
        return "final" if isinstance(raised.value, AirflowFailException) else "again"

    assert {code: outcome(code) for code in (2, 3, 4, 5, 6, 10, 129, 130, 143, -15, -9)} == {
        **dict.fromkeys((2, 3, 5, 10), "final"),
        **dict.fromkeys((4, 6, 129, 130, 143, -15, -9), "again"),
    }
    monkeypatch.setattr(fpw_commands, "tries", lambda: 1)
    assert outcome(1) == "again"
    monkeypatch.setattr(fpw_commands, "tries", lambda: 2)
    assert outcome(1) == "final"


@pytest.fixture
def folder(installation, tmp_path, monkeypatch):
    """A force folder whose names are not cached yet."""
    folder = tmp_path / "examples/force"
    shutil.copytree(FENMARCH, folder)
    monkeypatch.setenv("FPW_FORCE", str(folder))
    monkeypatch.setenv("FPW_H2_SOURCES", str(tmp_path / "var/fenmarch-systems"))
    monkeypatch.setenv("FPW_HOME", str(installation))
    return folder


def test_wrong_folder_is_an_import_error_that_names_file_field_and_remedy(in_process, folder):
    connections = folder / "connections.yml"
    connections.write_text(connections.read_text().replace("name: dfu, ", "name: dfu, password_variable: FPW_JAVA_OPTS, "))
    said = (
        "  connections.yml:3: connections[0].password_variable: the value is not the name of an environment variable "
        "that starts with FPW_ and ends in _PASSWORD; change it"
    )
    assert import_errors(in_process.bag()) == {"nightly.py": said, "backfill.py": said, "verify_files.py": said}


def test_connection_that_shares_a_secret_of_the_warehouse_is_an_import_error(in_process, folder):
    for file in folder.glob("**/*.yml"):
        file.write_text(file.read_text().replace("name: drop,", "name: warehouse,").replace("connection: drop", "connection: warehouse"))
    said = f"{folder}/connections.yml: connections: 'warehouse' would share Airflow's connection fpw_warehouse with a secret of the warehouse; rename it"
    assert import_errors(in_process.bag())["nightly.py"] == "fpw_force.ForceFolderUnreadable: " + said


def test_fpw_is_asked_for_the_names_again_where_a_file_of_the_folder_differs(in_process, folder, launcher, tmp_path, monkeypatch):
    home = tmp_path / "counted"
    (home / "bin").mkdir(parents=True)
    (home / "bin/fpw").write_text(f'#!/bin/sh\necho asked >>"{home}/asked"\nexec "{launcher}" "$@"\n')
    (home / "bin/fpw").chmod(0o755)
    monkeypatch.setenv("FPW_HOME", str(home))

    def read() -> tuple[list[str], int]:
        bag = in_process.bag()
        assert bag.import_errors == {}
        return sorted(bag.dags), (home / "asked").read_text().count("asked")

    assert read() == (["backfill_fenmarch", "nightly_fenmarch", "verify_files_fenmarch"], 1)
    assert read() == (["backfill_fenmarch", "nightly_fenmarch", "verify_files_fenmarch"], 1)
    (folder / "force.yml").write_text((folder / "force.yml").read_text().replace("force: fenmarch", "force: fen"))
    assert read() == (["backfill_fen", "nightly_fen", "verify_files_fen"], 2)
    # while there is an error, the run uses the cached names, so that its first task shows the error
    (folder / "feeds/exhibits.yml").write_text("feed: exhibits\nconnection: duf\n")
    assert read() == (["backfill_fen", "nightly_fen", "verify_files_fen"], 5)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, "FPW_FORCE is not set; set it, for scheduler, DAG processor and workers, to the absolute path of the force folder"),
        ({"FPW_FORCE": "my-force"}, "FPW_FORCE is my-force, which is relative to the working directory of Airflow; use an absolute path"),
        ({"FPW_FORCE": "/no/such"}, "FPW_FORCE is /no/such, but there is no such folder; use the folder that contains force.yml"),
        (
            {"FPW_FORCE": str(FENMARCH), "FPW_HOME": "/no/such"},
            "FPW_HOME is '/no/such', and there is no file bin/fpw or fpw in it; set it, for scheduler, DAG processor and workers, to the folder of the installation",
        ),
        ({"FPW_FORCE": str(FENMARCH), "FPW_AIRFLOW_RETRIES": "some"}, "FPW_AIRFLOW_RETRIES is 'some'; make it a whole number, or unset it for 12"),
    ],
)
def test_wrong_setting_is_an_import_error_that_says_what_to_set(in_process, installation, monkeypatch, settings, message):
    monkeypatch.setenv("FPW_HOME", str(installation))
    monkeypatch.setenv("FPW_H2_SOURCES", SOURCES)
    monkeypatch.delenv("FPW_FORCE", raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    said = "fpw_force.ForceFolderUnreadable: " + message
    assert import_errors(in_process.bag()) == {"nightly.py": said, "backfill.py": said, "verify_files.py": said}


def test_an_airflow_without_the_provider_says_what_to_install(tmp_path, installation):
    hide = "import sys, runpy; sys.modules['airflow.providers.standard'] = None; sys.path.insert(0, sys.argv[1]); runpy.run_path(sys.argv[1] + '/nightly.py')"
    loaded = python(tmp_path, installation, "-c", hide, DAGS)
    assert "the provider apache-airflow-providers-standard is missing in this Airflow" in loaded.stderr.splitlines()[-1]
    assert "create the environment with airflow/environment, or install the provider" in loaded.stderr.splitlines()[-1]
