package uk.fpw.metrics.cases;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.instr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cases.RecordedEvent.EventDay;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;

/**
 * Reads the events and spells of open cases and of their items, for {@link CaseFigures}. Items are processed
 * independently, and those of a case in different tasks, so events and spells are joined from the committed tables;
 * only those of open cases are shuffled. In memory are the rows of one case, and of one partition on its way to the
 * driver.
 */
public final class CasePass {

    private static final Model STEPS = Models.find("mart.case_milestone_open").orElseThrow();
    private static final Model EVENTS = Models.find("core.event").orElseThrow();
    private static final Model SPELLS = Models.find("core.spell").orElseThrow();

    private final Function<Model, Dataset<Row>> tables;
    private final int asOf;
    private final CaseRules rules;
    private final Dataset<Row> open;

    private CasePass(CaseRules rules, int asOf, Function<Model, Dataset<Row>> tables) {
        this.rules = rules;
        this.asOf = asOf;
        this.tables = tables;
        this.open = tables.apply(STEPS)
                .where(col("milestones").equalTo(rules.milestones().name()))
                .select(
                        col("case_key"),
                        col("milestones_version"),
                        unix_date(col("aware_on")).as("aware"),
                        unix_date(col("data_as_at")).as("as_at"))
                .distinct();
    }

    /**
     * Computes every row; reads nothing if the force has no milestones.
     *
     * @param tables the committed rows of a table
     * @param consumer receives the name of a table and the values of a row, in the order of the model's columns
     */
    public static void write(
            Force force,
            Coverage coverage,
            ReleaseKey releaseKey,
            Function<Model, Dataset<Row>> tables,
            BiConsumer<String, Object[]> consumer) {
        for (CaseRules rules : CaseRules.of(force, coverage)) {
            new CasePass(rules, releaseKey.asOf(), tables).write(new CaseFigures(rules, releaseKey, consumer));
        }
    }

    private void write(CaseFigures figures) {
        long openCases = open.count();
        if (openCases > 0) {
            writeSilences(figures, openCases);
            writeClocks(figures);
        }
        figures.writeCounts(openCases);
    }

    private void writeSilences(CaseFigures figures, long openCases) {
        if (!rules.countsActivity()) {
            return;
        }
        if (rules.silenceReason() != null) {
            this.<RecordedEvent>byCase(
                    open, row -> null, (each, events) -> figures.writeSilence(each, events, Set.of()));
            return;
        }
        Dataset<Row> events = events().where(col("occurred").geq(col("aware")))
                .groupBy("case_key", "item_kind", "event", "occurred")
                .agg(count(lit(1)).as("event_count"));
        Set<EventDay> bulkUpdates = bulkUpdates(events, openCases);
        byCase(
                open.join(
                        events.withColumnRenamed("case_key", "of_case"),
                        col("case_key").equalTo(col("of_case")),
                        "left"),
                row -> row.isNullAt(row.fieldIndex("of_case"))
                        ? null
                        : new RecordedEvent(
                                row.getAs("item_kind"),
                                row.getAs("event"),
                                row.<Integer>getAs("occurred"),
                                row.<Long>getAs("event_count")),
                (each, recorded) -> figures.writeSilence(each, recorded, bulkUpdates));
    }

    private Set<EventDay> bulkUpdates(Dataset<Row> events, long openCases) {
        Map<EventDay, Long> cases = new HashMap<>();
        events.groupBy("item_kind", "event", "occurred")
                .agg(countDistinct("case_key").as("case_count"))
                .where(col("case_count").geq(rules.milestones().silence().bulkUpdateMinCases()))
                .collectAsList()
                .forEach(row ->
                        cases.put(new EventDay(row.getString(0), row.getString(1), row.getInt(2)), row.getLong(3)));
        return CaseFigures.bulkUpdates(rules, cases, openCases);
    }

    /** Possible activity in open cases, with the case and the day on which the force became aware of it. */
    private Dataset<Row> events() {
        Column own = lit(false);
        Column linked = lit(false);
        for (Map.Entry<String, Set<String>> kind : rules.activity(false).entrySet()) {
            own = own.or(isOneOf(kind));
        }
        for (Map.Entry<String, Set<String>> kind : rules.activity(true).entrySet()) {
            linked = linked.or(isOneOf(kind));
        }
        return ofCases(
                tables.apply(EVENTS)
                        .withColumn("occurred", unix_date(col("occurred_on")))
                        .where(col("occurred").leq(asOf)),
                own,
                linked,
                List.of(col("case_key"), col("aware"), col("item_kind"), col("event"), col("occurred")));
    }

    private static Column isOneOf(Map.Entry<String, Set<String>> kind) {
        return col("item_kind")
                .equalTo(kind.getKey())
                .and(col("event").isin(kind.getValue().toArray()));
    }

    private void writeClocks(CaseFigures figures) {
        if (rules.clockReason() != null) {
            this.<WaitingSpell>byCase(open, row -> null, figures::writeClock);
            return;
        }
        Dataset<Row> spells = ofCases(
                tables.apply(SPELLS),
                col("queue").isin(rules.queues(false).toArray()),
                col("queue").isin(rules.queues(true).toArray()),
                List.of(
                        col("case_key").as("of_case"),
                        col("queue"),
                        col("item_key"),
                        unix_date(col("entered_on")).as("entered"),
                        unix_date(col("left_on")).as("ended")));
        byCase(
                open.join(spells, col("case_key").equalTo(col("of_case")), "left"),
                row -> row.isNullAt(row.fieldIndex("of_case"))
                        ? null
                        : new WaitingSpell(
                                row.getAs("queue"),
                                row.getAs("item_key"),
                                row.<Integer>getAs("entered"),
                                row.<Integer>getAs("ended")),
                figures::writeClock);
    }

    /**
     * Rows about open cases and about the items that belong to them.
     *
     * @param own selects rows that may be about a case
     * @param linked selects rows that may be about an item whose contributor is a case
     */
    private Dataset<Row> ofCases(Dataset<Row> rows, Column own, Column linked, List<Column> columns) {
        Column[] selected = columns.toArray(Column[]::new);
        Dataset<Row> ofThemselves = rows.where(own)
                .join(open, col("item_key").equalTo(col("case_key")))
                .select(selected);
        if (rules.milestones().linkedItemKinds().isEmpty()) {
            return ofThemselves;
        }
        return ofThemselves.union(rows.where(linked)
                .where(col("contributor_key").notEqual(col("item_key")))
                .join(open, withoutSource(col("contributor_key")).equalTo(withoutSource(col("case_key"))))
                .select(selected));
    }

    /** As {@link OpenCase#withoutSource}. */
    private static Column withoutSource(Column key) {
        return key.substr(instr(key, ":").plus(1), lit(Integer.MAX_VALUE));
    }

    /**
     * Passes on the cases one by one.
     *
     * @param rows rows with the columns of an open case; there may be many for one case
     * @param part what a row adds to its case; null for nothing
     */
    private <T> void byCase(
            Dataset<Row> rows, Function<Row, @Nullable T> part, BiConsumer<OpenCase, List<T>> consumer) {
        OpenCase current = null;
        List<T> parts = new ArrayList<>();
        Iterator<Row> sorted = rows.repartition(col("case_key"))
                .sortWithinPartitions("case_key")
                .toLocalIterator();
        while (sorted.hasNext()) {
            Row row = sorted.next();
            OpenCase next = caseOf(row);
            if (current != null && !current.equals(next)) {
                consumer.accept(current, List.copyOf(parts));
                parts.clear();
            }
            current = next;
            T found = part.apply(row);
            if (found != null) {
                parts.add(found);
            }
        }
        if (current != null) {
            consumer.accept(current, List.copyOf(parts));
        }
    }

    private OpenCase caseOf(Row row) {
        return new OpenCase(
                rules.milestones().name(),
                row.<Integer>getAs("milestones_version"),
                row.getAs("case_key"),
                row.<Integer>getAs("aware"),
                row.<Integer>getAs("as_at"));
    }
}
