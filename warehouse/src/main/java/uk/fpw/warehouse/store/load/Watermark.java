package uk.fpw.warehouse.store.load;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The position up to which changes of a source are known.
 *
 * @param column cursor column of the feed
 * @param value highest value in any load so far, in ISO format; a whole number does not rise across a gap
 * @param advances increases of a whole number in the latest loads, oldest first, at most {@value #MAX_ADVANCES}; empty
 *     for other types
 * @param isBelowGaps whether it is below every gap; false if written by a version that did not look for gaps
 */
public record Watermark(String column, String value, List<Long> advances, boolean isBelowGaps) {

    /** Number of loads whose increase is kept: four weeks. */
    public static final int MAX_ADVANCES = 28;

    private static final String VALUE = "fpw.watermark";
    private static final String COLUMN = "fpw.watermark-column";
    private static final String ADVANCES = "fpw.watermark-advances";
    private static final String BELOW_GAPS = "fpw.watermark-below-gaps";

    /** Written by an earlier version that already looked for gaps. */
    private static final String BOUNDARY_FROM = "fpw.boundary-from";

    public Watermark {
        advances = List.copyOf(advances.subList(Math.max(0, advances.size() - MAX_ADVANCES), advances.size()));
    }

    /** The median increase; 0 if there are none. */
    public long usualAdvance() {
        long[] sorted = advances.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    /** Writes it to the properties of a snapshot's summary. */
    void addTo(Map<String, String> summary) {
        summary.put(VALUE, value);
        summary.put(COLUMN, column);
        if (!advances.isEmpty()) {
            summary.put(
                    ADVANCES,
                    String.join(",", advances.stream().map(String::valueOf).toList()));
        }
        if (isBelowGaps) {
            summary.put(BELOW_GAPS, "true");
        }
    }

    /** Reads it from a snapshot's summary; null if there is none. */
    static @Nullable Watermark of(Map<String, String> summary) {
        String value = summary.get(VALUE);
        String column = summary.get(COLUMN);
        if (value == null || column == null) {
            return null;
        }
        return new Watermark(
                column,
                value,
                list(summary.get(ADVANCES)).stream().map(Long::valueOf).toList(),
                summary.containsKey(BELOW_GAPS) || summary.containsKey(BOUNDARY_FROM));
    }

    private static List<String> list(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
    }
}
