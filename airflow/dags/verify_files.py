"""
### The files of the warehouse

Checks once a day that every file that the tables and releases need exists and has its size, and reads a thirtieth of them, so that each file is
compared with its checksums every 30 days: a disk may change or lose a file silently. Takes no lock. **Red**: the end of the log names the damaged
files, the releases that need them, and what restores them; nothing else depends on this DAG.
"""

from __future__ import annotations

from datetime import timedelta

import fpw_force

fpw_force.require_provider()

from airflow.sdk import CronTriggerTimetable, dag, task  # noqa: E402

import fpw_commands as fpw  # noqa: E402

FORCE = fpw_force.read()


@dag(
    dag_id=f"verify_files_{FORCE.code}",
    doc_md=__doc__,
    schedule=CronTriggerTimetable("0 13 * * *", timezone=FORCE.zone),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    tags=["fpw", FORCE.code],
    default_args={"owner": "fpw", "retries": fpw.RETRIES, "retry_delay": fpw.RETRY_DELAY},
)
def verify_files():
    @task
    def verify() -> None:
        fpw.verify_files(FORCE)

    verify()


verify_files()
