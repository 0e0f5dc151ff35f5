package uk.fpw.metrics.staging;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.warehouse.force.Mistake;
import uk.fpw.warehouse.privacy.Shape;

/** Looks at what the staging queries yielded for what only the rows show to be a mistake of the force folder. */
public final class EventCheck {

    private static final String FINDINGS = """
            select 'undeclared' as kind, staging as name, event, count(*) as found_count, cast(null as date) as first_on
            from staged_row
            where problem = 'UNDECLARED_EVENT'
            group by staging, event
            union all
            select 'too early' as kind, definition.queue as name, '' as event, count(distinct staged_row.item_key) as found_count,
                min(staged_row.occurred_on) as first_on
            from staged_row
            inner join queue_event as definition
                on staged_row.item_kind = definition.item_kind and staged_row.event = definition.event
            inner join queue_definition
                on definition.queue = queue_definition.queue
            where
                staged_row.problem is null
                and definition.role = 'enters'
                and queue_definition.observed_from is null
                and staged_row.occurred_on < :earliest
            group by definition.queue
            """;

    /** A queue that begins so many years before the business date does so because a date stands for 'not known'. */
    private static final int YEARS = 30;

    private static final Pattern EVENT_NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private EventCheck() {}

    /** Every mistake, by file; the views of the staged rows and of the queue definitions must be there. */
    public static List<Mistake> mistakes(SparkSession spark, LocalDate businessDate) {
        LocalDate earliest = businessDate.minusYears(YEARS);
        List<Mistake> mistakes = new ArrayList<>();
        for (Row row : spark.sql(FINDINGS + "order by kind, name, event", Map.of("earliest", earliest))
                .collectAsList()) {
            long count = row.getLong(3);
            mistakes.add(
                    row.getString(0).equals("undeclared")
                            ? undeclared(row.getString(1), row.isNullAt(2) ? "" : row.getString(2), count)
                            : tooEarly(row.getString(1), row.getDate(4).toLocalDate(), count, earliest));
        }
        return mistakes;
    }

    private static Mistake undeclared(String staging, String event, long count) {
        // A query that passes a column of the source on may yield anything, also what a person wrote.
        String shown = EVENT_NAME.matcher(event).matches()
                ? "the event '" + event + "'"
                : "an event (" + Shape.of(event) + ")";
        return new Mistake(
                "staging/" + staging + ".yml",
                0,
                "events",
                String.format(
                        Locale.ROOT,
                        "the query yields %s, which is not declared, in %,d %s",
                        event.isEmpty() ? "a row without an event" : shown,
                        count,
                        count == 1 ? "row" : "rows"),
                event.isEmpty()
                        ? "let the query name an event, or leave such rows out"
                        : "add it to 'events', or let the query translate it or leave it out");
    }

    private static Mistake tooEarly(String queue, LocalDate first, long count, LocalDate earliest) {
        return new Mistake(
                "queues/" + queue + ".yml",
                0,
                "observed_from",
                String.format(
                        Locale.ROOT,
                        "%,d %s the queue before %s, the first on %s: more than %d years before the business date, so its figures would begin there",
                        count,
                        count == 1 ? "item enters" : "items enter",
                        earliest,
                        first,
                        YEARS),
                "write a rule that leaves such items out, or set observed_from");
    }
}
