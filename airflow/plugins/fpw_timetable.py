"""Names the runs of the night after their business date, such as ``2026-11-23``, which Airflow would name after the moment of their start.

Airflow asks a timetable for the names of runs, and knows only timetables that a plugin registers: AIRFLOW__CORE__PLUGINS_FOLDER must name this folder.
Without it the DAG runs all the same, and its runs have Airflow's names.
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
        start = run_after.in_timezone(self._timezone)
        business_date = (start.date() - timedelta(days=1)).isoformat()
        return business_date if self.starts_once_a_day() else f"{business_date}_{start.strftime('%H%M')}"

    def starts_once_a_day(self) -> bool:
        return all(field.isdigit() for field in self._expression.split()[:2])


class FpwTimetables(AirflowPlugin):
    name = "fpw_timetables"
    timetables = [NightTimetable]
