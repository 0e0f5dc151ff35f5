"""A whole night of the synthetic force, by a real Airflow."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from conftest import BIN, KEY, ROOT, Airflow, Fpw, java

DAY = "2015-12-29"
NIGHTLY = "nightly_fenmarch"


@pytest.fixture
def fenmarch(tmp_path, installation, spark):
    """The force folder, with the systems that it reads beside it, as in a checkout."""
    folder = tmp_path / "examples/fenmarch"
    shutil.copytree(ROOT / "examples/fenmarch", folder)
    generator = [file for file in (ROOT / "examples/generator/target").glob("fpw-generator-*.jar")]
    assert generator, "the programs are not built; run mvn -q -B -DskipTests package"
    subprocess.run(
        [java(), "-cp", f"{generator[0]}:{ROOT}/target/dist/lib/app/*", "uk.fpw.generator.GeneratorMain", "--known-on", DAY, "--folder", tmp_path / "var/fenmarch-systems"],
        check=True,
    )
    (tmp_path / "home").mkdir()
    airflow = Airflow(tmp_path / "home", folder, installation, spark)
    try:
        airflow.start()
        yield airflow, Fpw(installation, folder, spark)
    finally:
        airflow.stop()


def test_whole_night_of_the_synthetic_force_is_green(fenmarch):
    airflow, fpw = fenmarch
    airflow.add_secret("fpw_pseudonym_key", KEY)
    assert airflow.cli(str(BIN / "python"), str(ROOT / "airflow/set-up")).returncode == 0
    airflow.unpause(NIGHTLY)
    run, state = airflow.night(NIGHTLY, DAY)
    tasks = airflow.tasks(NIGHTLY, run)
    assert set(tasks.values()) == {"success"}, f"{tasks}\n{airflow.failures(NIGHTLY, run)}"
    assert state == "success"
    assert len(tasks) == 7 + 5
    assert [(one["release_id"], one["lacking"]) for one in fpw.releases()] == [(f"{DAY}.1", [])]
