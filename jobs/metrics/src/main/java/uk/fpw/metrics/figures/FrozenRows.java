package uk.fpw.metrics.figures;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.series.Period;
import uk.fpw.model.FrozenTables;

/**
 * The rows of one series about periods that began before some day, as they were released while all items were there.
 * Items have been removed since, so these rows are not computed again but copied. Each of these periods had ended by
 * then. Immutable.
 *
 * <p>Copied are the rows of the tables in {@link FrozenTables#STARTS}. Control charts are drawn again, from the copied
 * counts and the later ones: a chart reaches from the first month to the latest.
 */
public final class FrozenRows implements Serializable {

    /** Nothing was removed: every row is computed. */
    public static final FrozenRows NONE = new FrozenRows(Integer.MIN_VALUE, Map.of());

    private static final String MONTHS = "mart.queue_monthly";
    private static final String STANDARDS = "mart.wait_standard";

    private final int to;
    private final Map<String, List<Map<String, Object>>> rows;

    private FrozenRows(int to, Map<String, List<Map<String, Object>>> rows) {
        this.to = to;
        this.rows = rows;
    }

    /**
     * The rows to copy.
     *
     * @param to first day of periods that are computed again
     * @param released the rows of the series in the release before, by table, each by the names of its
     *     columns without nulls; rows of periods that are computed again are ignored
     */
    public static FrozenRows of(LocalDate to, Map<String, List<Map<String, Object>>> released) {
        Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
        FrozenTables.STARTS.forEach((table, start) -> {
            List<Map<String, Object>> frozen = new ArrayList<>();
            for (Map<String, Object> row : released.getOrDefault(table, List.of())) {
                if (((LocalDate) Objects.requireNonNull(row.get(start), start)).isBefore(to)) {
                    frozen.add(new HashMap<>(row));
                }
            }
            rows.put(table, frozen);
        });
        return new FrozenRows((int) to.toEpochDay(), rows);
    }

    /** Whether a row of a table is copied rather than computed. */
    boolean isFrozen(String table, @Nullable Object start) {
        return FrozenTables.STARTS.containsKey(table) && start instanceof LocalDate day && day.toEpochDay() < to;
    }

    /** Whether a month is copied. */
    boolean isFrozen(int month) {
        return Period.MONTH.firstDay(month) < to;
    }

    /** The copied rows of a table. */
    List<Map<String, Object>> rows(String table) {
        return rows.getOrDefault(table, List.of());
    }

    /** Passes on the number of each copied day and its count in a column. */
    void forEachDay(String column, ObjLongConsumer<Integer> consumer) {
        days().forEach(row -> consumer.accept(day(row, "day"), count(row, column)));
    }

    /** Distinct contributors behind a month; null if it is not copied. */
    @Nullable
    Long contributors(int month) {
        return rows(MONTHS).stream()
                .filter(row -> day(row, "month_start_on") == Period.MONTH.firstDay(month))
                .map(row -> (Long) count(row, "contributor_count"))
                .findFirst()
                .orElse(null);
    }

    /** The copied months of a standard, in order. */
    List<StandardSignals.Month> standard(String name) {
        return rows(STANDARDS).stream()
                .filter(row -> name.equals(row.get("standard")))
                .map(row -> new StandardSignals.Month(
                        Period.MONTH.of(day(row, "month_start_on")),
                        count(row, "due_count"),
                        count(row, "met_count"),
                        count(row, "left_unseen_count"),
                        count(row, "unknown_count"),
                        count(row, "perhaps_due_count"),
                        count(row, "not_yet_due_count"),
                        Boolean.TRUE.equals(row.get("is_provisional")),
                        count(row, "contributor_count")))
                .sorted((one, other) -> Integer.compare(one.number(), other.number()))
                .toList();
    }

    private List<Map<String, Object>> days() {
        return rows(FrozenTables.DAYS);
    }

    private static int day(Map<String, Object> row, String column) {
        return (int) ((LocalDate) Objects.requireNonNull(row.get(column), column)).toEpochDay();
    }

    /** Of a row that was not available, nothing is known. */
    private static long count(Map<String, Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }
}
