package uk.fpw.metrics.verdict;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_date;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.PresentationChange;

/** Reads the rows from which {@link PeriodVerdicts} are computed: some sixty for each queue, and its exits by month. */
public final class VerdictPass {

    private static final Model COMPARISONS =
            Models.find("mart.period_comparison").orElseThrow();
    private static final Model EXITS = Models.find("mart.queue_exit").orElseThrow();

    private static final List<String> DAYS =
            List.of("period_start_on", "period_end_on", "earlier_start_on", "earlier_end_on", "data_as_at");

    private static final Set<String> JUDGED_BY = Set.of("primary", "better", "matters_from", "service");

    private VerdictPass() {}

    /** An unserved exit of a month. */
    private record Exit(String queue, LocalDate month, String reason, long count) {}

    /**
     * Computes every row.
     *
     * @param presentationChanges by queue and field, since when it has been judged as it is
     * @param tables the committed rows of a table
     * @param consumer receives the values of a row, in the order of the model's columns
     */
    public static void write(
            ReleaseKey releaseKey,
            Map<String, Map<String, PresentationChange>> presentationChanges,
            Function<Model, Dataset<Row>> tables,
            Consumer<Object[]> consumer) {
        List<ComparedRow> compared = new ArrayList<>();
        Dataset<Row> rows = tables.apply(COMPARISONS);
        for (String day : DAYS) {
            rows = rows.withColumn(day, unix_date(col(day)));
        }
        rows.collectAsList().forEach(row -> compared.add(ComparedRow.of(column -> value(row, column))));
        List<Exit> exits = compared.isEmpty() ? List.of() : exits(tables.apply(EXITS), compared);
        new PeriodVerdicts(compared, row -> reasons(exits, row), since(presentationChanges), releaseKey, consumer)
                .write();
    }

    private static Map<String, LocalDate> since(Map<String, Map<String, PresentationChange>> changes) {
        Map<String, LocalDate> since = new HashMap<>();
        changes.forEach((queue, fields) -> fields.forEach((field, change) -> {
            if (JUDGED_BY.contains(field)) {
                since.merge(queue, change.since(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }));
        return since;
    }

    private static List<Exit> exits(Dataset<Row> rows, List<ComparedRow> compared) {
        LocalDate first = compared.stream()
                .map(row -> row.dates().from())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return rows
                .where(col("is_total")
                        .and(not(col("is_served")))
                        .and(col("left_count").gt(0))
                        .and(col("month_start_on").geq(Date.valueOf(first))))
                .select(col("queue"), unix_date(col("month_start_on")), col("exit_reason"), col("left_count"))
                .collectAsList()
                .stream()
                .map(row -> new Exit(
                        row.getString(0), LocalDate.ofEpochDay(row.getInt(1)), row.getString(2), row.getLong(3)))
                .toList();
    }

    /** Periods are whole months. */
    private static Map<String, Long> reasons(List<Exit> exits, ComparedRow row) {
        return PeriodVerdicts.sum(exits.stream()
                .filter(exit -> exit.queue.equals(row.key().queue())
                        && !exit.month.isBefore(row.dates().from())
                        && !exit.month.isAfter(row.dates().to()))
                .map(exit -> Map.entry(exit.reason, exit.count))
                .toList());
    }

    private static @Nullable Object value(Row row, String column) {
        int position = row.fieldIndex(column);
        if (row.isNullAt(position)) {
            return null;
        }
        return DAYS.contains(column) ? LocalDate.ofEpochDay(row.getInt(position)) : row.get(position);
    }
}
