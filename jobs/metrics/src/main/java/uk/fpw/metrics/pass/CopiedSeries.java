package uk.fpw.metrics.pass;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import uk.fpw.metrics.figures.FrozenRows;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.FrozenQueue;
import uk.fpw.warehouse.store.frozen.FrozenRowTable;

/**
 * The series whose rows about periods before items were removed are copied, and the way of these rows to the tasks that
 * compute the series.
 *
 * @param specs the queues of the force
 * @param queues by position of the queue; without queues of which nothing is copied
 */
record CopiedSeries(List<QueueSpec> specs, Map<Integer, FrozenQueue> queues) implements Serializable {

    /** One row of a table, with its columns as text. */
    record CopiedRow(String table, Map<String, String> values) implements Serializable {}

    static CopiedSeries of(List<QueueSpec> specs, Map<String, FrozenQueue> frozen) {
        Map<Integer, FrozenQueue> queues = new TreeMap<>();
        for (int queue = 0; queue < specs.size(); queue++) {
            FrozenQueue own = frozen.get(specs.get(queue).name());
            if (own != null) {
                queues.put(queue, own);
            }
        }
        return new CopiedSeries(specs, queues);
    }

    /** The series with copied rows. */
    List<SeriesKey> keys() {
        List<SeriesKey> keys = new ArrayList<>();
        queues.forEach((queue, frozen) -> frozen.series().forEach(series -> {
            SeriesKey key = key(queue, series.slice(), series.sliceValue());
            if (key != null) {
                keys.add(key);
            }
        }));
        return keys;
    }

    /**
     * First day of the figures of a queue, as days since 1970-01-01: that of the copied ones, if there are any, even if
     * the first computed day is earlier.
     */
    int firstDay(int queue, int firstComputed) {
        FrozenQueue frozen = queues.get(queue);
        return frozen == null ? firstComputed : (int) frozen.from().toEpochDay();
    }

    /**
     * Sends the rows to the tasks that compute their series.
     *
     * @param frozen the rows of {@link FrozenRowTable}
     * @param tasks number of tasks
     * @return the rows of each task, series by series in the order in which it computes them
     */
    JavaPairRDD<SeriesKey, CopiedRow> rows(Dataset<Row> frozen, int tasks) {
        CopiedSeries copied = this;
        return frozen.select(
                        col(FrozenRowTable.TABLE),
                        col(FrozenRowTable.QUEUE),
                        col(FrozenRowTable.QUEUE_VERSION),
                        col(FrozenRowTable.SLICE),
                        col(FrozenRowTable.SLICE_VALUE),
                        unix_date(col(FrozenRowTable.FROZEN_TO)),
                        col(FrozenRowTable.VALUES))
                .javaRDD()
                .flatMapToPair(row -> copied.row(row).iterator())
                .repartitionAndSortWithinPartitions(new BySeries(tasks), new Order(specs));
    }

    /**
     * The row, or none if it is not copied, because it is of another version of its queue, of a former slice, or of a
     * removal that did not happen.
     */
    private List<Tuple2<SeriesKey, CopiedRow>> row(Row row) {
        String name = row.getString(1);
        for (Map.Entry<Integer, FrozenQueue> frozen : queues.entrySet()) {
            QueueSpec spec = specs.get(frozen.getKey());
            SeriesKey key = key(frozen.getKey(), row.getString(3), row.getString(4));
            if (spec.name().equals(name)
                    && spec.version() == row.getInt(2)
                    && key != null
                    && row.getInt(5) <= frozen.getValue().to().toEpochDay()) {
                Map<String, String> values = new HashMap<>(row.<String, String>getJavaMap(6));
                values.put(FrozenRowTable.QUEUE, name);
                values.put(FrozenRowTable.QUEUE_VERSION, String.valueOf(row.getInt(2)));
                values.put(FrozenRowTable.SLICE, row.getString(3));
                values.put(FrozenRowTable.SLICE_VALUE, row.getString(4));
                return List.of(new Tuple2<>(key, new CopiedRow(row.getString(0), values)));
            }
        }
        return List.of();
    }

    private @Nullable SeriesKey key(int queue, String slice, String value) {
        if (slice.equals(SeriesKey.ALL)) {
            return SeriesKey.total(queue);
        }
        int place = specs.get(queue).slices().indexOf(slice);
        return place < 0 ? null : new SeriesKey(queue, place, value);
    }

    /** Reads the rows of a task. */
    Reader reader(Iterator<Tuple2<SeriesKey, CopiedRow>> rows) {
        return new Reader(rows);
    }

    /** Gives each series its rows; asked for all series of a task in their order. */
    final class Reader {

        private final Iterator<Tuple2<SeriesKey, CopiedRow>> rows;
        private @Nullable Tuple2<SeriesKey, CopiedRow> next;

        private Reader(Iterator<Tuple2<SeriesKey, CopiedRow>> rows) {
            this.rows = rows;
            advance();
        }

        FrozenRows of(SeriesKey series) {
            FrozenQueue queue = queues.get(series.queue());
            if (queue == null || specs.get(series.queue()).isNow(series)) {
                return FrozenRows.NONE;
            }
            Map<String, List<Map<String, Object>>> released = new HashMap<>();
            for (Tuple2<SeriesKey, CopiedRow> row = next;
                    row != null && row._1().equals(series);
                    row = next) {
                released.computeIfAbsent(row._2().table(), first -> new ArrayList<>())
                        .add(typed(row._2()));
                advance();
            }
            return FrozenRows.of(queue.to(), released);
        }

        /** Called after the last series: no row may be left. */
        void end() {
            if (next != null) {
                throw new IllegalStateException(FrozenRowTable.NAME + " has a row of "
                        + next._2().table() + " of a series without days: "
                        + specs.get(next._1().queue()).name() + ", "
                        + specs.get(next._1().queue()).sliceName(next._1()));
            }
        }

        private void advance() {
            next = rows.hasNext() ? rows.next() : null;
        }
    }

    private static Map<String, Object> typed(CopiedRow row) {
        Model model = Models.find(row.table()).orElseThrow();
        Map<String, Object> values = new HashMap<>();
        for (Model.Column column : model.columns()) {
            String text = row.values().get(column.name());
            if (text != null) {
                values.put(
                        column.name(),
                        switch (column.type()) {
                            case TEXT -> text;
                            case BIGINT -> Long.valueOf(text);
                            case INT -> Integer.valueOf(text);
                            case DOUBLE -> Double.valueOf(text);
                            case BOOLEAN -> Boolean.valueOf(text);
                            case DATE -> LocalDate.parse(text);
                            case TIMESTAMP, MAP ->
                                throw new IllegalStateException(row.table() + "." + column.name() + " is not copied");
                        });
            }
        }
        return values;
    }

    /** Sorted by the names in the rows, so that readers of one series skip most of a file. */
    record Order(List<QueueSpec> specs) implements Comparator<SeriesKey>, Serializable {
        @Override
        public int compare(SeriesKey one, SeriesKey other) {
            int byQueue = name(one).compareTo(name(other));
            int bySlice = byQueue == 0 ? slice(one).compareTo(slice(other)) : byQueue;
            return bySlice == 0 ? one.value().compareTo(other.value()) : bySlice;
        }

        private String name(SeriesKey series) {
            return specs.get(series.queue()).name();
        }

        private String slice(SeriesKey series) {
            return specs.get(series.queue()).sliceName(series);
        }
    }

    /** Sends each series to the task that computes it. */
    private static final class BySeries extends Partitioner {

        private final int tasks;

        BySeries(int tasks) {
            this.tasks = tasks;
        }

        @Override
        public int numPartitions() {
            return tasks;
        }

        @Override
        public int getPartition(Object key) {
            return CubeBundle.partition((SeriesKey) key, tasks);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof BySeries same && same.tasks == tasks;
        }

        @Override
        public int hashCode() {
            return Objects.hash(tasks);
        }
    }
}
