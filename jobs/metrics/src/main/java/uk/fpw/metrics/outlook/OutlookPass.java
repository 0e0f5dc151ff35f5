package uk.fpw.metrics.outlook;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_date;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.change.Changes;
import uk.fpw.warehouse.force.queue.Queue;

/** Reads the weeks from which {@code mart.queue_outlook} is computed: the totals of all queues, in one query. */
public final class OutlookPass {

    public static final String TABLE = OutlookFigures.TABLE;

    private static final Model WEEKS = Models.find("mart.queue_weekly").orElseThrow();

    private OutlookPass() {}

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
        Map<String, List<OutlookWeek>> weeks = weeks(tables.apply(WEEKS));
        OutlookFigures figures = new OutlookFigures(releaseKey, consumer);
        for (Queue queue : force.queues()) {
            List<OutlookWeek> ofQueue = weeks.get(queue.name());
            if (ofQueue != null) {
                figures.write(
                        queue,
                        ofQueue,
                        force.changes().rebasesOf(queue.name()).stream()
                                .map(Changes.Rebase::from)
                                .toList(),
                        coverage.asAt(force.feedsBehind(queue)));
            }
        }
    }

    /** By queue, oldest first; whole, known and settled ones, which have no gaps. */
    private static Map<String, List<OutlookWeek>> weeks(Dataset<Row> rows) {
        Map<String, List<OutlookWeek>> weeks = new HashMap<>();
        rows.where(col("is_total")
                        .and(col("is_available"))
                        .and(not(col("is_partial")))
                        .and(not(col("is_provisional"))))
                .select(
                        col("queue"),
                        unix_date(col("week_start_on")),
                        col("received_count").plus(col("reentered_count")),
                        col("left_count"),
                        col("served_count"),
                        col("waiting_count"),
                        coalesce(col("past_standard_count"), lit(-1L)))
                .collectAsList()
                .forEach(row -> weeks.computeIfAbsent(row.getString(0), queue -> new ArrayList<>())
                        .add(new OutlookWeek(
                                row.getInt(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6))));
        weeks.values().forEach(ofQueue -> ofQueue.sort(Comparator.comparingInt(OutlookWeek::startOn)));
        return weeks;
    }
}
