"""
### The files of the warehouse

Looks once a day whether every file that the tables and releases need is there and has its size, and reads a thirtieth of them, so that each is
compared with its checksums every 30 days: a disk may change or lose a file without a word. Takes no lock. **Red**: the end of the log names the
damaged files, which releases do without them, and what brings them back; nothing else depends on it.
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
