"""The first clicks, each with the true figure: SQLite queries over the generator's spells.csv and gradings.csv, written by hand from the definitions of the force's queues."""

from __future__ import annotations

import dataclasses

VIEWS = (
    "bi.release",
    "bi.changes",
    "bi.comparisons",
    "bi.exits",
    "bi.flows",
    "bi.flows_by_slice",
    "bi.grades",
    "bi.recommendations",
    "bi.signals",
    "bi.staff",
    "bi.standards",
    "bi.waiting_now",
    "bi.waits",
    "bi_detail.waiting_now_by_slice",
    "bi_detail.waiting_at_month_end",
    "bi_detail.stages_now",
    "bi_detail.stages_at_month_end",
    "bi_detail.variants_now",
    "bi_detail.grades_by_year",
    "bi_detail.wait_at_days",
)

# The queues that are neither stages nor variants, by kind of item.
WHOLE = """(values ('seized_no_result', 'device'), ('cases_awaiting_interview', 'case'), ('cases_awaiting_safeguarding', 'case'), ('domestic_abuse_first_look', 'referral'))"""
STAGES = "('awaiting_submission', 'awaiting_acceptance', 'awaiting_examination', 'in_examination', 'awaiting_report')"


@dataclasses.dataclass(frozen=True)
class Click:
    """One first click in a view, and the query that says what is true of it: the same columns, the metric last.

    not_summable says why the figure that the tool shows by default means nothing, where that is so, and what to choose.
    """

    title: str
    view: str
    metric: str
    truth: str
    by: tuple[str, ...] = ()
    by_month: bool = False
    latest_only: bool = False
    where: dict[str, str | int | bool] | None = None
    not_summable: str = ""


CLICKS = (
    Click(
        "table, nothing chosen: `release_id`",
        "bi.release",
        "release_id",
        "select business_date || '.1' from night",
    ),
    Click(
        "`COUNT(*)`",
        "bi.waiting_now",
        "COUNT(*)",
        f"select count(*) from {WHOLE}",
    ),
    Click(
        "`SUM(waiting_count)`, nothing chosen",
        "bi.waiting_now",
        "SUM(waiting_count)",
        f"select count(distinct item) from spells inner join {WHOLE} on queue = column1 where left_on is null",
        not_summable="adds devices, cases and referrals; a case that waits for an interview and for safeguarding counts twice. Choose one queue, or put `queue_title` on an axis",
    ),
    Click(
        "`SUM(waiting_count)` of devices",
        "bi.waiting_now",
        "SUM(waiting_count)",
        f"select count(distinct item) from spells inner join {WHOLE} on queue = column1 where left_on is null and column2 = 'device'",
        where={"item_kind": "device"},
    ),
    Click(
        "`SUM(waiting_count)` of cases",
        "bi.waiting_now",
        "SUM(waiting_count)",
        f"select count(distinct item) from spells inner join {WHOLE} on queue = column1 where left_on is null and column2 = 'case'",
        where={"item_kind": "case"},
        not_summable="a case that waits for an interview and for safeguarding counts in both queues. Choose one queue",
    ),
    Click(
        "`SUM(waiting_count)` by `queue_title`",
        "bi.waiting_now",
        "SUM(waiting_count)",
        """select case queue
                when 'seized_no_result' then 'Seized devices without a result' when 'cases_awaiting_interview' then 'Cases awaiting an interview'
                when 'cases_awaiting_safeguarding' then 'Cases awaiting a safeguarding measure' else 'Domestic-abuse cases awaiting a first look' end, count(*)
            from spells inner join """
        + WHOLE
        + " on queue = column1 where left_on is null group by 1",
        by=("queue_title",),
    ),
    Click(
        "`SUM(waiting_count)` of devices by `slice_value`, slice `device_type`",
        "bi_detail.waiting_now_by_slice",
        "SUM(waiting_count)",
        "select coalesce(device_type, '(not recorded)'), sum(left_on is null) from spells where queue = 'seized_no_result' group by 1",
        by=("slice_value",),
        where={"item_kind": "device", "slice": "device_type"},
    ),
    Click(
        "`SUM(waiting_count)` by `queue` and month",
        "bi_detail.waiting_at_month_end",
        "SUM(waiting_count)",
        f"""select queue, month, sum(entered_on <= end_on and coalesce(left_on, '9999') > end_on) from months cross join spells inner join {WHOLE} on queue = column1
            group by 1, 2""",
        by=("queue",),
        by_month=True,
    ),
    Click(
        "latest value of devices (big number)",
        "bi_detail.waiting_at_month_end",
        "SUM(waiting_count)",
        "select max(month), (select count(*) from spells where queue = 'seized_no_result' and left_on is null) from months",
        by_month=True,
        latest_only=True,
        where={"item_kind": "device"},
    ),
    Click(
        "`SUM(waiting_count)` of devices, no month",
        "bi_detail.waiting_at_month_end",
        "SUM(waiting_count)",
        "select count(*) from spells where queue = 'seized_no_result' and left_on is null",
        where={"item_kind": "device"},
        not_summable="adds 36 month ends. Put the month on an axis, or use `bi.waiting_now`",
    ),
    Click(
        "`COUNT(*)`",
        "bi_detail.waiting_at_month_end",
        "COUNT(*)",
        f"select count(distinct item) from spells inner join {WHOLE} on queue = column1 where left_on is null",
        not_summable="counts queues and months, not what waits",
    ),
    Click(
        "`SUM(past_standard_count)` of `cases_awaiting_interview`",
        "bi.waiting_now",
        "SUM(past_standard_count)",
        """select count(*) from spells cross join night where queue = 'cases_awaiting_interview' and left_on is null
            and julianday(business_date) - julianday(first_entered_on) > 28""",
        where={"queue": "cases_awaiting_interview"},
    ),
    Click(
        "`MAX(oldest_age_days)`, nothing chosen",
        "bi.waiting_now",
        "MAX(oldest_age_days)",
        f"""select cast(max(julianday(business_date) - julianday(first_entered_on)) as integer) from spells cross join night
            inner join {WHOLE} on queue = column1 where left_on is null""",
    ),
    Click(
        "`SUM(received_count)`, nothing chosen",
        "bi.flows",
        "SUM(received_count)",
        f"select count(distinct item) from spells inner join {WHOLE} on queue = column1 where entered_on >= '2013-01-01'",
        not_summable="adds devices, cases and referrals, and a case once for each of its queues. Choose one queue",
    ),
    Click(
        "`SUM(received_count)` by `queue`",
        "bi.flows",
        "SUM(received_count)",
        f"select queue, sum(is_reentry = 'false' and entered_on >= '2013-01-01') from spells inner join {WHOLE} on queue = column1 group by 1",
        by=("queue",),
    ),
    Click(
        "`SUM(left_count)` by `queue` and month",
        "bi.flows",
        "SUM(left_count)",
        f"select queue, month, sum(coalesce(left_on, '') between month and end_on) from months cross join spells inner join {WHOLE} on queue = column1 group by 1, 2",
        by=("queue",),
        by_month=True,
    ),
    Click(
        "`SUM(left_count)`, nothing chosen",
        "bi.exits",
        "SUM(left_count)",
        f"select count(*) from spells inner join {WHOLE} on queue = column1 where left_on >= '2013-01-01'",
        not_summable="adds devices, cases and referrals. Choose one queue",
    ),
    Click(
        "`SUM(left_count)` by `queue`",
        "bi.exits",
        "SUM(left_count)",
        f"select queue, count(*) from spells inner join {WHOLE} on queue = column1 where left_on >= '2013-01-01' group by 1",
        by=("queue",),
    ),
    Click(
        "`SUM(waiting_at_month_end_do_not_sum)` by `queue` and month",
        "bi.flows",
        "SUM(waiting_at_month_end_do_not_sum)",
        f"""select queue, month, sum(entered_on <= end_on and coalesce(left_on, '9999') > end_on) from months cross join spells inner join {WHOLE} on queue = column1
            group by 1, 2""",
        by=("queue",),
        by_month=True,
    ),
    Click(
        "`SUM(received_count)` by `slice_value` and month, slice `device_type`",
        "bi.flows_by_slice",
        "SUM(received_count)",
        """select coalesce(device_type, '(not recorded)'), month, sum(is_reentry = 'false' and entered_on between month and end_on)
            from months cross join spells where queue = 'seized_no_result' group by 1, 2""",
        by=("slice_value",),
        by_month=True,
        where={"slice": "device_type"},
    ),
    Click(
        "`SUM(waiting_count)` by `belongs_to`",
        "bi_detail.stages_now",
        "SUM(waiting_count)",
        f"select 'seized_no_result', count(*) from spells where queue in {STAGES} and left_on is null",
        by=("belongs_to",),
    ),
    Click(
        "`SUM(waiting_count)` by `queue` and month",
        "bi_detail.stages_at_month_end",
        "SUM(waiting_count)",
        f"""select queue, month, sum(entered_on <= end_on and coalesce(left_on, '9999') > end_on) from months cross join spells where queue in {STAGES} group by 1, 2""",
        by=("queue",),
        by_month=True,
    ),
    Click(
        "`SUM(waiting_count)`, nothing chosen",
        "bi_detail.variants_now",
        "SUM(waiting_count)",
        "select count(*) from spells where queue = 'awaiting_examination' and left_on is null",
        not_summable="definitions of one thing; choose one queue. (That these two add up to their queue is so in this force)",
    ),
    Click(
        "`SUM(judgement_count)`, nothing chosen",
        "bi.grades",
        "SUM(judgement_count)",
        "select count(*) from gradings",
    ),
    Click(
        "`SUM(judgement_count)` by `grade` and quarter",
        "bi.grades",
        "SUM(judgement_count)",
        """select listed.grade, month, (select count(*) from gradings where grade = listed.grade and judged_on >= month and judged_on < date(month, '+3 months'))
            from months inner join (select distinct scheme_version, grade from gradings) as listed
                on scheme_version = (select scheme_version from gradings where judged_on >= month order by judged_on limit 1)
            where substr(month, 6, 2) in ('01', '04', '07', '10')""",
        by=("grade",),
        by_month=True,
    ),
    Click(
        "`SUM(judgement_count)` by `grade`",
        "bi_detail.grades_by_year",
        "SUM(judgement_count)",
        "select grade, count(*) from gradings group by 1",
        by=("grade",),
    ),
    Click(
        "table: `still_waiting_share` of seized devices at 30, 90 and 180 days, all first entries",
        "bi_detail.wait_at_days",
        "still_waiting_share",
        """select column1, still_waiting(column1, cast(max(0, julianday('2013-01-01') - julianday(entered_on)) as integer),
            cast(julianday(coalesce(left_on, business_date)) - julianday(entered_on) as integer), left_on is not null)
            from (values (30), (90), (180)) cross join night cross join spells
            where queue = 'seized_no_result' and is_reentry = 'false' and coalesce(left_on, '9999') >= '2013-01-01' group by 1""",
        by=("wait_days",),
        where={"queue": "seized_no_result", "cohort": "first entries"},
    ),
    Click(
        "`SUM(still_waiting_share)` by `queue_title`",
        "bi_detail.wait_at_days",
        "SUM(still_waiting_share)",
        "select 'no sum of shares means anything', null",
        by=("queue_title",),
        not_summable="shares of overlapping cohorts at several days. Choose a queue, a cohort and a day",
    ),
)
