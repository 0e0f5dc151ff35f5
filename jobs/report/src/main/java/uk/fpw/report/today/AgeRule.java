package uk.fpw.report.today;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.QueuePaths;
import uk.fpw.report.text.English;

/** What has waited for more than half a year in queues without a standard: nobody has said how long is too long. */
final class AgeRule implements AttentionRule {

    private final boolean isOfThings;

    /** @param isOfThings whether it finds items of which a case or person may have several, such as devices */
    AgeRule(boolean isOfThings) {
        this.isOfThings = isOfThings;
    }

    private static final String FIND = """
            select
                today.queue,
                queue.title,
                today.item_unit,
                today.waiting_count,
                today.oldest_wait_days,
                sum(aged.waiting_count)::bigint as old_count
            from mart.queue_daily as today
            inner join mart.dim_queue as queue using (queue)
            inner join mart.open_age as aged
                on today.queue = aged.queue and aged.is_total and aged.as_of_on = today.day
            where
                today.is_total
                and today.day = today.data_as_at
                and queue.queue_role = 'whole'
                and today.past_standard_count is null
                and today.waiting_count > 0
                and aged.age_band_from_days > 180
                and %s exists (
                    select 1
                    from mart.queue_daily as day
                    where day.queue = today.queue and day.is_total and day.contributor_count < day.waiting_count
                )
            group by all
            having old_count > 0
            """;

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                isOfThings ? Attention.Harm.STANDARDS : Attention.Harm.PEOPLE,
                isOfThings ? "old, without a standard" : "people waiting for long, without a standard",
                (isOfThings ? "Things, such as devices," : "Cases or people")
                        + " that have waited for more than 180 days in a queue for which no standard says how long is "
                        + "too long.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        return site.release().rows(FIND.formatted(isOfThings ? "" : "not")).stream()
                .map(row -> new Attention(
                        shown(),
                        row.text("title"),
                        "Of " + English.of(row.count("waiting_count"), row.text("item_unit")) + " waiting, "
                                + English.count(row.count("old_count"))
                                + (row.count("old_count") == 1 ? " has" : " have") + " waited for more than 180 days"
                                + longest(row.countOrNull("oldest_wait_days"))
                                + ". No standard says how long is too long.",
                        QueuePaths.of(row.text("queue")) + "#ages",
                        null,
                        row.count("old_count")))
                .toList();
    }

    private static String longest(@Nullable Long days) {
        return days == null ? "" : ", the longest for " + English.of(days, "day");
    }
}
