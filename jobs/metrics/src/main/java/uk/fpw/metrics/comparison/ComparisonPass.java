package uk.fpw.metrics.comparison;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.Declaration;

/**
 * Reads the input of {@code mart.change_comparison}: the weeks of a queue, and within the windows the number of its
 * spells with the same days, and of its contributors with the same spells.
 */
public final class ComparisonPass {

    public static final String TABLE = "mart.change_comparison";

    private static final Model WEEKS = Models.find("mart.queue_weekly").orElseThrow();
    private static final Model SPELLS = Models.find("core.spell").orElseThrow();

    private ComparisonPass() {}

    /**
     * Computes every row; reads nothing if no change declares an outcome.
     *
     * @param declarations since when releases have had each comparison
     * @param tables the committed rows of a table
     * @param consumer receives the values of a row, in the order of the model's columns
     */
    public static void write(
            Force force,
            Coverage coverage,
            Map<String, Declaration> declarations,
            ReleaseKey releaseKey,
            Function<Model, Dataset<Row>> tables,
            Consumer<Object[]> consumer) {
        ChangeComparisons rows = new ChangeComparisons(force, coverage, declarations, releaseKey, consumer);
        for (Change change : force.changes().all()) {
            Change.Comparison declared = change.comparison();
            if (declared == null) {
                continue;
            }
            for (String name : change.queues()) {
                Queue queue = force.queue(name);
                ComparisonWindow window = ComparisonWindow.of(change.date(), declared.weeks());
                LocalDate retainedFrom = coverage.retainedFrom(force.feedsBehind(queue));
                List<QueueWeek> weeks = weeks(tables.apply(WEEKS), name);
                if (declared.outcome() != Change.Outcome.WAIT) {
                    rows.write(change, queue, weeks, SpellsAtRisk.NONE);
                } else if (retainedFrom != null && window.beforeFrom().isBefore(retainedFrom)) {
                    rows.write(change, queue, weeks, null);
                } else {
                    rows.write(change, queue, weeks, spells(tables.apply(SPELLS), queue, window));
                }
            }
        }
    }

    /** Weeks that are whole, known and no longer provisional, up to the first that is not. */
    private static List<QueueWeek> weeks(Dataset<Row> rows, String queue) {
        List<QueueWeek> weeks = new ArrayList<>();
        rows.where(col("queue")
                        .equalTo(queue)
                        .and(col("is_total"))
                        .and(col("is_available"))
                        .and(col("is_partial").equalTo(false))
                        .and(col("is_provisional").equalTo(false)))
                .select(
                        unix_date(col("week_start_on")),
                        col("opening_count"),
                        col("received_count"),
                        col("reentered_count"),
                        col("left_count"))
                .collectAsList()
                .forEach(row -> weeks.add(new QueueWeek(
                        LocalDate.ofEpochDay(row.getInt(0)),
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4))));
        weeks.sort(Comparator.comparing(QueueWeek::startOn));
        return weeks;
    }

    private static SpellsAtRisk spells(Dataset<Row> rows, Queue queue, ComparisonWindow window) {
        Dataset<Row> atRisk = rows.where(col("queue")
                        .equalTo(queue.name())
                        // a wait is about the first spell of an item
                        .and(not(col("is_reentry")))
                        // the wait of an earlier entry is unknown
                        .and(col("entered_on").geq(lit(queue.earliestEntry())))
                        .and(col("entered_on").leq(lit(window.afterTo())))
                        .and(col("left_on").isNull().or(col("left_on").geq(lit(window.beforeFrom())))))
                .select(
                        col("contributor_key"),
                        unix_date(col("entered_on")).as("entered_on"),
                        unix_date(col("left_on")).as("left_on"));
        LocalDate earliest = Objects.requireNonNullElse(queue.observedFrom(), LocalDate.MIN);
        List<SpellDays> days = atRisk.groupBy("entered_on", "left_on").agg(count(lit(1))).collectAsList().stream()
                .map(row -> spell(row, row.getLong(2), earliest))
                .toList();
        return new SpellsAtRisk() {
            @Override
            public List<SpellDays> days() {
                return days;
            }

            @Override
            public void forEachContributor(Consumer<ContributorSpells> consumer) {
                atRisk.groupBy("contributor_key")
                        .agg(sort_array(collect_list(struct("entered_on", "left_on")))
                                .as("spells"))
                        .groupBy("spells")
                        .agg(count(lit(1)))
                        .toLocalIterator()
                        .forEachRemaining(row -> consumer.accept(new ContributorSpells(
                                row.<Row>getList(0).stream()
                                        .map(spell -> spell(spell, 1, earliest))
                                        .toList(),
                                row.getLong(1))));
            }
        };
    }

    private static SpellDays spell(Row days, long count, LocalDate earliest) {
        LocalDate entered = LocalDate.ofEpochDay(days.getInt(0));
        return new SpellDays(
                entered,
                entered.isBefore(earliest) ? earliest : entered,
                days.isNullAt(1) ? null : LocalDate.ofEpochDay(days.getInt(1)),
                count);
    }
}
