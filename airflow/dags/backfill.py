"""
### Missed dates

Runs the nightly job for several business dates that have no release yet, in order, and stops at the first that fails. Start it by hand with the first and the last
date. **It only previews** unless `run` is set: the log of `preview` lists which dates are already released, which would run, and which are
not possible because a later date is known (business dates must not decrease). Then start it again with `run`.

| task | what it does |
|---|---|
| `preview` | lists what would be done for each date |
| `is_asked_for` | skips the rest unless `run` is set |
| `turn` | waits until no nightly run is in progress |
| `nights` | runs the dates, holding the warehouse lock for the whole range, so that a nightly run that starts meanwhile waits |

It needs each date's files. A database only has its current content, so its feeds are loaded as of today under each of these dates.
What to do when it fails: `docs/airflow.md`. Running it again is always safe: it continues where it stopped.
"""

from __future__ import annotations

from datetime import timedelta

import fpw_force

fpw_force.require_provider()

from airflow.sdk import Asset, BaseSensorOperator, Metadata, Param, dag, task  # noqa: E402

import fpw_commands as fpw  # noqa: E402

FORCE = fpw_force.read()
RELEASE = Asset(name=f"fpw_release_{FORCE.code}", uri=f"fpw://{FORCE.code}/release")


class NoRunOfTheNight(BaseSensorOperator):
    """Waits until no nightly run of the force is in progress."""

    def poke(self, context) -> bool:
        return context["ti"].get_dr_count(dag_id=f"nightly_{FORCE.code}", states=["running"]) == 0


@dag(
    dag_id=f"backfill_{FORCE.code}",
    doc_md=__doc__,
    schedule=None,
    catchup=False,
    max_active_runs=1,
    tags=["fpw", FORCE.code],
    params={
        "from_date": Param("", type="string", format="date", title="From", description="First business date, such as 2026-11-20."),
        "to_date": Param("", type="string", format="date", title="To", description="Last business date, such as 2026-11-23."),
        "confirm_date": Param(
            False,
            type="boolean",
            title="Confirm date",
            description="Confirms a first date that is further after the last known one than force.yml allows; the dates before it are skipped permanently.",
        ),
        "run": Param(False, type="boolean", title="Run", description="Run the dates. Otherwise they are only listed."),
    },
    default_args={"owner": "fpw", "retries": fpw.RETRIES, "retry_delay": fpw.RETRY_DELAY},
)
def backfill():
    @task
    def preview(params: dict | None = None) -> None:
        fpw.preview(FORCE, params["from_date"], params["to_date"])

    @task.short_circuit
    def is_asked_for(params: dict | None = None) -> bool:
        return params["run"]

    @task(outlets=[RELEASE])
    def nights(params: dict | None = None):
        released = fpw.nights(FORCE, params["from_date"], params["to_date"])
        yield Metadata(RELEASE, released)

    turn = NoRunOfTheNight(
        task_id="turn", poke_interval=fpw.POKE_SECONDS, timeout=timedelta(hours=12).total_seconds(), mode="reschedule"
    )
    preview() >> is_asked_for() >> turn >> nights()


backfill()
