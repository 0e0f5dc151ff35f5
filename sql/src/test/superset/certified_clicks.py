"""Clicks with the certified metrics of `fpw bi --superset`, each with what is true of it: SQL for `fpw query`, over the marts and not over the views, the same columns, the metric last.

Where a metric would mean nothing, it has to be null: NOTHING. What must not be possible names a column of which there must be no metric: IMPOSSIBLE.
"""

from __future__ import annotations

import dataclasses

NOTHING = "select null"
IMPOSSIBLE = "impossible"

WHOLE = "(select queue, title, item_kind from dim_queue where queue_role = 'whole')"
SEIZED = {"queue": "seized_no_result"}
SERIES = "scheme || ' ' || scheme_version || ', ' || selection || ', ' || population"


@dataclasses.dataclass(frozen=True)
class CertifiedClick:
    """What somebody drags onto a chart: a metric of a view, columns, a time axis of a grain such as P3M, filters. total: the summary row of a table with these columns."""

    view: str
    metric: str
    truth: str
    by: tuple[str, ...] = ()
    grain: str = ""
    where: dict[str, str | int | bool] = dataclasses.field(default_factory=dict)
    total: bool = False

    @property
    def title(self) -> str:
        words = [f"`{self.metric}`"]
        words += [", ".join(f"{column} {value}" for column, value in self.where.items())] if self.where else []
        words += ["by " + ", ".join((*self.by, *([self.grain] if self.grain else [])))] if self.by or self.grain else ["nothing on an axis"]
        return ("summary of a table of " if self.total else "") + ", ".join(words)


def monthly(figure: str, where: str = "is_total") -> str:
    return f"select queue, month_start_on, {figure} from queue_monthly inner join {WHOLE} using (queue) where {where}"


def quarterly(figure: str) -> str:
    return f"select queue, quarter_start_on, {figure} from queue_quarterly inner join {WHOLE} using (queue) where is_total"


def daily(figure: str, where: str = "is_total") -> str:
    """By queue and calendar year, from the days."""
    return f"""select queue, cast(date_trunc('year', day) as date), {figure}
        from queue_daily inner join {WHOLE} using (queue) where day >= date '2013-01-01' and {where} group by 1, 2"""


def last_day(figure: str, where: str) -> str:
    return f"select {figure} from queue_daily where day = data_as_at and {where}"


CLICKS = (
    CertifiedClick("flows", "received_count", monthly("received_count"), ("queue",), "P1M"),
    CertifiedClick("flows", "received_count", quarterly("received_count"), ("queue",), "P3M"),
    CertifiedClick("flows", "received_count", daily("sum(received_count)"), ("queue",), "P1Y"),
    CertifiedClick("flows", "received_count", NOTHING),
    CertifiedClick("flows", "received_count", NOTHING, where={"item_kind": "case"}),
    CertifiedClick(
        "flows",
        "received_count",
        """select item_kind, case when count(distinct queue) = 1 then sum(received_count) end
            from queue_daily inner join (select queue, item_kind from dim_queue where queue_role = 'whole') using (queue) where is_total and day >= date '2013-01-01' group by 1""",
        ("item_kind",),
    ),
    CertifiedClick("flows", "waiting_at_month_end", last_day("waiting_count", "is_total and queue = 'seized_no_result'"), where={"item_kind": "device"}),
    CertifiedClick("flows", "waiting_at_month_end", monthly("waiting_count"), ("queue",), "P1M"),
    CertifiedClick("flows", "waiting_at_month_end", quarterly("waiting_count"), ("queue",), "P3M"),
    CertifiedClick("flows", "waiting_at_month_end", daily("arg_max(waiting_count, day)"), ("queue",), "P1Y"),
    CertifiedClick("flows", "waiting_at_month_end", NOTHING),
    CertifiedClick("flows", "waiting_at_month_end", last_day("waiting_count", "is_total and queue = 'seized_no_result'"), grain="P1M", where=SEIZED, total=True),
    CertifiedClick("flows", "waiting_at_month_end", NOTHING, ("queue",), "P1M", total=True),
    CertifiedClick("flows", "past_standard_at_month_end", quarterly("past_standard_count"), ("queue",), "P3M"),
    CertifiedClick("flows", "served_share", quarterly("served_count / nullif(left_count, 0)"), ("queue",), "P3M"),
    CertifiedClick("flows", "served_share", NOTHING),
    CertifiedClick("flows", "SUM(waiting_at_month_end_do_not_sum)", IMPOSSIBLE),
    CertifiedClick("flows", "COUNT(*)", IMPOSSIBLE),
    CertifiedClick(
        "flows_by_slice",
        "waiting_at_month_end",
        "select slice_value, month_start_on, waiting_count from queue_monthly where queue = 'seized_no_result' and slice = 'device_type'",
        ("slice_value",),
        "P1M",
        {**SEIZED, "slice": "device_type"},
    ),
    CertifiedClick(
        "flows_by_slice",
        "waiting_at_month_end",
        "select slice_value, quarter_start_on, waiting_count from queue_quarterly where queue = 'seized_no_result' and slice = 'device_type'",
        ("slice_value",),
        "P3M",
        {**SEIZED, "slice": "device_type"},
    ),
    CertifiedClick(
        "flows_by_slice",
        "waiting_at_month_end",
        "select month_start_on, waiting_count from queue_monthly where queue = 'seized_no_result' and is_total",
        (),
        "P1M",
        {**SEIZED, "slice": "device_type"},
    ),
    CertifiedClick("flows_by_slice", "waiting_at_month_end", NOTHING, where={**SEIZED, "slice": "device_type"}),
    CertifiedClick("flows_by_slice", "received_count", NOTHING),
    CertifiedClick(
        "exits",
        "left_count",
        """select exit_reason, cast(date_trunc('year', month_start_on) as date), sum(left_count) from queue_exit
            where queue = 'seized_no_result' and is_total group by 1, 2""",
        ("exit_reason",),
        "P1Y",
        SEIZED,
    ),
    CertifiedClick("exits", "left_count", f"select queue, sum(left_count) from queue_daily inner join {WHOLE} using (queue) where is_total and day >= date '2013-01-01' group by 1", ("queue",)),
    CertifiedClick("exits", "left_count", NOTHING),
    CertifiedClick("waiting_now", "waiting_count", f"select title, waiting_count from queue_daily inner join {WHOLE} using (queue) where is_total and day = data_as_at", ("queue_title",)),
    CertifiedClick("waiting_now", "waiting_count", NOTHING),
    CertifiedClick("waiting_now", "waiting_count", NOTHING, where={"item_kind": "case"}),
    CertifiedClick("waiting_now", "past_standard_count", f"select title, past_standard_count from queue_daily inner join {WHOLE} using (queue) where is_total and day = data_as_at", ("queue_title",)),
    CertifiedClick("waiting_now", "oldest_age_days", last_day("oldest_age_days", "is_total and queue = 'seized_no_result'"), where=SEIZED),
    CertifiedClick("waiting_now", "SUM(waiting_count)", IMPOSSIBLE),
    CertifiedClick(
        "waits",
        "median_days",
        "select queue, period_start_on, median_days from wait_window where is_total and window_kind = 'quarter'",
        ("queue",),
        "P3M",
        {"period_kind": "quarter"},
    ),
    CertifiedClick("waits", "median_days", NOTHING, where={**SEIZED, "period_kind": "quarter"}),
    CertifiedClick(
        "waits",
        "median_days",
        """select cast(date_trunc('year', period_start_on) as date), case when count(*) = 1 then max(median_days) end from wait_window
            where is_total and window_kind = 'quarter' and queue = 'seized_no_result' group by 1""",
        (),
        "P1Y",
        {**SEIZED, "period_kind": "quarter"},
    ),
    CertifiedClick("waits", "AVG(median_days_do_not_average)", IMPOSSIBLE),
    CertifiedClick(
        "standards",
        "met_share_low",
        """select queue, standard, cast(date_trunc('quarter', month_start_on) as date), sum(met_count) / nullif(sum(due_count), 0) from wait_standard
            where is_total group by 1, 2, 3""",
        ("queue", "standard"),
        "P3M",
    ),
    CertifiedClick(
        "standards",
        "met_share_high",
        """select queue, case when count(distinct standard) = 1 then sum(met_count + unknown_count) / nullif(sum(due_count), 0) end from wait_standard
            where is_total group by 1""",
        ("queue",),
    ),
    CertifiedClick("standards", "due_count", NOTHING),
    CertifiedClick(
        "grades",
        "judgement_count",
        f"""select {SERIES}, theme, assessor, grade, cast(date_trunc('year', period_start_on) as date), sum(judgement_count) from grading_share
            where period_kind = 'quarter' group by 1, 2, 3, 4, 5""",
        ("series", "theme", "assessor", "grade"),
        "P1Y",
    ),
    CertifiedClick(
        "grades",
        "grade_share",
        f"""select {SERIES} as series, theme, assessor, grade, sum(judgement_count) / sum(sum(judgement_count)) over (partition by {SERIES}, theme, assessor)
            from grading_share where period_kind = 'quarter' group by 1, 2, 3, 4""",
        ("series", "theme", "assessor", "grade"),
    ),
    CertifiedClick("grades", "judgement_total", NOTHING),
    CertifiedClick(
        "staff",
        "examined_count",
        "select capacity, cast(date_trunc('year', month_start_on) as date), sum(examined_count) from capacity_monthly where is_total group by 1, 2",
        ("capacity",),
        "P1Y",
    ),
    CertifiedClick("staff", "staff_in_post", "select capacity, month_start_on, staff_in_post from capacity_monthly where is_total", ("capacity",), "P1M"),
    CertifiedClick("staff", "staff_in_post", NOTHING, where={"capacity": "forensics_unit"}),
    CertifiedClick(
        "staff",
        "with_provider_at_month_end",
        "select cast(date_trunc('quarter', month_start_on) as date), arg_max(with_provider_count, month_start_on) from capacity_monthly where is_total and capacity = 'provider' group by 1",
        (),
        "P3M",
        {"capacity": "provider"},
    ),
    CertifiedClick(
        "comparisons",
        "current_value",
        "select queue, period_kind, compared_with, measure, value from period_comparison",
        ("queue", "period_kind", "compared_with", "measure"),
    ),
    CertifiedClick("comparisons", "current_value", NOTHING, where=SEIZED),
    CertifiedClick("signals", "flow_per_service_day", "select queue, measure, month_start_on, flow_per_service_day from queue_signal where is_total", ("queue", "measure"), "P1M"),
    CertifiedClick("signals", "flow_count", NOTHING, where={**SEIZED, "measure": "received"}),
    CertifiedClick("recommendations", "recommendation_count", "select count(distinct recommendation) from recommendation"),
    CertifiedClick("recommendations", "overdue_count", "select status, count(distinct recommendation) filter (where is_overdue) from recommendation group by 1", ("status",)),
    CertifiedClick("changes", "change_count", "select count(distinct change) from change"),
    CertifiedClick("release", "missing_feed_count", "select 0"),
)
