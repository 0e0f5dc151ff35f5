package uk.fpw.warehouse.store.frozen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.FrozenTables;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.FrozenQueue;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;

/**
 * The rows that releases copy: table {@code ledger.frozen_row}, one row for each row of a table of
 * {@link FrozenTables#STARTS} about a period before items were removed, as it was released while all items were there.
 * Rows are only ever added, about later periods, so that a release that copied rows up to some day would find the same
 * rows again. Partitioned by queue.
 */
public final class FrozenRowTable {

    /** Qualified name. */
    public static final String NAME = WarehouseCatalog.LEDGER + ".frozen_row";

    /** Qualified name of the table in which the row was released. */
    public static final String TABLE = "table_name";

    public static final String QUEUE = "queue";

    /** Version of the queue in the release. */
    public static final String QUEUE_VERSION = "queue_version";

    /** Slice of the series; {@code all} for its total. */
    public static final String SLICE = "slice";

    public static final String SLICE_VALUE = "slice_value";

    /** First day of the period, or its only day. */
    public static final String PERIOD_START = "period_start_on";

    /** First day of the periods that were computed again when the row was added. */
    public static final String FROZEN_TO = "frozen_to";

    /** Release of which the row is. */
    public static final String RELEASE_ID = "release_id";

    /**
     * All columns but those above and those that each release states anew, by name as text: numbers as Java writes
     * them, dates such as {@code 2016-01-12}. Without nulls.
     */
    public static final String VALUES = "column_values";

    /** Columns that each release states anew. */
    static final Set<String> STATED_ANEW = Set.of("force", "data_as_at", FrozenTables.IS_FROZEN, RELEASE_ID);

    static final Schema SCHEMA = new Schema(
            Types.NestedField.optional(1, TABLE, Types.StringType.get(), "Table in which the row was released."),
            Types.NestedField.optional(2, QUEUE, Types.StringType.get(), "Queue."),
            Types.NestedField.optional(3, QUEUE_VERSION, Types.IntegerType.get(), "Version of the queue."),
            Types.NestedField.optional(4, SLICE, Types.StringType.get(), "Slice; 'all' for the total."),
            Types.NestedField.optional(5, SLICE_VALUE, Types.StringType.get(), "Value of the slice."),
            Types.NestedField.optional(6, PERIOD_START, Types.DateType.get(), "First day of the period."),
            Types.NestedField.optional(
                    7, FROZEN_TO, Types.DateType.get(), "First day of periods that are computed again."),
            Types.NestedField.optional(8, RELEASE_ID, Types.StringType.get(), "Release of which the row is."),
            Types.NestedField.optional(
                    9,
                    VALUES,
                    Types.MapType.ofOptional(10, 11, Types.StringType.get(), Types.StringType.get()),
                    "The other columns of the row, as text."));

    private final WarehouseCatalog catalog;

    public FrozenRowTable(WarehouseCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The queues of a force of which rows are copied, by name. Rows of another version of a queue, or of a slice that
     * it no longer has, are not copied, nor are those that were added for items that were not removed in the end.
     *
     * @param retainedFrom by feed, the day before which items that were closed have been removed; without feeds of
     *     which none were
     */
    public Map<String, FrozenQueue> queues(Force force, Map<String, LocalDate> retainedFrom) {
        Map<String, LocalDate> to = to(force, retainedFrom);
        if (to.isEmpty()) {
            return Map.of();
        }
        Map<String, Queue> declared = new TreeMap<>();
        force.queues().stream()
                .filter(queue -> to.containsKey(queue.name()))
                .forEach(queue -> declared.put(queue.name(), queue));
        Map<String, Found> found = new TreeMap<>();
        forEach(
                List.of(QUEUE, QUEUE_VERSION, SLICE, SLICE_VALUE, PERIOD_START, FROZEN_TO, RELEASE_ID),
                FrozenTables.DAYS,
                row -> {
                    Queue queue = declared.get(text(row, QUEUE));
                    if (queue != null
                            && row.getField(QUEUE_VERSION).equals(queue.version())
                            && isOf(queue, text(row, SLICE))
                            && !((LocalDate) row.getField(FROZEN_TO)).isAfter(to.get(queue.name()))) {
                        found.computeIfAbsent(queue.name(), first -> new Found())
                                .add(row);
                    }
                });
        Map<String, FrozenQueue> queues = new TreeMap<>();
        found.forEach((queue, rows) -> queues.put(queue, rows.queue()));
        return queues;
    }

    /**
     * By queue, the first day of periods that are computed, given from which day on the rows of feeds are there: those
     * of earlier ones are copied. Without queues of which all rows are there.
     */
    public static Map<String, LocalDate> to(Force force, Map<String, LocalDate> retainedFrom) {
        Coverage coverage = new Coverage(LocalDate.MAX, Map.of(), Map.of(), retainedFrom);
        Map<String, LocalDate> to = new TreeMap<>();
        for (Queue queue : force.queues()) {
            LocalDate day = coverage.retainedFrom(force.feedsBehind(queue));
            if (day != null) {
                to.put(queue.name(), FrozenQueue.to(day));
            }
        }
        return to;
    }

    /**
     * First day of the periods of which there are no rows yet, by queue and version.
     *
     * @param applied by queue, up to which day rows are copied already; other rows do not count
     */
    Map<Version, LocalDate> from(Map<String, LocalDate> applied) {
        Map<Version, LocalDate> from = new TreeMap<>();
        forEach(List.of(QUEUE, QUEUE_VERSION, FROZEN_TO), null, row -> {
            LocalDate to = applied.get(text(row, QUEUE));
            LocalDate frozenTo = (LocalDate) row.getField(FROZEN_TO);
            if (to != null && !frozenTo.isAfter(to)) {
                from.merge(
                        new Version(text(row, QUEUE), (Integer) row.getField(QUEUE_VERSION)),
                        frozenTo,
                        (one, other) -> one.isAfter(other) ? one : other);
            }
        });
        return from;
    }

    /** A version of a queue. */
    record Version(String queue, int number) implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            int byName = queue.compareTo(other.queue);
            return byName == 0 ? Integer.compare(number, other.number) : byName;
        }
    }

    /** @param ofTable name of the table of which rows are read; null for all */
    private void forEach(List<String> columns, @Nullable String ofTable, Consumer<Record> reader) {
        Table table = catalog.find(NAME);
        if (table == null || table.currentSnapshot() == null) {
            return;
        }
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .where(ofTable == null ? Expressions.alwaysTrue() : Expressions.equal(TABLE, ofTable))
                .select(columns)
                .build()) {
            rows.forEach(reader);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + NAME + ": " + failed.getMessage(), failed);
        }
    }

    private static boolean isOf(Queue queue, String slice) {
        return slice.equals("all") || queue.allSlices().contains(slice);
    }

    private static String text(Record row, String column) {
        return (String) row.getField(column);
    }

    /** The copied rows of a queue. */
    private static final class Found {

        private LocalDate from = LocalDate.MAX;
        private LocalDate to = LocalDate.MIN;
        private String releaseId = "";
        private final Set<List<String>> series = new TreeSet<>(FrozenRowTable::order);

        void add(Record row) {
            LocalDate start = (LocalDate) row.getField(PERIOD_START);
            LocalDate frozenTo = (LocalDate) row.getField(FROZEN_TO);
            from = start.isBefore(from) ? start : from;
            if (frozenTo.isAfter(to)) {
                to = frozenTo;
                releaseId = text(row, RELEASE_ID);
            }
            series.add(List.of(text(row, SLICE), text(row, SLICE_VALUE)));
        }

        FrozenQueue queue() {
            List<FrozenQueue.Series> all = new ArrayList<>();
            series.forEach(one -> all.add(new FrozenQueue.Series(one.get(0), one.get(1))));
            return new FrozenQueue(from, to, releaseId, all);
        }
    }

    private static int order(List<String> one, List<String> other) {
        int bySlice = one.get(0).compareTo(other.get(0));
        return bySlice == 0 ? one.get(1).compareTo(other.get(1)) : bySlice;
    }
}
