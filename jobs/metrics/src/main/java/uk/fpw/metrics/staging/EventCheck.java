package uk.fpw.metrics.staging;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import uk.fpw.warehouse.force.Mistake;
import uk.fpw.warehouse.privacy.Shape;

/** Looks at what the staging queries yielded for what only the rows show to be a mistake of the force folder. */
public final class EventCheck {

    private static final String FINDINGS = """
            select staging, event, count(*) as found_count
            from staged_row
            where problem = 'UNDECLARED_EVENT'
            group by staging, event
            order by staging, event
            """;

    private static final Pattern EVENT_NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private EventCheck() {}

    /** Every mistake, by file; the view of the staged rows must be there. */
    public static List<Mistake> mistakes(SparkSession spark) {
        return spark.sql(FINDINGS).collectAsList().stream()
                .map(row -> undeclared(row.getString(0), row.isNullAt(1) ? "" : row.getString(1), row.getLong(2)))
                .toList();
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
}
