package uk.fpw.report.today;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.QueueData;
import uk.fpw.report.page.QueuePaths;
import uk.fpw.report.text.English;

/** Items that have waited longer than the standard of their queue, and those that are about to. */
final class StandardsRule implements AttentionRule {

    private static final String FIND = """
            select
                today.queue,
                queue.title,
                today.item_unit,
                today.waiting_count,
                today.past_standard_count,
                today.due_next_7_days_count,
                today.oldest_wait_days,
                (
                    select string_agg(title, '; ' order by standard_order)
                    from mart.dim_standard as standard
                    where standard.queue = today.queue and standard.queue_version = queue.queue_version
                ) as standards,
                before.past_standard_count as past_standard_before
            from mart.queue_daily as today
            inner join mart.dim_queue as queue using (queue)
            left join mart.queue_daily as before
                on today.queue = before.queue and before.is_total and before.day = today.day - 7
            where
                today.is_total
                and today.day = today.data_as_at
                and queue.queue_role <> 'variant'
                and today.past_standard_count > 0
            """;

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.STANDARDS,
                "past standard",
                "Items of a queue with a standard that have waited longer than it, and how many more will unless they "
                        + "leave before. Variants of a queue are not listed again.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        List<Attention> found = new ArrayList<>();
        for (Row row : site.release().rows(FIND)) {
            long past = row.count("past_standard_count");
            Long before = row.countOrNull("past_standard_before");
            found.add(new Attention(
                    shown(),
                    row.text("title"),
                    English.count(past) + " of "
                            + English.of(row.count("waiting_count"), row.text("item_unit"))
                            + (past == 1
                                    ? " has waited longer than its standard"
                                    : " have waited longer than their standard")
                            + standards(row)
                            + longest(row.countOrNull("oldest_wait_days"))
                            + (before == null ? "" : "; a week before it was " + English.count(before))
                            + dueSoon(row.countOrNull("due_next_7_days_count")),
                    QueuePaths.of(row.text("queue")),
                    new QueueData(site, row.text("queue"), row.text("item_unit"))
                            .sparkline("Past the standard at the end of the month", "past_standard_count"),
                    past));
        }
        return found;
    }

    private static String longest(@Nullable Long days) {
        return days == null ? "" : ", the longest for " + English.of(days, "day");
    }

    private static String standards(Row row) {
        String titles = row.textOrNull("standards");
        return titles == null ? "" : " (" + titles + ")";
    }

    private static String dueSoon(@Nullable Long due) {
        return due == null || due == 0
                ? "."
                : ". " + English.count(due) + " more will be within 7 days unless they leave before.";
    }
}
