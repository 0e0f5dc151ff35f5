"""Airflow in the process of the tests: DAGs as its DAG processor finds them, run by ``DAG.test`` one task at a time, on a database of their own."""

from __future__ import annotations

import base64
import json
import logging
import os
import secrets
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from conftest import DAGS, PLUGINS


class Notes(logging.Handler):
    """Records the log of each attempt of each task of a run, and the error with which it ends."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.attempts: dict[str, list[list[str]]] = {}
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def begin(self, task: str) -> None:
        self.lines = []
        self.attempts.setdefault(task, []).append(self.lines)


@dataclass
class Run:
    """A run that has ended."""

    run_id: str
    state: str
    tasks: dict[str, str]
    tries: dict[str, int]
    attempts: dict[str, list[list[str]]] = field(repr=False)

    def log(self, task: str, attempt: int = 0) -> str:
        """The log of an attempt of a task, by default the last one."""
        return "\n".join(self.attempts[task][attempt - 1])


class InProcess:
    def __init__(self, home: Path) -> None:
        for name in [name for name in os.environ if name.startswith(("AIRFLOW", "FPW_"))]:
            if name != "FPW_PROGRAMS":
                del os.environ[name]
        bundles = [{"name": "fpw", "classpath": "airflow.dag_processing.bundles.local.LocalDagBundle", "kwargs": {"path": str(DAGS)}}]
        os.environ |= {
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(PLUGINS),
            "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(64),
            "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps(bundles),
        }
        sys.path.insert(0, str(DAGS))
        from airflow.sdk.listener import get_listener_manager
        from airflow.utils.db import initdb

        initdb()
        self.notes = Notes()
        logging.getLogger("fpw").addHandler(self.notes)
        get_listener_manager().add_listener(listener(self))

    def bag(self):
        """The DAGs as the DAG processor finds them in this process's environment."""
        from airflow.dag_processing.dagbag import DagBag

        for module in ("fpw_commands", "fpw_force"):
            sys.modules.pop(module, None)
        return DagBag(dag_folder=str(DAGS))

    def add_secret(self, connection: str, secret: str | None) -> None:
        from airflow.models import Connection
        from airflow.utils.session import create_session

        with create_session() as session:
            session.add(Connection(conn_id=connection, conn_type="generic", password=secret))

    def remove_secrets(self) -> None:
        from airflow.models import Connection
        from airflow.utils.session import create_session

        with create_session() as session:
            session.query(Connection).delete()

    def run(self, dag: str, logical_date: datetime | None = None, **conf) -> Run:
        """Runs a DAG after parsing it again, as happens for every task of a real run: a run leaves its parameters in the DAG."""
        self.notes.attempts = {}
        bag = self.bag()
        assert bag.import_errors == {}
        done = bag.dags[dag].test(logical_date=logical_date, run_conf=conf)
        instances = done.get_task_instances()
        return Run(
            done.run_id,
            str(done.state),
            {one.task_id: str(one.state) for one in instances},
            {one.task_id: one.try_number for one in instances},
            self.notes.attempts,
        )


def listener(airflow: InProcess):
    from airflow.listeners import hookimpl

    class Listener:
        @hookimpl
        def on_task_instance_running(self, previous_state, task_instance):
            airflow.notes.begin(task_instance.task_id)

        @hookimpl
        def on_task_instance_failed(self, previous_state, task_instance, error):
            airflow.notes.lines.append(str(error))

    return Listener()
