package uk.fpw.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.failure.ObjectStoreErrors;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.capacity.StaffingQuery;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.grading.GradingQuery;
import uk.fpw.warehouse.force.recommendation.Recommendation;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.staging.StagingQuery;
import uk.fpw.warehouse.force.yaml.ConfigError;

/**
 * Describes failures. Spark puts values of rows, which may be personal, into its messages, so only the kind of error
 * and the failing SQL are repeated.
 */
final class FailureMessages {

    private FailureMessages() {}

    /** One sentence for the result file. */
    static String message(Throwable failed) {
        FpwException known = known(failed);
        if (known != null) {
            return String.valueOf(known.getMessage());
        }
        FpwException unavailable = unavailable(failed);
        if (unavailable != null) {
            return String.valueOf(unavailable.getMessage());
        }
        SparkThrowable spark = spark(failed);
        if (spark != null) {
            StringBuilder words = new StringBuilder("Spark failed with ").append(spark.getCondition());
            for (String fragment : fragments(spark)) {
                words.append(" in '").append(fragment).append("'");
            }
            return words.append("; the Spark log of the run has the details").toString();
        }
        // only this program's own messages are known to contain no value of a row
        StackTraceElement[] stack = failed.getStackTrace();
        boolean isOwn = stack.length > 0 && stack[0].getClassName().startsWith("uk.fpw.");
        return failed.getClass().getSimpleName()
                + (isOwn ? ": " + failed.getMessage() : "; the Spark log of the run has the place");
    }

    /** The exit code for a failure. */
    static ExitCode exitCode(Throwable failed) {
        FpwException known = known(failed);
        return known != null
                ? known.exitCode()
                : unavailable(failed) != null ? ExitCode.UNAVAILABLE : ExitCode.INTERNAL;
    }

    private static @Nullable FpwException unavailable(Throwable failed) {
        FpwException database = DatabaseErrors.unavailable(failed);
        return database != null ? database : ObjectStoreErrors.unavailable(failed);
    }

    private static @Nullable FpwException known(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof FpwException known) {
                return known;
            }
        }
        return Damage.causeOf(failed);
    }

    /** The place in the force folder's SQL that failed at run time; null if the failure has another origin. */
    static @Nullable ConfigError configError(Force force, Throwable failed) {
        SparkThrowable spark = spark(failed);
        if (spark == null) {
            return null;
        }
        String problem = "a row makes the SQL fail with "
                + spark.getCondition()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ')
                        .replace('.', ' ');
        for (String fragment : fragments(spark)) {
            for (var query : queries(force).entrySet()) {
                int at = query.getValue().indexOf(fragment);
                if (at >= 0) {
                    return new ConfigError(
                            query.getKey(),
                            1
                                    + (int) query.getValue()
                                            .substring(0, at)
                                            .chars()
                                            .filter(letter -> letter == '\n')
                                            .count(),
                            "",
                            problem + " in '" + fragment + "'",
                            "use a function that returns null instead, such as try_cast, or exclude the rows with a "
                                    + "rule");
                }
            }
            for (Fact fact : force.facts()) {
                String sql =
                        fact.oursNow() == null ? fact.query() : fact.oursNow().query();
                if (sql != null && sql.contains(fragment)) {
                    return new ConfigError(
                            "facts/" + fact.name() + ".yml",
                            0,
                            fact.oursNow() == null ? "query" : "ours_now.query",
                            problem + " in '" + fragment + "'",
                            "use a function that returns null instead, such as try_cast or try_divide");
                }
            }
            ConfigError ofRecommendation = ofRecommendation(force, fragment, problem);
            if (ofRecommendation != null) {
                return ofRecommendation;
            }
            for (Feed feed : force.feeds()) {
                if (feed.scope() != null && feed.scope().where().contains(fragment)) {
                    return new ConfigError(
                            "feeds/" + feed.name() + ".yml",
                            0,
                            "scope.where",
                            problem + " in '" + fragment + "'",
                            "use a function that returns null instead, such as try_cast");
                }
            }
            for (Rule rule : force.rules()) {
                if (rule.expression().contains(fragment)) {
                    return new ConfigError(
                            "rules/" + rule.feed() + ".yml",
                            0,
                            rule.code() + ".expression",
                            problem + " in '" + fragment + "'",
                            "use a function that returns null instead, such as try_cast");
                }
            }
        }
        return null;
    }

    private static @Nullable ConfigError ofRecommendation(Force force, String fragment, String problem) {
        for (Recommendation recommendation : force.recommendations()) {
            for (Recommendation.Figure figure : recommendation.figures()) {
                if (figure.query() != null && figure.query().contains(fragment)) {
                    return new ConfigError(
                            "recommendations/" + recommendation.name() + ".yml",
                            0,
                            figure.name() + ".query",
                            problem + " in '" + fragment + "'",
                            "use a function that returns null instead, such as try_cast or try_divide");
                }
            }
        }
        return null;
    }

    /** SQL by file of the folder, for queries that are files of their own. */
    private static Map<String, String> queries(Force force) {
        Map<String, String> queries = new LinkedHashMap<>();
        for (StagingQuery staging : force.stagings()) {
            queries.put("staging/" + staging.name() + ".sql", staging.sql());
        }
        for (GradingQuery grading : force.gradings()) {
            queries.put("gradings/" + grading.name() + ".sql", grading.sql());
        }
        for (StaffingQuery staffing : force.staffings()) {
            queries.put("staffing/" + staffing.name() + ".sql", staffing.sql());
        }
        return queries;
    }

    private static @Nullable SparkThrowable spark(Throwable failed) {
        SparkThrowable found = null;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable spark && spark.getCondition() != null) {
                if (!fragments(spark).isEmpty()) {
                    return spark;
                }
                found = found == null ? spark : found;
            }
        }
        return found;
    }

    private static List<String> fragments(SparkThrowable spark) {
        List<String> fragments = new ArrayList<>();
        for (QueryContext context : spark.getQueryContext()) {
            if (!context.fragment().isBlank()) {
                fragments.add(context.fragment());
            }
        }
        return fragments;
    }
}
