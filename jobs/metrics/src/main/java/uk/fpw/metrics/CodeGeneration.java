package uk.fpw.metrics;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Whether Spark compiles the plans of a night. Compiling some hundred plans takes longer than running them over few rows: of a night over 49 rows it was two fifths of the processor time. Over 63,000 rows interpreted plans are the slower ones by far.
 * Whoever sets {@code spark.sql.codegen.wholeStage} for the run decides instead.
 */
final class CodeGeneration {

    /** Current rows of all feeds; with fewer, plans are interpreted. */
    static final long COMPILED_FROM_ROWS = 10_000;

    private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";

    private CodeGeneration() {}

    /** Sets the session for the number of rows that the night reads. */
    static void choose(SparkSession spark, Map<String, String> settings, long rowCount) {
        if (settings.containsKey(WHOLE_STAGE)) {
            return;
        }
        boolean isCompiled = rowCount >= COMPILED_FROM_ROWS;
        spark.conf().set(WHOLE_STAGE, isCompiled);
        spark.conf().set("spark.sql.codegen.factoryMode", isCompiled ? "FALLBACK" : "NO_CODEGEN");
    }
}
