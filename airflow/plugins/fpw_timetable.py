"""Names nightly runs after their business date, such as ``2026-11-23__scheduled_2026-11-24T02:30Z``; Airflow itself would use only the start time.

The start time stays in the name, because a duplicate name, for example after a change of the schedule or a manual run, would stop the scheduler.

Airflow asks the timetable for names, and accepts only timetables that a plugin registers: AIRFLOW__CORE__PLUGINS_FOLDER must name this folder.
Without it the DAG still runs, and its runs have Airflow's names.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.plugins_manager import AirflowPlugin
from airflow.timetables.trigger import CronTriggerTimetable
from airflow.utils.types import DagRunType


class NightTimetable(CronTriggerTimetable):
    """Airflow's timetable of a cron expression. The business date is the day before a run starts, in the timetable's zone."""

    def generate_run_id(self, *, run_type, run_after, data_interval, **extra) -> str:
        if run_type != DagRunType.SCHEDULED:
            return super().generate_run_id(run_type=run_type, run_after=run_after, data_interval=data_interval, **extra)
        business_date = run_after.in_timezone(self._timezone).date() - timedelta(days=1)
        return f"{business_date.isoformat()}__scheduled_{run_after.in_timezone('UTC').strftime('%Y-%m-%dT%H:%MZ')}"


class FpwTimetables(AirflowPlugin):
    name = "fpw_timetables"
    timetables = [NightTimetable]
