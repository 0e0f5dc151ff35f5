package uk.fpw.warehouse.force.rule;

/**
 * A business rule over the rows of one feed: {@code rules/<feed>.yml}.
 *
 * @param code stable name, {@code [A-Z][A-Z0-9_]*}
 * @param feed the feed whose rows it judges
 * @param severity what a row that breaks it means
 * @param expression Spark SQL, true for good rows; unknown (null) counts as good
 * @param message reason shown with an excluded row; {@code {column}} is replaced by the value, only columns that are
 *     not personal
 */
public record Rule(String code, String feed, Severity severity, String expression, String message) {

    /** EXCLUDE: the row's item stays out of core. STOP: no release. WARNING: reported. */
    public enum Severity {
        EXCLUDE,
        STOP,
        WARNING
    }
}
