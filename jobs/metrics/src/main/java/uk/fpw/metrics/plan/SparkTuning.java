package uk.fpw.metrics.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark tuning of a run, depending on the number of input rows. For few rows, most of the time
 * is Spark overhead: compiling plans, shuffles, broadcasts, replanning after each stage.
 * The figures are the same either way. The settings of the run take precedence.
 */
public final class SparkTuning {

    /**
     * Current rows of all feeds; with fewer, plans are interpreted: compiling takes two fifths of the processor
     * time for 49 rows, while for 38,000 rows interpreted plans take a third longer.
     */
    static final long COMPILED_FROM_ROWS = 10_000;

    /**
     * With fewer, every source is read as one partition: a query over such sources hardly shuffles, and most tables are
     * one task.
     */
    static final long SPREAD_FROM_ROWS = 100_000;

    /** Rows that one task follows at most, so that its memory does not grow with the force. */
    static final long ROWS_PER_TASK = 250_000;

    /** Tasks that follow items, of which one task counts all spells. */
    private static final int ITEM_TASKS = 4;

    /** Tasks that compute figures, for each processor. */
    private static final int SERIES_TASKS = 4;

    private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";

    private SparkTuning() {}

    /** Sets the session for the number of rows. */
    public static void configure(SparkSession spark, Map<String, String> settings, long rowCount) {
        boolean isCompiled = rowCount >= COMPILED_FROM_ROWS;
        boolean isSpread = rowCount >= SPREAD_FROM_ROWS;
        Map<String, String> chosen = new LinkedHashMap<>();
        if (!settings.containsKey(WHOLE_STAGE)) {
            chosen.put(WHOLE_STAGE, String.valueOf(isCompiled));
            chosen.put("spark.sql.codegen.factoryMode", isCompiled ? "FALLBACK" : "NO_CODEGEN");
        }
        if (!settings.containsKey(PARTITIONS)) {
            chosen.put(PARTITIONS, isSpread ? "4" : "1");
            // there are hardly any shuffles after which a plan could be revised
            chosen.put("spark.sql.adaptive.enabled", String.valueOf(isSpread));
            // in one partition, sorting both sides of a join takes less than sending one around
            chosen.put("spark.sql.autoBroadcastJoinThreshold", isSpread ? "10MB" : "-1");
        }
        chosen.forEach(spark.conf()::set);
    }

    /**
     * Number of tasks for the rows of a run.
     *
     * @param items that follow the items
     * @param contributors that count their spells: a quarter as many, since each task keeps its own counts of
     *     every series, and a spell needs a fraction of the memory of its item's rows
     * @param series that compute the figures: a few per processor, since there are few series and each task
     *     writes its own files
     */
    public record Tasks(int items, int contributors, int series) {

        /** Of so many rows. */
        static Tasks of(int processors, long rowCount) {
            int items = Math.toIntExact(Math.max(processors, (rowCount + ROWS_PER_TASK - 1) / ROWS_PER_TASK));
            return new Tasks(
                    items, Math.max(processors, items / ITEM_TASKS), Math.min(items, SERIES_TASKS * processors));
        }
    }

    /** One task each for few rows, since a further one takes longer to send than to do. */
    public static Tasks tasks(SparkSession spark, long rowCount) {
        return rowCount < COMPILED_FROM_ROWS
                ? new Tasks(1, 1, 1)
                : Tasks.of(spark.sparkContext().defaultParallelism(), rowCount);
    }

    /** The rows of a source: as one partition, if the run is small. */
    public static Dataset<Row> source(Dataset<Row> rows) {
        return isGathered(rows.sparkSession()) ? rows.coalesce(1) : rows;
    }

    /**
     * The same rows computed now, with their plan cut: a plan that grew from query to query would soon take longer to
     * analyse than its rows to compute.
     */
    public static Dataset<Row> computed(Dataset<Row> rows) {
        return source(rows.localCheckpoint(true));
    }

    /** Whether the session computes in one partition. */
    public static boolean isGathered(SparkSession spark) {
        return spark.conf().get(PARTITIONS).equals("1");
    }
}
