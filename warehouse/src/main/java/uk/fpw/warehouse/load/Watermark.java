package uk.fpw.warehouse.load;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Up to where the changes of a source are known.
 *
 * @param column column of the feed by which changes are found
 * @param value its highest value in any load so far, in ISO format; of a whole number not above a gap
 * @param advances by how much a whole number rose in each of the latest loads, oldest first, at most
 *     {@value #MAX_ADVANCES}; empty for other types
 * @param boundary the rows at the end of the cursor; null where a version of this software that remembered none wrote
 *     it
 */
public record Watermark(
        String column,
        String value,
        List<Long> advances,
        @Nullable Boundary boundary) {

    /** Number of loads whose advance is remembered: four weeks. */
    public static final int MAX_ADVANCES = 28;

    private static final String VALUE = "fpw.watermark";
    private static final String COLUMN = "fpw.watermark-column";
    private static final String ADVANCES = "fpw.watermark-advances";
    private static final String BOUNDARY_KEY = "fpw.boundary-key";
    private static final String BOUNDARY_FROM = "fpw.boundary-from";
    private static final String BOUNDARY = "fpw.boundary";

    public Watermark {
        advances = List.copyOf(advances.subList(Math.max(0, advances.size() - MAX_ADVANCES), advances.size()));
    }

    /**
     * The rows whose cursor was highest, so that a source that lost them is noticed.
     *
     * @param keyColumns the feed's key when they were remembered
     * @param from lowest value of the cursor among them, in ISO format
     * @param keys hashes of their keys, the lowest cursor first, at most {@value #MAX_KEYS}
     */
    public record Boundary(List<String> keyColumns, String from, List<String> keys) {

        /** Rows that are remembered. */
        public static final int MAX_KEYS = 100;

        public Boundary {
            keyColumns = List.copyOf(keyColumns);
            keys = List.copyOf(keys);
        }
    }

    /** The median of the advances; 0 without any. */
    public long usualAdvance() {
        long[] sorted = advances.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    /** As properties of a snapshot's summary. */
    void addTo(Map<String, String> summary) {
        summary.put(VALUE, value);
        summary.put(COLUMN, column);
        if (!advances.isEmpty()) {
            summary.put(
                    ADVANCES,
                    String.join(",", advances.stream().map(String::valueOf).toList()));
        }
        if (boundary != null) {
            summary.put(BOUNDARY_KEY, String.join(",", boundary.keyColumns()));
            summary.put(BOUNDARY_FROM, boundary.from());
            summary.put(BOUNDARY, String.join(",", boundary.keys()));
        }
    }

    /** The watermark in a snapshot's summary; null if there is none. */
    static @Nullable Watermark of(Map<String, String> summary) {
        String value = summary.get(VALUE);
        String column = summary.get(COLUMN);
        if (value == null || column == null) {
            return null;
        }
        String from = summary.get(BOUNDARY_FROM);
        return new Watermark(
                column,
                value,
                list(summary.get(ADVANCES)).stream().map(Long::valueOf).toList(),
                from == null ? null : new Boundary(list(summary.get(BOUNDARY_KEY)), from, list(summary.get(BOUNDARY))));
    }

    private static List<String> list(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
    }
}
