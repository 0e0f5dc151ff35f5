package uk.fpw.report.page;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SmallCells;
import uk.fpw.report.text.English;

/** How items of a queue left in a month. */
final class ExitMonth {

    /**
     * Items that left, and how many contributors are behind them.
     *
     * @param contributors at most, if several months are added up; at least, if several ways are
     */
    record Cell(long count, long contributors) {

        static final Cell NONE = new Cell(0, 0);

        boolean isShown(SmallCells cells) {
            return cells.shown(count, contributors) != null;
        }
    }

    private final LocalDate on;
    private final boolean isPartial;
    private final boolean isProvisional;
    private final boolean isInSums;
    private final Map<String, Cell> cells = new HashMap<>();
    private @Nullable String unavailable;

    /** A month without ways yet. */
    ExitMonth(Row row) {
        on = row.date("month_start_on");
        isPartial = row.flag("is_partial");
        isProvisional = row.flag("is_provisional");
        isInSums = row.flag("is_in_sums");
    }

    void add(String way, Row row) {
        Long count = row.countOrNull("left_count");
        if (count == null || !row.flag("is_available")) {
            String reason = row.textOrNull("unavailable_reason");
            unavailable = reason == null ? English.UNKNOWN : reason;
            return;
        }
        Long contributors = row.countOrNull("contributor_count");
        cells.merge(
                way,
                new Cell(count, contributors == null ? count : contributors),
                (a, b) -> new Cell(a.count + b.count, Math.max(a.contributors, b.contributors)));
    }

    LocalDate on() {
        return on;
    }

    boolean isPartial() {
        return isPartial;
    }

    boolean isProvisional() {
        return isProvisional;
    }

    /** Whether it is one of the twelve months that another chart adds up. */
    boolean isInSums() {
        return isInSums;
    }

    /** Why nothing of it is known; null if it is. */
    @Nullable
    String unavailable() {
        return unavailable;
    }

    /** Several months: distinct contributors are at most those of each together. */
    static Cell sum(List<ExitMonth> months, String way) {
        return months.stream()
                .map(month -> month.cells.getOrDefault(way, Cell.NONE))
                .reduce(Cell.NONE, (a, b) -> new Cell(a.count + b.count, a.contributors + b.contributors));
    }

    /** Several months, and several ways together: distinct contributors are at least those of one way. */
    static Cell sum(List<ExitMonth> months, List<String> ways) {
        return ways.stream()
                .map(way -> sum(months, way))
                .reduce(Cell.NONE, (a, b) -> new Cell(a.count + b.count, Math.max(a.contributors, b.contributors)));
    }
}
