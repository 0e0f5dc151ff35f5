package uk.fpw.warehouse.store.limit;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows or values of a load that are subject to exceeded limits, by limit or by limit and column.
 *
 * @param counts by name of the limit, such as {@code deleted}, or of limit and column, such as
 *     {@code emptied:closed_at}
 */
public record LimitBreaches(Map<String, Long> counts) {

    /** A source may change further between a stopped load and its acceptance. */
    private static final double MARGIN = 1.1;

    public LimitBreaches {
        counts = Map.copyOf(counts);
    }

    /** The name for a limit and a column, if any. */
    public static String name(AcceptableLimit limit, @Nullable String column) {
        return column == null ? limit.text() : limit.text() + ":" + column;
    }

    /** The breaches of one limit; null if there are none. */
    public @Nullable LimitBreaches of(AcceptableLimit limit) {
        Map<String, Long> own = new TreeMap<>(counts);
        own.keySet().removeIf(name -> !name.equals(limit.text()) && !name.startsWith(limit.text() + ":"));
        return own.isEmpty() ? null : new LimitBreaches(own);
    }

    /** Whether a breach of that name is covered: as large as the one here, or up to a tenth larger. */
    public boolean include(String name, long count) {
        return count <= MARGIN * counts.getOrDefault(name, 0L);
    }

    /** Text such as {@code deleted=150,emptied:closed_at=297}, sorted by name. */
    public String text() {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(excess -> excess.getKey() + "=" + excess.getValue())
                        .collect(Collectors.joining(","));
    }

    /** Parses that text; null for null. */
    public static @Nullable LimitBreaches parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Map<String, Long> counts = new TreeMap<>();
        for (String excess : text.split(",", -1)) {
            int equals = excess.indexOf('=');
            counts.put(excess.substring(0, equals), Long.parseLong(excess.substring(equals + 1)));
        }
        return new LimitBreaches(counts);
    }

    /** For users: {@code 150}, or {@code 297 of column closed_at}. */
    @Override
    public String toString() {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(excess -> {
                            int colon = excess.getKey().indexOf(':');
                            return excess.getValue()
                                    + (colon < 0
                                            ? ""
                                            : " of column " + excess.getKey().substring(colon + 1));
                        })
                        .collect(Collectors.joining(", "));
    }
}
