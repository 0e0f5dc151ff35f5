"""The names that a DAG needs from a force folder: the force, its feeds, and their connections, from ``fpw check --names``.

Nothing is read from the folder here. The answer is cached in Airflow's home until a file of the folder changes. While the folder has an error, the cached
names are used, so that the run starts and its first task, ``check``, shows the error; without a cached answer it is an import error.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger("fpw")

# Environment variables passed to fpw. Airflow's own settings contain secrets and are not passed.
INHERITED = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME", "SPARK_HOME")
INHERITED_PREFIX = "FPW_"
# Airflow's connections fpw_warehouse and fpw_pseudonym_key hold secrets of the warehouse itself.
RESERVED = ("warehouse", "pseudonym_key")
PROVIDER = "airflow.providers.standard"


class ForceFolderUnreadable(Exception):
    """The message says what is wrong, where, and what to do."""


@dataclass(frozen=True)
class Feed:
    """One feed, and the connection by which it is loaded."""

    name: str
    connection: str


@dataclass(frozen=True)
class ForceNames:
    """The part of a force folder used by the DAGs.

    ``passwords`` maps each connection that has a password to the environment variable that ``fpw`` reads it from; the key
    ``warehouse`` stands for the warehouse's own database.
    """

    folder: Path
    code: str
    zone: str
    feeds: tuple[Feed, ...]
    passwords: dict[str, str]
    needs_pseudonym_key: bool

    def pool(self, feed: Feed) -> str:
        """The pool that protects the feed's operational system."""
        return f"fpw_{feed.connection}"

    @property
    def pools(self) -> tuple[str, ...]:
        return tuple(sorted({self.pool(feed) for feed in self.feeds}))


def require_provider() -> None:
    """Fails with install instructions if the Airflow provider of ``@task`` is missing."""
    if importlib.util.find_spec(PROVIDER) is None:
        raise ForceFolderUnreadable(
            "the provider apache-airflow-providers-standard is missing in this Airflow, which @task needs to run Python; "
            "create the environment with airflow/environment, or install the provider"
        )


def read() -> ForceNames:
    """The force in the folder of the environment variable FPW_FORCE."""
    require_provider()
    given = os.environ.get("FPW_FORCE", "")
    if not given:
        raise ForceFolderUnreadable(
            "FPW_FORCE is not set; set it, for scheduler, DAG processor and workers, to the absolute path of the force folder"
        )
    folder = Path(given)
    if not folder.is_absolute():
        raise ForceFolderUnreadable(f"FPW_FORCE is {given}, which is relative to the working directory of Airflow; use an absolute path")
    if not folder.is_dir():
        raise ForceFolderUnreadable(f"FPW_FORCE is {given}, but there is no such folder; use the folder that contains force.yml")
    names = json.loads(answer(folder))
    passwords = names["password_variables"]
    for name in RESERVED:
        if name in {feed["connection"] for feed in names["feeds"]} | passwords.keys():
            raise ForceFolderUnreadable(
                f"{folder}/connections.yml: connections: '{name}' would share Airflow's connection fpw_{name} with a secret of the warehouse; rename it"
            )
    if names["warehouse_password_variable"]:
        passwords["warehouse"] = names["warehouse_password_variable"]
    feeds = tuple(Feed(feed["name"], feed["connection"]) for feed in names["feeds"])
    return ForceNames(folder, names["force"], names["zone"], feeds, passwords, names["needs_pseudonym_key"])


def answer(folder: Path) -> str:
    """The output of ``fpw check --names`` for the folder as it is now or, if it has an error, as it last was without one."""
    from airflow.configuration import AIRFLOW_HOME

    kept = Path(AIRFLOW_HOME) / "fpw" / f"{hashlib.sha256(str(folder).encode()).hexdigest()}.json"
    digest = digest_of(folder)
    known = json.loads(kept.read_text()) if kept.is_file() else None
    if known and known["digest"] == digest:
        return known["answer"]
    asked = [launcher(), "check", "--names", "--force", str(folder)]
    done = subprocess.run(asked, env=inherited(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        if known:
            log.warning("the names of the feeds are those of before, since the force folder has an error: %s", done.stderr.strip())
            return known["answer"]
        raise ForceFolderUnreadable(f"fpw check --names --force {folder}: {done.stderr.strip()}")
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    part = kept.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps({"digest": digest, "answer": done.stdout}))
    part.replace(kept)
    return done.stdout


def digest_of(folder: Path) -> str:
    """Digest of the files that contain the names, and of the installation that reads them."""
    program = Path(launcher()).resolve()
    digest = hashlib.sha256(f"{program}\0{program.stat().st_mtime_ns}\0".encode())
    for file in sorted([*folder.glob("*.yml"), *folder.glob("feeds/*.yml")]):
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def launcher() -> str:
    home = os.environ.get("FPW_HOME", "")
    # An installed archive has it in bin, a checkout does not.
    path = next((found for found in (Path(home) / "bin/fpw", Path(home) / "fpw") if found.is_file()), None)
    if not home or path is None:
        raise ForceFolderUnreadable(
            f"FPW_HOME is '{home}', and there is no file bin/fpw or fpw in it; set it, for scheduler, DAG processor and workers, to the folder of the installation"
        )
    return str(path)


def inherited() -> dict[str, str]:
    """The part of this environment that fpw may see."""
    return {name: value for name, value in os.environ.items() if name in INHERITED or name.startswith(INHERITED_PREFIX)}
