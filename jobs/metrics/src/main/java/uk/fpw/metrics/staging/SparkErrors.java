package uk.fpw.metrics.staging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;

/** Turns Spark's errors into messages for the author of the SQL. */
final class SparkErrors {

    private static final Pattern PARSED_LINE = Pattern.compile("\\(line (\\d+), pos \\d+\\)");

    private SparkErrors() {}

    /**
     * The message of analyser or parser without error code, plan and position. Contains columns and types, never
     * values.
     */
    static String problem(Throwable error) {
        String message = String.valueOf(error.getMessage()).strip();
        message = message.replaceFirst("^\\[[A-Z0-9_.]+]\\s*", "");
        int end = message.indexOf(" SQLSTATE:");
        if (end > 0) {
            message = message.substring(0, end);
        }
        message = message.replaceAll("\\s+", " ").strip();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    /** The line of the failing SQL, counted from 1; 0 if unknown. */
    static int line(Throwable error) {
        if (error instanceof AnalysisException analysis && analysis.line().isDefined()) {
            return (int) analysis.line().get();
        }
        Matcher parsed = PARSED_LINE.matcher(String.valueOf(error.getMessage()));
        return parsed.find() ? Integer.parseInt(parsed.group(1)) : 0;
    }
}
