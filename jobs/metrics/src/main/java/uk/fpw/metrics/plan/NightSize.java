package uk.fpw.metrics.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How Spark computes a night, by the number of rows that the night reads. Over few rows it is not the rows that take the time but their way through Spark: compiling the plans, shuffles,
 * broadcasts, a plan made anew after each stage. The figures are the same either way. What the settings of the run say stands.
 */
public final class NightSize {

    /** Current rows of all feeds; with fewer, plans are interpreted: of a night over 49 rows compiling took two fifths of the processor time, over 38,000 rows interpreted plans take a third more. */
    static final long COMPILED_FROM_ROWS = 10_000;

    /** With fewer, every source is read as one partition: a query over such sources hardly shuffles, and most tables are one task. */
    static final long SPREAD_FROM_ROWS = 100_000;

    /** Rows that one task follows at most, so that its memory does not grow with the force. */
    static final long ROWS_PER_TASK = 250_000;

    private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";

    private NightSize() {}

    /** Sets the session for the number of rows. */
    public static void choose(SparkSession spark, Map<String, String> settings, long rowCount) {
        boolean isCompiled = rowCount >= COMPILED_FROM_ROWS;
        boolean isSpread = rowCount >= SPREAD_FROM_ROWS;
        Map<String, String> chosen = new LinkedHashMap<>();
        if (!settings.containsKey(WHOLE_STAGE)) {
            chosen.put(WHOLE_STAGE, String.valueOf(isCompiled));
            chosen.put("spark.sql.codegen.factoryMode", isCompiled ? "FALLBACK" : "NO_CODEGEN");
        }
        if (!settings.containsKey(PARTITIONS)) {
            chosen.put(PARTITIONS, isSpread ? "4" : "1");
            // there is hardly a shuffle after which a plan could be made anew
            chosen.put("spark.sql.adaptive.enabled", String.valueOf(isSpread));
            // in one partition, sorting both sides of a join takes less than sending one around
            chosen.put("spark.sql.autoBroadcastJoinThreshold", isSpread ? "10MB" : "-1");
        }
        chosen.forEach(spark.conf()::set);
    }

    /** Tasks into which so many rows are divided: one for few rows, since a further task takes longer to send than to do. */
    public static int tasks(SparkSession spark, long rowCount) {
        return rowCount < COMPILED_FROM_ROWS
                ? 1
                : Math.toIntExact(Math.max(
                        spark.sparkContext().defaultParallelism(), (rowCount + ROWS_PER_TASK - 1) / ROWS_PER_TASK));
    }

    /** The rows of a source: as one partition, if the night is computed so. */
    public static Dataset<Row> source(Dataset<Row> rows) {
        return isGathered(rows.sparkSession()) ? rows.coalesce(1) : rows;
    }

    /** The same rows computed now, with their plan cut: a plan that grew from query to query would soon take longer to analyse than its rows to compute. */
    public static Dataset<Row> computed(Dataset<Row> rows) {
        return source(rows.localCheckpoint(true));
    }

    /** Whether the session computes in one partition. */
    public static boolean isGathered(SparkSession spark) {
        return spark.conf().get(PARTITIONS).equals("1");
    }
}
