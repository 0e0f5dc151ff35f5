package uk.fpw.metrics.account;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import uk.fpw.metrics.account.RowCounts.UndeclaredEvent;
import uk.fpw.metrics.lifecycle.SparkText;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.privacy.ValueShape;

/** Events that staging queries yielded and do not declare: only the rows show that mistake of a force folder. */
public final class UndeclaredEvents {

    private static final Pattern EVENT_NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private UndeclaredEvents() {}

    /** Every mistake, by file. */
    public static List<ConfigError> errors(Force force, RowCounts counts) {
        return counts.undeclared().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<UndeclaredEvent, Long> found) -> name(force, found.getKey()))
                        .thenComparing(found -> found.getKey().event(), SparkText.ORDER))
                .map(found ->
                        undeclared(name(force, found.getKey()), found.getKey().event(), found.getValue()))
                .toList();
    }

    private static String name(Force force, UndeclaredEvent event) {
        return force.stagings().get(event.staging()).name();
    }

    private static ConfigError undeclared(String staging, String event, long count) {
        // A query that passes a column of the source on may yield anything, also what a person wrote.
        if (event.equals(RowCounts.OTHERS)) {
            return new ConfigError(
                    "staging/" + staging + ".yml",
                    0,
                    "events",
                    String.format(
                            Locale.ROOT,
                            "the query yields more events than the %d that are named here, in %,d further rows",
                            RowCounts.MOST_UNDECLARED,
                            count),
                    "let the query translate what the source says into a few events");
        }
        String shown = EVENT_NAME.matcher(event).matches()
                ? "the event '" + event + "'"
                : "an event (" + ValueShape.of(event) + ")";
        return new ConfigError(
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
