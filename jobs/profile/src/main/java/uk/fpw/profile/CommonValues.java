package uk.fpw.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a column that look like a closed list: few, short, and nearly every row has one that recurs. */
final class CommonValues {

    private static final int MOST = 50;
    private static final int LONGEST = 60;

    /** A text that somebody typed once, such as a name, belongs to no list. */
    private static final long FEWEST_ROWS = 3;

    private static final double FEWEST_SHARE = 0.95;

    private @Nullable Map<String, Long> counts = new HashMap<>();

    /** Notes a value. */
    void add(String value) {
        if (counts != null) {
            counts.merge(value, 1L, Long::sum);
            if (counts.size() > MOST || value.length() > LONGEST) {
                counts = null;
            }
        }
    }

    /** Those that recur, in order; none if the column has no closed list. */
    List<String> found() {
        if (counts == null) {
            return List.of();
        }
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> common = new HashMap<>(counts);
        common.values().removeIf(count -> count < FEWEST_ROWS);
        long covered = common.values().stream().mapToLong(Long::longValue).sum();
        return covered < all * FEWEST_SHARE
                ? List.of()
                : common.keySet().stream().sorted().toList();
    }
}
