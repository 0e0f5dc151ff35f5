"""The DAG of the synthetic force: a task for each of its feeds, with names from the real program."""

from __future__ import annotations

import shutil

import pytest
from conftest import KEY, ROOT
from stand_in import StandIn, release

DAY = "2015-12-29"
NIGHTLY = "nightly_fenmarch"


@pytest.fixture
def fenmarch(in_process, tmp_path, monkeypatch):
    """The force folder; its only secret is the pseudonym key."""
    folder = tmp_path / "examples/fenmarch"
    shutil.copytree(ROOT / "examples/fenmarch", folder)
    monkeypatch.setenv("FPW_FORCE", str(folder))
    monkeypatch.setenv("FPW_H2_SOURCES", str(tmp_path / "var/fenmarch-systems"))
    in_process.add_secret("fpw_pseudonym_key", KEY)
    yield folder
    in_process.remove_secrets()


def test_whole_night_of_the_synthetic_force_is_green(in_process, fenmarch, launcher, tmp_path, monkeypatch):
    programs = StandIn(tmp_path / "stand-in", launcher)
    programs.answer({"releases": [(0, release(DAY))]})
    monkeypatch.setenv("FPW_HOME", str(programs.home))
    run = in_process.run(NIGHTLY, business_date=DAY)
    assert (run.state, set(run.tasks.values())) == ("success", {"success"})
    assert [words.split()[:3] for words in programs.words if words.startswith("ingest")] == [["ingest", "--date", DAY]]
    feeds = {file.stem for file in (fenmarch / "feeds").glob("*.yml")}
    assert {task.removeprefix("ingest.") for task in run.tasks if task.startswith("ingest.")} == feeds
    others = {task for task in run.tasks if not task.startswith("ingest.")}
    assert others == {"check", "load", "metrics", "release", "export", "complete"}
