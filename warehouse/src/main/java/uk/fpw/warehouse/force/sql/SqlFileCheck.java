package uk.fpw.warehouse.force.sql;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.Fields;

/** Checks that a SQL file contains exactly one query. The query itself is analysed by Spark. */
public final class SqlFileCheck {

    private SqlFileCheck() {}

    /** What is wrong with a query in Spark SQL; null if it is valid. */
    public static @Nullable Problem problem(String sql) {
        return problemIn(withoutCommentsAndTexts(sql, true));
    }

    /** What is wrong with a query in standard SQL, where a backslash is an ordinary character; null if it is valid. */
    public static @Nullable Problem problemOfStandard(String sql) {
        return problemIn(standardCode(sql));
    }

    /**
     * Reports what is wrong with a Spark SQL query in a field. An empty one is reported by the schema.
     *
     * @return whether it is valid
     */
    public static boolean check(Fields fields, String field) {
        String sql = fields.text(field);
        Problem problem = sql == null || sql.isEmpty() ? null : problem(sql);
        if (problem != null) {
            fields.error(field, problem.problem(), problem.remedy());
        }
        return problem == null;
    }

    /**
     * Reports a field that is not a single condition.
     *
     * @param rows the rows for which it should be true
     */
    public static void checkCondition(Fields fields, String field, String rows) {
        String condition = fields.text(field);
        if (condition != null && !condition.isEmpty() && problem(condition) != null) {
            fields.error(
                    field, "is not a single condition", "write a condition that is true for " + rows + ", without ';'");
        }
    }

    /** A query in standard SQL, with comments replaced by blanks and quoted texts by x. */
    public static String standardCode(String sql) {
        return withoutCommentsAndTexts(sql, false);
    }

    /**
     * A Spark SQL query without comments and with minimal white space, so that queries that differ only in these are
     * equal. Quoted texts are unchanged.
     */
    public static String withoutLayout(String sql) {
        StringBuilder code = new StringBuilder();
        boolean isParted = false;
        int i = 0;
        while (i < sql.length()) {
            int end = endOfComment(sql, i);
            char c = sql.charAt(i);
            if (end > i || Character.isWhitespace(c)) {
                isParted = true;
                i = Math.max(end, i + 1);
                continue;
            }
            end = isQuote(c) ? endOfQuoted(sql, i, true) : i + 1;
            if (isParted && !code.isEmpty() && needsSpace(code.charAt(code.length() - 1), c)) {
                code.append(' ');
            }
            code.append(sql, i, end);
            isParted = false;
            i = end;
        }
        return code.toString();
    }

    private static boolean needsSpace(char before, char after) {
        return isOfWord(before) && isOfWord(after);
    }

    /**
     * Quotes count as part of a word: two quoted texts separated by a blank are two texts, without it one text that
     * contains a quote.
     */
    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || isQuote(c);
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"' || c == '`';
    }

    /** End of the comment that starts at a position; the position itself if none does. */
    private static int endOfComment(String sql, int start) {
        if (sql.startsWith("--", start)) {
            int lineEnd = sql.indexOf('\n', start);
            return lineEnd < 0 ? sql.length() : lineEnd;
        }
        if (sql.startsWith("/*", start)) {
            int close = sql.indexOf("*/", start + 2);
            return close < 0 ? sql.length() : close + 2;
        }
        return start;
    }

    private static @Nullable Problem problemIn(String code) {
        if (code.isBlank()) {
            return new Problem(0, "contains no query", "write one, as described in docs/force-folder.md");
        }
        int semicolon = code.indexOf(';');
        if (semicolon < 0) {
            return null;
        }
        int line =
                1 + (int) code.chars().limit(semicolon).filter(c -> c == '\n').count();
        return code.substring(semicolon).replace(";", "").isBlank()
                ? new Problem(line, "ends with ';'", "remove the semicolon")
                : new Problem(line, "contains more than one statement", "keep one query, without ';'");
    }

    /** An error in a SQL file; line 0 if it concerns the whole file. */
    public record Problem(int line, String problem, String remedy) {}

    /** The text with comments replaced by blanks and quoted texts by x; line breaks are kept. */
    private static String withoutCommentsAndTexts(String sql, boolean backslashEscapes) {
        StringBuilder code = new StringBuilder();
        int i = 0;
        while (i < sql.length()) {
            int end = endOfComment(sql, i);
            char c = sql.charAt(i);
            if (end > i) {
                // Skip the escaped character.
            } else if (isQuote(c)) {
                end = endOfQuoted(sql, i, backslashEscapes);
                code.append('x');
            } else {
                code.append(c);
                i++;
                continue;
            }
            sql.substring(i, end).chars().filter(skipped -> skipped == '\n').forEach(lineBreak -> code.append('\n'));
            i = end;
        }
        return code.toString();
    }

    private static int endOfQuoted(String sql, int start, boolean backslashEscapes) {
        char quote = sql.charAt(start);
        for (int i = start + 1; i < sql.length(); i++) {
            if (backslashEscapes && sql.charAt(i) == '\\' && quote != '`') {
                i++;
            } else if (sql.charAt(i) == quote) {
                return i + 1;
            }
        }
        return sql.length();
    }
}
