"""A real Airflow and the real programs, for a small force. The only stand-in is one Spark process for all nights (class WarmSpark)."""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DAGS = ROOT / "airflow" / "dags"
PLUGINS = ROOT / "airflow" / "plugins"
BIN = Path(sys.executable).parent
TIMEOUT_SECONDS = 15 * 60
KEY = secrets.token_hex(32)
PASSWORD = "source-" + secrets.token_hex(16)

sys.dont_write_bytecode = True


def java() -> str:
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


def until(what: str, condition, timeout=TIMEOUT_SECONDS):
    """The first true result of a condition. The limit only stops a test that would never end."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.8)
    raise AssertionError(f"still not after {timeout} s: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def installation(tmp_path_factory) -> Path:
    """The programs as installed, without sources, so that tests build nothing: FPW_PROGRAMS, or the launcher next to lib."""
    if "FPW_PROGRAMS" in os.environ:
        return Path(os.environ["FPW_PROGRAMS"])
    home = tmp_path_factory.mktemp("installation")
    lib = ROOT / "target" / "dist" / "lib"
    assert (lib / "app").is_dir(), "the programs are not built; run mvn -q -B -DskipTests package"
    shutil.copy(ROOT / "fpw", home / "fpw")
    (home / "lib").symlink_to(lib)
    return home


@pytest.fixture(scope="session")
def launcher(installation) -> Path:
    """The command ``fpw`` of the installation."""
    return next(file for file in (installation / "bin/fpw", installation / "fpw") if file.is_file())


@pytest.fixture(scope="session")
def in_process(tmp_path_factory):
    """Airflow in this process."""
    from in_process import InProcess

    return InProcess(tmp_path_factory.mktemp("in-process"))


class WarmSpark:
    """One Spark process for all nights, started and warmed up once. It computes the same as separate processes would; a night finds it by SPARK_HOME."""

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "jars").mkdir()
        (home / "bin").mkdir()
        shutil.copy(ROOT / "jobs/nightly/src/test/resources/warm-spark/spark-submit", home / "bin")
        (home / "bin/spark-submit").chmod(0o755)
        opened = re.findall(r'"(java[a-z.]*/[a-z.]+)"', (ROOT / "jobs/nightly/src/main/java/uk/fpw/nightly/spark/SparkCommand.java").read_text())
        assert opened, "SparkCommand names no packages that Spark reaches into"
        command = [java(), "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"]
        command += [f"--add-opens={package}=ALL-UNNAMED" for package in opened]
        command += ["-Duser.timezone=UTC", "-Dfile.encoding=UTF-8", "-Dh2.bindAddress=127.0.0.1", f"-Dfpw.metrics.log={home}/spark.log"]
        command += ["-cp", f"{ROOT}/target/dist/lib/spark/*:{ROOT}/target/dist/lib/shared/*", "uk.fpw.metrics.MetricsMain"]
        (home / "command").write_bytes(b"".join(word.encode() + b"\0" for word in command))
        for fifo in ("asked", "said"):
            os.mkfifo(home / fifo, 0o600)
        # held open, so that the process ends with this one and not after one night
        self.ends = [os.open(home / fifo, os.O_RDWR) for fifo in ("asked", "said")]
        with (home / "spark.err").open("w") as err:
            self.process = subprocess.Popen(
                [*command, "-"],
                stdin=os.open(home / "asked", os.O_RDONLY),
                stdout=os.open(home / "said", os.O_WRONLY),
                stderr=err,
                env={name: value for name, value in os.environ.items() if not name.startswith("FPW_")} | {"SPARK_LOCAL_DIRS": str(home / "local")},
            )
        (home / "pid").write_text(f"{self.process.pid}\n")

    def each_its_own(self, wanted: bool) -> None:
        """Sets whether nights start a Spark process of their own from now on."""
        switch = self.home / "each-its-own"
        switch.touch() if wanted else switch.unlink()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="session")
def spark(tmp_path_factory) -> WarmSpark:
    warm = WarmSpark(tmp_path_factory.mktemp("spark"))
    yield warm
    warm.stop()


def command_lines() -> Iterator[tuple[int, bytes]]:
    """The id and command line of every process; each word of a command line ends with NUL."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield int(file.parent.name), file.read_bytes()
        except OSError:
            continue


class Watch:
    """Repeatedly searches the command lines of all processes for texts that must not be there."""

    def __init__(self, *texts: str) -> None:
        self.texts = [text.encode() for text in texts]
        self.found: set[str] = set()
        self.seen_fpw = False
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()

    def look(self) -> None:
        while not self.over.wait(0.3):
            for _, line in command_lines():
                self.seen_fpw |= b"uk.fpw.nightly.Fpw" in line
                if any(text in line for text in self.texts):
                    self.found.add(line.replace(b"\0", b" ").decode(errors="replace"))


class Airflow:
    """Scheduler, DAG processor and API server on the loopback interface, with their own home, SQLite and LocalExecutor."""

    def __init__(self, home: Path, force: Path, installation: Path, spark: WarmSpark, consumer: Path) -> None:
        self.home = home
        self.port = free_port()
        bundles = [
            {"name": name, "classpath": "airflow.dag_processing.bundles.local.LocalDagBundle", "kwargs": {"path": str(path), "refresh_interval": 600}}
            for name, path in {"fpw": DAGS, "consumer": consumer}.items()
        ]
        self.env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AIRFLOW", "FPW_")) and name != "SPARK_HOME"
        } | {
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(PLUGINS),
            "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps(bundles),
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__PARALLELISM": "4",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{self.port}/execution/",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.port),
            "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{self.port}",
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(64),
            "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "False",
            # Tasks learn earlier that they must stop; DAG files do not change.
            "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "2",
            "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",
            # on a busy machine the lock is held for longer than the default of 5 s
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{self.home}/airflow.db?timeout=120",
            "FPW_HOME": str(installation),
            "FPW_FORCE": str(force),
            "FPW_SPARK_HEAP": "1g",
            "FPW_H2_SOURCES": h2_sources(force),
            "FPW_JAVA_OPTS": "-XX:TieredStopAtLevel=1",
            "SPARK_HOME": str(spark.home),
            "FPW_AIRFLOW_SCHEDULE": "0 0 29 2 *",
            "FPW_AIRFLOW_RETRIES": "4",
            "FPW_AIRFLOW_RETRY_SECONDS": "5",
            "FPW_AIRFLOW_POKE_SECONDS": "2",
            "FPW_AIRFLOW_WAIT_FOR_LOCK_MINUTES": "10",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        # The test's own key; without one, connections would be stored unencrypted.
        self.env["AIRFLOW__CORE__FERNET_KEY"] = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        self.processes: list[subprocess.Popen] = []
        self.token = ""

    def cli(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(words, env=self.env, capture_output=True, text=True, check=False)

    def start(self) -> None:
        migrated = self.cli(str(BIN / "airflow"), "db", "migrate")
        assert migrated.returncode == 0, migrated.stderr
        for part, *options in (("api-server",), ("dag-processor",), ("scheduler", "--skip-serve-logs")):
            log = (self.home / f"{part}.log").open("a")
            self.processes.append(subprocess.Popen([BIN / "airflow", part, *options], env=self.env, stdout=log, stderr=log, stdin=subprocess.DEVNULL))
        until("Airflow's API answers", self.answers)

    def answers(self) -> bool:
        for process in self.processes:
            assert process.poll() is None, f"{process.args} ended; see {self.home}"
        try:
            self.token = self.call("GET", "/auth/token")["access_token"]
            return True
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()

    def call(self, method: str, path: str, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def add_secret(self, connection: str, secret: str) -> None:
        self.call("POST", "/api/v2/connections", {"connection_id": connection, "conn_type": "generic", "password": secret})

    def unpause(self, dag: str) -> None:
        def is_there() -> bool:
            try:
                self.call("PATCH", f"/api/v2/dags/{dag}", {"is_paused": False})
                return True
            except urllib.error.HTTPError as error:
                if error.code == 404:
                    return False
                raise

        until(f"the DAG {dag} is there", is_there)

    def trigger(self, dag: str, **conf) -> str:
        return self.call("POST", f"/api/v2/dags/{dag}/dagRuns", {"conf": conf, "logical_date": None})["dag_run_id"]

    def state(self, dag: str, run: str) -> str:
        return self.call("GET", f"/api/v2/dags/{dag}/dagRuns/{run}")["state"]

    def ended(self, dag: str, run: str) -> str:
        until(f"{dag} {run} has ended", lambda: self.state(dag, run) in ("success", "failed"))
        return self.state(dag, run)

    def tasks(self, dag: str, run: str) -> dict[str, str]:
        found = self.call("GET", f"/api/v2/dags/{dag}/dagRuns/{run}/taskInstances?limit=100")["task_instances"]
        return {task["task_id"]: task["state"] for task in found}

    def task(self, dag: str, run: str, task: str) -> dict:
        return self.call("GET", f"/api/v2/dags/{dag}/dagRuns/{run}/taskInstances/{task}")

    def blocking(self, dag: str, run: str, task: str) -> str:
        """Why a task does not start, as shown on Airflow's page of the task."""
        if self.task(dag, run, task)["state"] != "scheduled":
            return ""
        return json.dumps(self.call("GET", f"/api/v2/dags/{dag}/dagRuns/{run}/taskInstances/{task}/dependencies"))

    def clear(self, dag: str, run: str, *tasks: str, downstream: bool = False) -> None:
        self.call(
            "POST",
            f"/api/v2/dags/{dag}/clearTaskInstances",
            {"dry_run": False, "dag_run_id": run, "task_ids": list(tasks), "only_failed": False, "include_downstream": downstream},
        )

    def log(self, dag: str, run: str, task: str, attempt: int | None = None) -> str:
        """The lines of the task's log, without decoration."""
        number = attempt or self.task(dag, run, task)["try_number"]
        file = self.home / "logs" / f"dag_id={dag}" / f"run_id={run}" / f"task_id={task}" / f"attempt={number}.log"
        lines = []
        for line in file.read_text().splitlines():
            try:
                said = json.loads(line)
                lines.append(str(said.get("event")))
                lines += [str(one.get("exc_value")) for one in said.get("error_detail") or []]
            except ValueError:
                lines.append(line)
        return "\n".join(lines)

    def failures(self, dag: str, run: str) -> str:
        """The last log lines of every attempt of every failed task, to explain why a test failed."""
        said = []
        for task, state in self.tasks(dag, run).items():
            for attempt in range(1, self.task(dag, run, task)["try_number"] + 1) if state == "failed" else []:
                said += [f"{task}, attempt {attempt}:", *self.log(dag, run, task, attempt).splitlines()[-30:]]
        return "\n".join(said)


def h2_sources(force: Path) -> str:
    """The H2 servers that a force folder reads."""
    return ",".join(re.findall(r"jdbc:h2:tcp://([^/]+)/", (force / "connections.yml").read_text()))


class Fpw:
    """The command line, called by hand."""

    def __init__(self, launcher: Path, force: Path, spark: WarmSpark) -> None:
        self.launcher = launcher
        self.force = force
        self.spark = spark

    def run(self, *words: str) -> subprocess.CompletedProcess:
        env = {name: value for name, value in os.environ.items() if not name.startswith("FPW_") and name != "SPARK_HOME"}
        env |= {"FPW_PSEUDONYM_KEY": KEY, "FPW_LAB_PASSWORD": PASSWORD, "FPW_H2_SOURCES": h2_sources(self.force)}
        env |= {"SPARK_HOME": str(self.spark.home), "FPW_JAVA_OPTS": "-XX:TieredStopAtLevel=1"}
        return subprocess.run(
            [self.launcher, *words, "--force", self.force], env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )

    def succeed(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def releases(self) -> list[dict]:
        return json.loads(self.succeed("releases", "--format", "json"))
