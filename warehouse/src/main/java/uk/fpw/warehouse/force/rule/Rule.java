package uk.fpw.warehouse.force.rule;

/**
 * A validation rule for the rows of one feed: {@code rules/<feed>.yml}.
 *
 * @param code stable name, {@code [A-Z][A-Z0-9_]*}
 * @param feed feed whose rows are validated
 * @param severity consequence of a row that violates the rule
 * @param expression Spark SQL, true for valid rows; null counts as valid
 * @param message reason shown with an excluded row; {@code {column}} is replaced by the value and may only name columns
 *     that are not personal
 */
public record Rule(String code, String feed, Severity severity, String expression, String message) {

    /** The message as it reads without the values of a row. */
    public String messageWithoutValues() {
        return message.replaceAll("\\s*\\{[^}]*\\}", "");
    }

    /** EXCLUDE: the row's item is excluded from core. STOP: no release. WARNING: reported. */
    public enum Severity {
        EXCLUDE,
        STOP,
        WARNING
    }
}
