package uk.fpw.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.unix_date;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.model.FrozenTables;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.FrozenQueue;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.store.frozen.FrozenRowTable;

/** A release after items were removed has the rows of all periods that the release before them had. */
@Tag("thorough")
class FrozenRowsIT {

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();
    private static final Force FORCE = SparkTestWarehouse.force("standards");
    private static final LocalDate AS_OF = LocalDate.of(2016, 3, 31);
    private static final LocalDate RETAINED_FROM = LocalDate.of(2014, 1, 1);
    private static final LocalDate FROZEN_TO = LocalDate.of(2014, 5, 1);

    /** The only case of low priority is closed before the day from which cases are kept. */
    private static final String REMOVED = """
            (1, 'A', 'received', date '2013-05-10', 'low'),
            (2, 'A', 'seen', date '2013-05-20', 'low'),
            (3, 'A', 'closed', date '2013-06-01', 'low'),
            """;

    private static final String KEPT = """
            (4, 'B', 'received', date '2013-06-05', 'high'),
            (5, 'B', 'seen', date '2014-08-01', 'high'),
            (6, 'B', 'closed', date '2016-02-01', 'high'),
            (7, 'C', 'received', date '2014-02-03', 'urgent'),
            (8, 'C', 'seen', date '2014-02-04', 'urgent'),
            (9, 'C', 'closed', date '2014-03-10', 'urgent')
            """;

    @Test
    void rowsOfAllPeriodsStandAsTheyWereReleasedBeforeItemsWereRemoved() {
        load(REMOVED + KEPT);
        MetricsResult released = compute(Coverage.whole(FORCE, AS_OF), "2016-03-31.1");
        freeze(released);
        load(KEPT);

        MetricsResult next = compute(
                new Coverage(
                        AS_OF,
                        Coverage.whole(FORCE, AS_OF).completeTo(),
                        Map.of(),
                        Map.of("case_events", RETAINED_FROM),
                        FORCE.queues().stream()
                                .collect(Collectors.toMap(Queue::name, queue -> frozen(released, queue.name())))),
                "2016-03-31.2");

        FrozenTables.STARTS
                .keySet()
                .forEach(table ->
                        assertThat(rows(next, table)).as(table).isNotEmpty().isEqualTo(rows(released, table)));
        FrozenTables.STARTS.forEach((table, start) -> assertThat(table(next, table)
                        .where(col(FrozenTables.IS_FROZEN)
                                .notEqual(
                                        col(start).lt(lit(FROZEN_TO.toString()).cast("date"))))
                        .count())
                .as("rows of %s that say wrongly whether they are copies", table)
                .isZero());
        assertThat(WAREHOUSE.rows("select item_key from fpw.core.spell where item_key like '%A'"))
                .isEmpty();
    }

    /** Keeps the rows of a release, and some that are not to be copied. */
    private static void freeze(MetricsResult released) {
        Dataset<Row> all = FrozenTables.STARTS.entrySet().stream()
                .map(table -> frozen(table(released, table.getKey()), table.getKey(), table.getValue()))
                .reduce(Dataset::unionByName)
                .orElseThrow();
        Dataset<Row> others = all.where(col(FrozenRowTable.TABLE).equalTo(FrozenTables.DAYS));
        WAREHOUSE.spark().sql("create namespace if not exists fpw.ledger");
        all.unionByName(others.withColumn(FrozenRowTable.QUEUE_VERSION, lit(7)))
                .unionByName(others.withColumn(FrozenRowTable.FROZEN_TO, date_add(col(FrozenRowTable.FROZEN_TO), 31)))
                .unionByName(others.where(col(FrozenRowTable.SLICE).notEqual("all"))
                        .withColumn(FrozenRowTable.SLICE, lit("former")))
                .writeTo("fpw." + FrozenRowTable.NAME)
                .using("iceberg")
                .createOrReplace();
    }

    private static Dataset<Row> frozen(Dataset<Row> rows, String table, String start) {
        List<String> columns = Arrays.asList(rows.columns());
        Column[] values = columns.stream()
                .filter(column -> !Set.of("force", "data_as_at", FrozenTables.IS_FROZEN, "release_id")
                        .contains(column))
                .flatMap(column -> Stream.of(lit(column), col(column).cast("string")))
                .toArray(Column[]::new);
        return rows.select(
                lit(table).as(FrozenRowTable.TABLE),
                col("queue").as(FrozenRowTable.QUEUE),
                col("queue_version").as(FrozenRowTable.QUEUE_VERSION),
                (columns.contains("slice") ? col("slice") : lit("all")).as(FrozenRowTable.SLICE),
                (columns.contains("slice_value") ? col("slice_value") : lit("all")).as(FrozenRowTable.SLICE_VALUE),
                col(start).as(FrozenRowTable.PERIOD_START),
                lit(FROZEN_TO.toString()).cast("date").as(FrozenRowTable.FROZEN_TO),
                lit("2016-03-31.1").as(FrozenRowTable.RELEASE_ID),
                map_filter(map(values), (name, value) -> value.isNotNull()).as(FrozenRowTable.VALUES));
    }

    private static FrozenQueue frozen(MetricsResult released, String queue) {
        List<Row> series = table(released, FrozenTables.DAYS)
                .where(col("queue").equalTo(queue))
                .groupBy("slice", "slice_value")
                .agg(unix_date(min("day")))
                .collectAsList();
        return new FrozenQueue(
                LocalDate.ofEpochDay(
                        series.stream().mapToInt(row -> row.getInt(2)).min().orElseThrow()),
                FROZEN_TO,
                "2016-03-31.1",
                series.stream()
                        .map(row -> new FrozenQueue.Series(row.getString(0), row.getString(1)))
                        .toList());
    }

    private static void load(String rows) {
        WAREHOUSE.load(
                FORCE.feed("case_events"),
                WAREHOUSE
                        .spark()
                        .sql("select seq, case_id, event, cast(null as timestamp) as happened_at, happened_on,"
                                + " priority from values\n" + rows.strip()
                                + "\nas rows(seq, case_id, event, happened_on, priority)"));
    }

    private static MetricsResult compute(Coverage coverage, String releaseId) {
        MetricsResult result = WAREHOUSE.compute(FORCE, coverage, releaseId);
        assertThat(result.errors()).isEmpty();
        assertThat(result.quality())
                .filteredOn(test -> test.severity().equals("stop") && test.failedCount() > 0)
                .extracting(QualityResult::table, QualityResult::code, QualityResult::message)
                .isEmpty();
        return result;
    }

    /** Rows of a table, without the release and whether they are copies. */
    private static Set<String> rows(MetricsResult result, String table) {
        return table(result, table).drop("release_id", FrozenTables.IS_FROZEN).collectAsList().stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    private static Dataset<Row> table(MetricsResult result, String table) {
        long snapshot = result.tables().stream()
                .filter(version -> version.table().equals(table))
                .findFirst()
                .orElseThrow()
                .snapshotId();
        return WAREHOUSE.spark().read().option("versionAsOf", snapshot).table("fpw." + table);
    }
}
