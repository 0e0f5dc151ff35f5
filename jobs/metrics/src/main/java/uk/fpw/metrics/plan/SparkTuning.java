package uk.fpw.metrics.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Tunes Spark for the number of input rows. With few rows, most of the time is Spark's overhead: compiling plans,
 * shuffles, broadcasts, replanning after each stage. Tuning does not change the figures; settings of the run take
 * precedence.
 */
public final class SparkTuning {

    /**
     * Current rows of all feeds from which plans are compiled; with fewer they are interpreted. Compiling takes two
     * fifths of the processor time for 49 rows; interpreting takes a third longer for 38,000 rows.
     */
    static final long COMPILED_FROM_ROWS = 10_000;

    /**
     * With fewer rows, every source is read as one partition: queries over such sources hardly shuffle, and most
     * tables need one task.
     */
    static final long SPREAD_FROM_ROWS = 100_000;

    /** Maximum number of rows that one task follows, so that its memory does not grow with the force. */
    static final long ROWS_PER_TASK = 250_000;

    /** Tasks that follow items, per task that counts their spells. */
    private static final int ITEM_TASKS = 4;

    /** Tasks per processor that compute figures. */
    private static final int SERIES_TASKS = 4;

    private static final int FEWEST_PARTITIONS = 4;

    private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";

    private SparkTuning() {}

    public static void configure(SparkSession spark, Map<String, String> settings, long rowCount) {
        boolean isCompiled = rowCount >= COMPILED_FROM_ROWS;
        boolean isSpread = rowCount >= SPREAD_FROM_ROWS;
        Map<String, String> chosen = new LinkedHashMap<>();
        if (!settings.containsKey(WHOLE_STAGE)) {
            chosen.put(WHOLE_STAGE, String.valueOf(isCompiled));
            chosen.put("spark.sql.codegen.factoryMode", isCompiled ? "FALLBACK" : "NO_CODEGEN");
        }
        if (!settings.containsKey(PARTITIONS)) {
            chosen.put(PARTITIONS, String.valueOf(isSpread ? partitions(spark) : 1));
            // there are hardly any shuffles after which a plan could be revised
            chosen.put("spark.sql.adaptive.enabled", String.valueOf(isSpread));
            // in one partition, sorting both sides of a join is cheaper than broadcasting one
            chosen.put("spark.sql.autoBroadcastJoinThreshold", isSpread ? "10MB" : "-1");
        }
        chosen.forEach(spark.conf()::set);
    }

    /** Of a shuffle of many rows: one per processor, but four for a machine with fewer. */
    private static int partitions(SparkSession spark) {
        return Math.max(FEWEST_PARTITIONS, spark.sparkContext().defaultParallelism());
    }

    /**
     * Number of tasks for the rows of a run.
     *
     * @param items tasks that follow items
     * @param contributors tasks that count spells: a quarter as many, because each keeps counts of every series, and
     *     a spell needs a fraction of the memory of its item's rows
     * @param series tasks that compute figures: a few per processor, because there are few series and each task
     *     writes files of its own
     */
    public record Tasks(int items, int contributors, int series) {

        static Tasks of(int processors, long rowCount) {
            int items = Math.toIntExact(Math.max(processors, (rowCount + ROWS_PER_TASK - 1) / ROWS_PER_TASK));
            return new Tasks(
                    items, Math.max(processors, items / ITEM_TASKS), Math.min(items, SERIES_TASKS * processors));
        }
    }

    /** One task each for few rows, because sending another takes longer than its work. */
    public static Tasks tasks(SparkSession spark, long rowCount) {
        return rowCount < COMPILED_FROM_ROWS
                ? new Tasks(1, 1, 1)
                : Tasks.of(spark.sparkContext().defaultParallelism(), rowCount);
    }

    /** The rows of a source; as one partition if the run is small. */
    public static Dataset<Row> source(Dataset<Row> rows) {
        return isGathered(rows.sparkSession()) ? rows.coalesce(1) : rows;
    }

    /**
     * Computes rows now and cuts their plan: a plan that grows from query to query soon takes longer to analyse than
     * to execute. If an executor is lost, its rows are computed again. For few rows.
     */
    public static Dataset<Row> computed(Dataset<Row> rows) {
        JavaRDD<Row> kept = rows.javaRDD().persist(StorageLevel.MEMORY_AND_DISK());
        kept.count();
        return source(rows.sparkSession().createDataFrame(kept, rows.schema()));
    }

    /** Whether the session computes in one partition. */
    public static boolean isGathered(SparkSession spark) {
        return spark.conf().get(PARTITIONS).equals("1");
    }
}
