"""
### The nightly run

Loads every feed of one business date, computes the tables, audits them, and releases them. **Green**: released, with every feed. **Red**: look at
the first red task; its log ends with what happened and what to do. Readers always see one complete release, the new one or the previous one.

| task | what it does | when it fails |
|---|---|---|
| `check` | the force folder, the date, the secrets, the database | nothing else runs |
| `load` | loads every feed in one process | it is green with a warning, and each feed is loaded by its own task |
| `ingest.<feed>` | nothing if `load` loaded every feed; otherwise loads its feed, as many at a time as the pool of the operational system allows | the others still load, and the feed is missing from the release |
| `metrics` | computes the candidate when every feed has ended and at least one was loaded | no release |
| `release` | audits, publishes, and prints which feeds are missing from the release | readers keep the previous release |
| `export` | the tables as CSV, for spreadsheets; Parquet was written by the release | the release stays current |
| `complete` | nothing: it runs only if all tasks succeeded, so a run with a missing feed is red | |

The business date is the day before the run's logical date, in the force's zone, or the parameter `business_date`. It begins the name of a scheduled run. Every task can be cleared and run again:
completed work is not repeated, and the release has the same content.

Only failures that a retry can fix are retried: a source that does not respond, a warehouse lock held by another run. People on call read `docs/airflow.md`.
"""

from __future__ import annotations

from datetime import timedelta

import fpw_force

fpw_force.require_provider()

from airflow.sdk import Asset, Metadata, Param, TriggerRule, dag, task, task_group  # noqa: E402

import fpw_commands as fpw  # noqa: E402

FORCE = fpw_force.read()
RELEASE = Asset(name=f"fpw_release_{FORCE.code}", uri=f"fpw://{FORCE.code}/release")


@dag(
    dag_id=f"nightly_{FORCE.code}",
    doc_md=__doc__,
    schedule=fpw.timetable(FORCE),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    tags=["fpw", FORCE.code],
    params={
        "business_date": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Business date",
            description="The figures show the end of this day, such as 2026-11-23. Empty: the day before the run's logical date.",
        ),
        "confirm_date": Param(
            False,
            type="boolean",
            title="Confirm date",
            description="Confirms a business date that is further after the last known one than force.yml allows; the dates in between are skipped permanently.",
        ),
    },
    default_args={"owner": "fpw", "retries": fpw.RETRIES, "retry_delay": fpw.RETRY_DELAY},
)
def nightly():
    @task
    def check() -> None:
        fpw.check(FORCE)

    @task
    def load() -> bool:
        return fpw.ingest_all(FORCE)

    @task_group
    def ingest(is_loaded):
        for feed in FORCE.feeds:

            @task(task_id=feed.name, pool=FORCE.pool(feed))
            def load_one(name: str, connection: str, is_loaded: bool) -> None:
                fpw.ingest(FORCE, name, connection, is_loaded)

            load_one(feed.name, feed.connection, is_loaded)

    # Its only upstream tasks are the feeds: at least one of them must have been loaded.
    @task(trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def metrics() -> None:
        fpw.metrics(FORCE)

    @task(outlets=[RELEASE])
    def release():
        yield Metadata(RELEASE, fpw.release(FORCE))

    @task
    def export() -> None:
        fpw.export(FORCE)

    @task(retries=0)
    def complete() -> None:
        """Runs only if every task succeeded; otherwise it is 'upstream failed', and the run is red."""

    checked = check()
    all_at_once = load()
    checked >> all_at_once
    loaded = ingest(all_at_once)
    whole = complete()
    loaded >> metrics() >> release() >> export() >> whole
    loaded >> whole


nightly()
