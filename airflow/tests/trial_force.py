"""A small force: devices and exits as dropped files, and a store in a database with a password, on the loopback interface."""

from __future__ import annotations

import gzip
import shutil
import signal
import subprocess
from datetime import date, timedelta
from pathlib import Path

from conftest import PASSWORD, ROOT, free_port, java

DEVICES = 60
FILES = {
    "connections.yml": """connections:
  - {{name: drop, kind: files, path: drop}}
  - {{name: lab, kind: jdbc, url: "jdbc:h2:tcp://127.0.0.1:{port}/lab", user: reader, password_variable: FPW_LAB_PASSWORD, timeout_seconds: 120}}
""",
    "feeds/stored.yml": """feed: stored
source: store
description: Exhibits in the store, one row per exhibit.
connection: lab
table: lab.stored
extract: full
key: [exhibit]
item: exhibit
columns:
  - {{name: exhibit, type: text, privacy: not_personal}}
  - {{name: stored_on, type: date, required: true, privacy: not_personal}}
  - {{name: collected_on, type: date, privacy: not_personal}}
""",
    "staging/store.yml": """staging: store
source: store
item_kind: exhibit
feeds: [stored]
events: [stored, collected]
""",
    "staging/store.sql": """select exhibit as item_key, 'stored' as event, stored_on as occurred_on, 1 as event_order from stored
union all
select exhibit as item_key, 'collected' as event, collected_on as occurred_on, 2 as event_order from stored where collected_on is not null
""",
    "queues/awaiting_collection.yml": """queue: awaiting_collection
version: 1
title: Exhibits awaiting collection
description: From storing to collection.
item_kind: exhibit
item_unit: exhibits
enters: [stored]
leaves: [{{event: collected, as: collected, served: true}}]
slices: []
""",
    "rules/devices.yml": """feed: devices
rules:
  - code: KIND_UNHEARD_OF
    severity: stop
    expression: kind is null or kind <> 'unheard-of'
    message: "kind {{kind}} is not one that the laboratory has"
""",
}


class TrialForce:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder / "force"
        shutil.copytree(ROOT / "jobs/nightly/src/test/resources/acceptance/devices", self.folder)
        (self.folder / "drop").mkdir()
        for name, content in FILES.items():
            (self.folder / name).write_text(content.format(port=port))

    @property
    def warehouse(self) -> Path:
        return self.folder.parent / "warehouse"

    def drop(self, day: str, kind: str = "phone") -> None:
        self.drop_devices(day, kind)
        self.drop_exits(day)

    def drop_devices(self, day: str, kind: str = "phone") -> None:
        until_day = date.fromisoformat(day)
        lines = ["DEVICE,SUSPECT,RECEIVED,EXAMINED,KIND,REMARKS"]
        for device in range(DEVICES):
            received = date(2024, 11, 1) + timedelta(days=device * 37 % 100)
            examined = received + timedelta(days=device * 53 % 60)
            shown = examined if device % 5 and examined <= until_day else ""
            lines.append(f"D{device:04},S{device % 40:03},{received},{shown},{kind if device == 0 else 'computer'},")
        (self.folder / "drop" / f"devices_{day}.csv").write_text("\n".join(lines) + "\n")

    def drop_exits(self, day: str) -> None:
        self.drop_exits_as(day, "DEVICE,WITHDRAWN\nD0005,2025-02-01\n")

    def drop_exits_as(self, day: str, text: str) -> None:
        (self.folder / "drop" / f"exits_{day.replace('-', '')}.csv.gz").write_bytes(gzip.compress(text.encode()))


class Store:
    """An H2 server on the loopback interface that requires a password."""

    def __init__(self, folder: Path, lib: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.jar = next((lib / "app").glob("h2-*.jar"))
        script = folder / "lab.sql"
        script.write_text(
            "create schema lab; create table lab.stored (exhibit varchar(20) primary key, stored_on date not null, collected_on date);"
            "insert into lab.stored select 'X' || x, date '2025-01-01' + cast(x as int), case when x < 10 then date '2025-02-10' + cast(x as int) end from system_range(1, 20);"
            f"create user reader password '{PASSWORD}'; grant select on schema lab to reader;"
        )
        subprocess.run(
            [java(), "-cp", self.jar, "org.h2.tools.RunScript", "-url", f"jdbc:h2:file:{folder}/lab", "-user", "sa", "-script", script],
            check=True,
        )
        script.unlink()
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [java(), "-Dh2.bindAddress=127.0.0.1", "-cp", self.jar, "org.h2.tools.Server", "-tcp", "-tcpPort", str(self.port), "-baseDir", self.folder],
            stdout=subprocess.PIPE,
            text=True,
        )
        line = self.process.stdout.readline()
        assert "TCP server running" in line, line

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def hang(self, hanging: bool) -> None:
        """Sets whether it accepts connections without ever responding."""
        self.process.send_signal(signal.SIGSTOP if hanging else signal.SIGCONT)
