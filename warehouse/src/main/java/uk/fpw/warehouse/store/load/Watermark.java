package uk.fpw.warehouse.store.load;

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
 * @param isBelowGaps whether it lies below every gap; not where a version of this software that knew no gaps wrote it
 */
public record Watermark(String column, String value, List<Long> advances, boolean isBelowGaps) {

    /** Number of loads whose advance is remembered: four weeks. */
    public static final int MAX_ADVANCES = 28;

    private static final String VALUE = "fpw.watermark";
    private static final String COLUMN = "fpw.watermark-column";
    private static final String ADVANCES = "fpw.watermark-advances";
    private static final String BELOW_GAPS = "fpw.watermark-below-gaps";

    /** By an earlier version, which knew gaps too. */
    private static final String BOUNDARY_FROM = "fpw.boundary-from";

    public Watermark {
        advances = List.copyOf(advances.subList(Math.max(0, advances.size() - MAX_ADVANCES), advances.size()));
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
        if (isBelowGaps) {
            summary.put(BELOW_GAPS, "true");
        }
    }

    /** The watermark in a snapshot's summary; null if there is none. */
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
