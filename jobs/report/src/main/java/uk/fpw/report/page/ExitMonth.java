package uk.fpw.report.page;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** How items of a queue left in a month. */
final class ExitMonth {

    private final LocalDate on;
    private final boolean isProvisional;
    private final Map<String, Long> counts = new HashMap<>();
    private @Nullable String unavailable;

    /** A month without ways yet. */
    ExitMonth(Row row) {
        on = row.date("month_start_on");
        isProvisional = row.flag("is_provisional");
    }

    void add(String way, Row row) {
        Long count = row.countOrNull("left_count");
        if (count == null || !row.flag("is_available")) {
            String reason = row.textOrNull("unavailable_reason");
            unavailable = reason == null ? English.UNKNOWN : reason;
            return;
        }
        counts.merge(way, count, Long::sum);
    }

    LocalDate on() {
        return on;
    }

    boolean isProvisional() {
        return isProvisional;
    }

    /** Why nothing of it is known; null if it is. */
    @Nullable
    String unavailable() {
        return unavailable;
    }

    /** Items that left in these ways together. */
    long count(List<String> ways) {
        return ways.stream().mapToLong(way -> counts.getOrDefault(way, 0L)).sum();
    }
}
