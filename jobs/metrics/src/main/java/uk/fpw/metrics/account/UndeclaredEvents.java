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

/** Events that staging queries return but do not declare: an error of the force folder that only shows in the rows. */
public final class UndeclaredEvents {

    private static final Pattern EVENT_NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private UndeclaredEvents() {}

    /** The errors, by file. */
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
        // such an event may be anything, even free text
        if (event.equals(RowCounts.OTHERS)) {
            return new ConfigError(
                    "staging/" + staging + ".yml",
                    0,
                    "events",
                    String.format(
                            Locale.ROOT,
                            "the query returns more events than the %d listed here, in %,d further rows",
                            RowCounts.MAX_UNDECLARED,
                            count),
                    "map the values of the source to a few events in the query");
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
                        "the query returns %s, which is not declared, in %,d %s",
                        event.isEmpty() ? "a row without an event" : shown,
                        count,
                        count == 1 ? "row" : "rows"),
                event.isEmpty()
                        ? "set an event in the query, or filter out such rows"
                        : "add it to 'events', or map it to another event or filter it out in the query");
    }
}
