package uk.fpw.metrics.driver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_date;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import uk.fpw.metrics.driver.SeriesMonths.Count;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.series.Period;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;

/**
 * Reads the months from which {@code mart.queue_driver} is computed, of all series at once: one query, of which no more
 * than sums are kept.
 */
public final class DriverPass {

    public static final String TABLE = "mart.queue_driver";

    private static final Model MONTHS = Models.find("mart.queue_monthly").orElseThrow();
    private static final Model EXITS = Models.find("mart.queue_exit").orElseThrow();
    private static final Model REENTRIES = Models.find("mart.queue_reentry").orElseThrow();
    private static final Model STANDARDS = Models.find("mart.wait_standard").orElseThrow();

    private static final String WHOLE = """
            stack(6,
                'WAITING', 'all', waiting_count, 'PAST_STANDARD', 'all', past_standard_count,
                'RECEIVED', 'all', received_count, 'RE_ENTERED', 'all', reentered_count,
                'LEFT', 'all', left_count, 'SERVED', 'all', served_count) as (count, name, number)""";

    private static final String REENTERED =
            "stack(1, 'RE_ENTERED_BY_REASON', reentry_reason, reentered_count) as (count, name, number)";

    private static final String LEFT = "stack(1, 'LEFT_BY_EXIT', exit_reason, left_count) as (count, name, number)";

    private static final String STANDARD = """
            stack(2, 'DUE_BY_STANDARD', standard, due_count, 'MET_BY_STANDARD', standard, met_count)
                as (count, name, number)""";

    private static final Comparator<SeriesMonths.Key> ORDER = Comparator.comparing(SeriesMonths.Key::queue)
            .thenComparing(SeriesMonths.Key::isTotal, Comparator.reverseOrder())
            .thenComparing(SeriesMonths.Key::slice)
            .thenComparing(SeriesMonths.Key::sliceValue);

    private DriverPass() {}

    /**
     * Computes every row.
     *
     * @param tables the committed rows of a table
     * @param consumer receives the values of a row, in the order of the model's columns
     */
    public static void write(
            Force force,
            Coverage coverage,
            ReleaseKey releaseKey,
            Function<Model, Dataset<Row>> tables,
            Consumer<Object[]> consumer) {
        Map<String, Known> known = new HashMap<>();
        for (Queue queue : force.queues()) {
            SortedSet<String> feeds = force.feedsBehind(queue);
            LocalDate asAt = coverage.asAt(feeds);
            known.put(
                    queue.name(), new Known(lastMonthUpTo(coverage.settledTo(queue, feeds)), lastMonthUpTo(asAt), (int)
                            asAt.toEpochDay()));
        }
        Map<String, List<SeriesMonths>> byQueue = new TreeMap<>();
        read(tables, known).forEach((key, months) -> byQueue.computeIfAbsent(key.queue(), queue -> new ArrayList<>())
                .add(months));
        DriverFigures figures = new DriverFigures(releaseKey, consumer);
        byQueue.forEach((queue, series) -> {
            Known of = Objects.requireNonNull(known.get(queue));
            figures.write(force.queue(queue), series, of.settled, of.whole, of.dataAsAt);
        });
    }

    /** Number of the last month that had ended by the end of a day. */
    private static int lastMonthUpTo(LocalDate day) {
        return Period.MONTH.of((int) day.toEpochDay() + 1) - 1;
    }

    private static SortedMap<SeriesMonths.Key, SeriesMonths> read(
            Function<Model, Dataset<Row>> tables, Map<String, Known> known) {
        SortedMap<SeriesMonths.Key, SeriesMonths> series = new TreeMap<>(ORDER);
        int first = known.values().stream().mapToInt(Known::firstMonth).min().orElse(0);
        Dataset<Row> counts = counts(tables.apply(MONTHS), first, WHOLE)
                .unionAll(counts(tables.apply(REENTRIES), first, REENTERED))
                .unionAll(counts(tables.apply(EXITS), first, LEFT))
                .unionAll(counts(tables.apply(STANDARDS), first, STANDARD));
        // one partition: its rows are read one after another, in one job
        for (Iterator<Row> rows = counts.coalesce(1).toLocalIterator(); rows.hasNext(); ) {
            Row row = rows.next();
            SeriesMonths.Key key =
                    new SeriesMonths.Key(row.getString(0), row.getString(1), row.getString(2), row.getBoolean(3));
            Known of = Objects.requireNonNull(known.get(key.queue()));
            series.computeIfAbsent(key, one -> new SeriesMonths(one, of.firstMonth(), of.whole))
                    .add(
                            Count.valueOf(row.getString(5)),
                            row.getString(6),
                            Period.MONTH.of(row.getInt(4)),
                            row.getLong(7));
        }
        return series;
    }

    /** The counts of whole, known months in rows of their own: series, first day, count, name, number. */
    private static Dataset<Row> counts(Dataset<Row> rows, int firstMonth, String stack) {
        return rows.where(col("is_available")
                        .and(not(col("is_partial")))
                        .and(unix_date(col("month_start_on")).geq(lit(Period.MONTH.firstDay(firstMonth)))))
                .select(
                        col("queue"),
                        col("slice"),
                        col("slice_value"),
                        col("is_total"),
                        unix_date(col("month_start_on")),
                        expr(stack))
                .where("number is not null");
    }

    /** @param dataAsAt last known day */
    private record Known(int settled, int whole, int dataAsAt) {

        int firstMonth() {
            return settled - PeriodPair.REACH;
        }
    }
}
