"""The names that a DAG needs from a force folder: the force, its feeds, and their connections.

Nothing is judged here: ``fpw check`` does that, in the first task of every run. What is missing so that not even the names can be read
becomes an import error that says which file it is and what to do.
"""

from __future__ import annotations

import importlib.util
import os
import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

NAME = re.compile(r"[a-z][a-z0-9_]*")
# As in the schemas of force.yml and connections.yml: a password must not become a variable that programs read, and print, such as FPW_JAVA_OPTS.
PASSWORD_VARIABLE = re.compile(r"FPW_([A-Z0-9_]+_)?PASSWORD")
# Airflow's connections fpw_warehouse and fpw_pseudonym_key hold secrets of the warehouse itself.
RESERVED = ("warehouse", "pseudonym_key")
PROVIDER = "airflow.providers.standard"


class ForceFolderUnreadable(Exception):
    """What, where, and what to do."""


@dataclass(frozen=True)
class Feed:
    """One feed: a file in the folder ``feeds``."""

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
    force = mapping(folder, "force.yml")
    connections = {}
    for entry in entries(folder, "connections.yml", "connections"):
        connections[text(folder, "connections.yml", entry, "name")] = entry
    feeds = []
    needs_key = False
    files = sorted((folder / "feeds").glob("*.yml"))
    if not files:
        raise ForceFolderUnreadable(f"{folder}/feeds: contains no feed; add feeds/<name>.yml, see docs/force-folder.md")
    for file in files:
        shown = f"feeds/{file.name}"
        feed = mapping(folder, shown)
        name = text(folder, shown, feed, "feed")
        if name != file.stem:
            raise ForceFolderUnreadable(f"{folder}/{shown}: feed: is '{name}', but the file is named '{file.stem}'; use the same name for both")
        connection = text(folder, shown, feed, "connection")
        if connection not in connections:
            known = ", ".join(sorted(connections))
            raise ForceFolderUnreadable(
                f"{folder}/{shown}: connection: there is no connection '{connection}' in connections.yml; the connections are {known}"
            )
        feeds.append(Feed(name, connection))
        columns = feed.get("columns")
        needs_key |= isinstance(columns, list) and any(
            isinstance(column, dict) and column.get("privacy") == "pseudonymise" for column in columns
        )
    passwords = {
        name: password_variable(folder, "connections.yml", entry) for name, entry in connections.items() if "password_variable" in entry
    }
    for name in RESERVED:
        if name in connections:
            raise ForceFolderUnreadable(
                f"{folder}/connections.yml: connections: '{name}' would share Airflow's connection fpw_{name} with a secret of the warehouse; rename it"
            )
    storage = force.get("storage")
    if isinstance(storage, dict) and "password_variable" in storage:
        passwords["warehouse"] = password_variable(folder, "force.yml", storage)
    return ForceNames(folder, text(folder, "force.yml", force, "force"), zone(folder, force), tuple(feeds), passwords, needs_key)


def password_variable(folder: Path, file: str, group: dict) -> str:
    """The name of the variable; what is wrong is not shown, since it may be the password."""
    name = group["password_variable"]
    if not isinstance(name, str) or not PASSWORD_VARIABLE.fullmatch(name):
        raise ForceFolderUnreadable(
            f"{folder}/{file}: password_variable: is not a valid name for a password variable; name it FPW_..._PASSWORD, such as FPW_DFU_PASSWORD"
        )
    return name


def zone(folder: Path, force: dict) -> str:
    name = str(force.get("zone", "Europe/London"))
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ForceFolderUnreadable(f"{folder}/force.yml: zone: '{name}' is not a time zone; use a name such as Europe/London") from unknown


def mapping(folder: Path, file: str) -> dict:
    path = folder / file
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise ForceFolderUnreadable(f"{path}: is missing; FPW_FORCE must be the path of a force folder, see docs/force-folder.md") from missing
    except (OSError, UnicodeDecodeError) as unreadable:
        raise ForceFolderUnreadable(f"{path}: cannot be read: {unreadable}; give Airflow's user read permission") from unreadable
    except yaml.YAMLError as wrong:
        raise ForceFolderUnreadable(f"{path}: is not valid YAML: {wrong}; run fpw check --force {folder}") from wrong
    if not isinstance(read, dict):
        raise ForceFolderUnreadable(f"{path}: contains no fields; run fpw check --force {folder}")
    return read


def entries(folder: Path, file: str, field: str) -> list[dict]:
    found = mapping(folder, file).get(field)
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise ForceFolderUnreadable(f"{folder}/{file}: {field}: must be a list of groups; run fpw check --force {folder}")
    return found


def text(folder: Path, file: str, group: dict, field: str) -> str:
    value = group.get(field)
    if not isinstance(value, str) or not NAME.fullmatch(value):
        raise ForceFolderUnreadable(
            f"{folder}/{file}: {field}: is {value!r}, but must be a name (lower case letters, digits, _); run fpw check --force {folder}"
        )
    return value
