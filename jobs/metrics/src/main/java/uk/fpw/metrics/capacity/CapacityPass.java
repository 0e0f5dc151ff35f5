package uk.fpw.metrics.capacity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.capacity.Capacity;

/** Reads the rows from which {@link CapacityFigures} are computed: a few for each month of a unit or provider. */
public final class CapacityPass {

    private static final Model MONTHS = Models.find("mart.queue_monthly").orElseThrow();
    private static final Model STAFF = Models.find("core.staffing").orElseThrow();

    private CapacityPass() {}

    /**
     * Computes every row; reads nothing if the force names neither unit nor provider.
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
        if (force.capacities().isEmpty()) {
            return;
        }
        CapacityFigures figures = new CapacityFigures(
                force,
                coverage,
                releaseKey,
                force.staffings().isEmpty() ? Map.of() : staff(tables.apply(STAFF)),
                consumer);
        List<QueueMonth> months = months(force, coverage, tables.apply(MONTHS));
        for (Capacity capacity : force.capacities()) {
            months.stream()
                    .filter(month -> isOf(capacity, month.series()))
                    .forEach(month -> figures.write(capacity, month));
        }
    }

    private static boolean isOf(Capacity capacity, QueueMonth.Series series) {
        return series.queue().equals(capacity.queue())
                && (series.isTotal() || series.slice().equals(capacity.slice()));
    }

    private static Map<CapacityFigures.UnitMonth, CapacityFigures.StaffSum> staff(Dataset<Row> rows) {
        Map<CapacityFigures.UnitMonth, CapacityFigures.StaffSum> staff = new HashMap<>();
        rows.groupBy(col("unit"), unix_date(col("month_start_on")))
                .agg(
                        coalesce(sum(col("staff_in_post").cast("decimal(18,4)")).cast("double"), lit(0.0)),
                        functions.count(col("fault")),
                        min(col("fault")))
                .collectAsList()
                .forEach(row -> staff.put(
                        new CapacityFigures.UnitMonth(
                                row.isNullAt(0) ? null : row.getString(0),
                                row.isNullAt(1) ? null : LocalDate.ofEpochDay(row.getInt(1))),
                        new CapacityFigures.StaffSum(
                                row.getDouble(2), row.getLong(3), row.isNullAt(4) ? null : row.getString(4))));
        return staff;
    }

    private static List<QueueMonth> months(Force force, Coverage coverage, Dataset<Row> rows) {
        Column wanted = force.capacities().stream()
                .map(capacity -> col("queue")
                        .equalTo(capacity.queue())
                        .and(
                                capacity.slice() == null
                                        ? col("is_total")
                                        : col("is_total").or(col("slice").equalTo(capacity.slice()))))
                .reduce(Column::or)
                .orElseThrow();
        List<QueueMonth> months = new ArrayList<>();
        Dataset<Row> dated = rows.where(wanted);
        for (String day : List.of("month_start_on", "month_end_on", "measured_to_on", "data_as_at")) {
            dated = dated.withColumn(day, unix_date(col(day)));
        }
        Map<String, @Nullable String> reasons = new HashMap<>();
        force.queues().forEach(queue -> reasons.put(queue.name(), coverage.reason(force, force.feedsBehind(queue))));
        dated.collectAsList().forEach(row -> months.add(month(row, reasons.get(row.<String>getAs("queue")))));
        months.sort(Comparator.comparing((QueueMonth month) -> month.series().queue())
                .thenComparing(month -> month.series().slice())
                .thenComparing(month -> month.series().sliceValue())
                .thenComparing(month -> month.period().startOn()));
        return months;
    }

    /** @param reason why the queue is not known to the business date; null if it is */
    private static QueueMonth month(Row row, @Nullable String reason) {
        boolean isAvailable = row.getBoolean(row.fieldIndex("is_available"));
        return new QueueMonth(
                new QueueMonth.Series(
                        row.getAs("queue"),
                        row.getInt(row.fieldIndex("queue_version")),
                        row.getAs("item_unit"),
                        row.getAs("slice"),
                        row.getAs("slice_value"),
                        row.getBoolean(row.fieldIndex("is_total"))),
                new QueueMonth.Period(day(row, "month_start_on"), day(row, "month_end_on"), day(row, "measured_to_on")),
                isAvailable
                        ? new QueueMonth.Flows(
                                count(row, "received_count") + count(row, "reentered_count"),
                                count(row, "left_count"),
                                count(row, "served_count"),
                                count(row, "waiting_count"))
                        : null,
                new QueueMonth.Standing(
                        row.getBoolean(row.fieldIndex("is_partial")),
                        row.getBoolean(row.fieldIndex("is_provisional")),
                        isAvailable ? null : reason(row, reason),
                        isAvailable ? count(row, "contributor_count") : null,
                        day(row, "data_as_at")));
    }

    /** Not the reason in the row: that one includes the queue's last count, which says nothing about a unit. */
    private static String reason(Row row, @Nullable String ofQueue) {
        return ofQueue == null || row.isNullAt(row.fieldIndex("unavailable_reason"))
                ? "the queue is not known so far"
                : ofQueue;
    }

    private static long count(Row row, String column) {
        return row.getLong(row.fieldIndex(column));
    }

    private static LocalDate day(Row row, String column) {
        return LocalDate.ofEpochDay(row.getInt(row.fieldIndex(column)));
    }
}
