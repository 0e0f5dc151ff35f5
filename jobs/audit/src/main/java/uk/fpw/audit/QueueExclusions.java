package uk.fpw.audit;

import java.util.List;
import uk.fpw.warehouse.run.MetricsResult.QueueExcluded;

/**
 * Counts per queue the items that it excludes because of the order of their events, or whose age is not known.
 */
final class QueueExclusions {

    private static final String COUNTS = """
            with

            left_out as (

                select
                    queue,
                    item_key
                from irregularity
                where treatment = 'item excluded from the queue'
                union
                select
                    queue,
                    item_key
                from spell
                where not is_age_known

            ),

            known as (

                select
                    queue,
                    item_key
                from spell
                union
                select
                    queue,
                    item_key
                from left_out

            )

            select
                known.queue,
                count(left_out.item_key) as left_out_count,
                count(*) as item_count
            from known
            left join left_out
                on known.queue = left_out.queue and known.item_key = left_out.item_key
            group by known.queue
            having count(left_out.item_key) > 0
            order by known.queue
            """;

    private QueueExclusions() {}

    /** One row per queue that excludes any; the views {@code spell} and {@code irregularity} must exist. */
    static List<QueueExcluded> count(AuditSession session) {
        return session.rows(COUNTS).stream()
                .map(QueryRow::new)
                .map(row -> new QueueExcluded(row.text(0), row.number(1), row.number(2)))
                .toList();
    }
}
