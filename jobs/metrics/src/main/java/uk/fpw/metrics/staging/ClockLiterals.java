package uk.fpw.metrics.staging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Finds date and time literals that depend on the clock: Spark reads {@code date 'today'} and {@code cast('now' as
 * timestamp)} as the time of the run.
 */
final class ClockLiterals {

    /**
     * A plain date or time literal: no escapes, prefix or comment, and digits first. How Spark interprets anything
     * else is not specified.
     */
    private static final Pattern DIGITS =
            Pattern.compile("\\w+\\s*(?:'\\s*[0-9+-][^'\\\\]*'|\"\\s*[0-9+-][^\"\\\\]*\")");

    private static final Pattern QUOTED = Pattern.compile("^\\w+\\s*['\"]([^'\"]*)['\"]");

    /** Spark ignores white space and control characters before a word. */
    private static final Pattern WORD =
            Pattern.compile("^[^A-Za-z0-9]*(now|today|tomorrow|yesterday)(?![A-Za-z0-9])", Pattern.CASE_INSENSITIVE);

    private ClockLiterals() {}

    /** Checks a literal as parsed; its text is no longer available after analysis. */
    static SqlGuard.@Nullable Finding judgeParsed(Expression expression) {
        if (!(expression instanceof Literal literal) || !isTime(literal.dataType()) || literal.value() == null) {
            return judgeCast(expression);
        }
        String source = source(literal.origin());
        if (DIGITS.matcher(source).matches()) {
            return null;
        }
        Matcher quoted = QUOTED.matcher(source);
        String text = quoted.find() ? quoted.group(1) : "";
        return WORD.matcher(text).find()
                ? dependsOnTheClock(literal, text)
                : SqlGuard.finding(
                        literal,
                        "writes a date or time in an obfuscated way",
                        "write it plainly, such as date '2016-01-12', without escapes, prefixes and comments");
    }

    /** Checks a cast of a text that is not from a row. */
    static SqlGuard.@Nullable Finding judgeCast(Expression expression) {
        if (!(expression instanceof Cast cast) || !isTime(cast.dataType())) {
            return null;
        }
        if (cast.child() instanceof Literal literal) {
            String text = String.valueOf(literal.value());
            return WORD.matcher(text).find() ? dependsOnTheClock(cast, text) : null;
        }
        // Spark evaluates constant text first, and then finds 'now' in the result
        return cast.child().resolved()
                        && cast.child().references().isEmpty()
                        && cast.child().dataType() instanceof StringType
                ? SqlGuard.finding(
                        cast,
                        "builds a date or time from concatenated text",
                        "write it plainly, such as date '2016-01-12'")
                : null;
    }

    private static SqlGuard.Finding dependsOnTheClock(Expression expression, String text) {
        return SqlGuard.finding(
                expression,
                "depends on the current time ('"
                        + text.replaceAll("\\p{Cntrl}", " ").strip() + "')",
                "use dates of the source only");
    }

    private static boolean isTime(DataType type) {
        return type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType;
    }

    /** The text in the query; empty if unknown. */
    private static String source(Origin origin) {
        if (origin.sqlText().isEmpty()
                || origin.startIndex().isEmpty()
                || origin.stopIndex().isEmpty()
                || (int) origin.stopIndex().get() >= origin.sqlText().get().length()) {
            return "";
        }
        return origin.sqlText()
                .get()
                .substring(
                        (int) origin.startIndex().get(),
                        (int) origin.stopIndex().get() + 1);
    }
}
