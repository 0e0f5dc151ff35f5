package uk.fpw.report.dictionary;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the tables that a query names. */
final class SqlTables {

    /** Parts of a query that name no table: comments and text literals. */
    private static final Pattern NO_TABLE = Pattern.compile("--[^\\n]*+|/\\*.*?\\*/|'(?:[^']++|'')*+'", Pattern.DOTALL);

    private static final Pattern TABLE = Pattern.compile(
            "\\b(?:from|join)\\s+((?:core|mart|bi|bi_detail|ops)\\.[a-z][a-z0-9_]*)", Pattern.CASE_INSENSITIVE);

    private SqlTables() {}

    /**
     * Qualified names of tables in schemas {@code core}, {@code mart}, {@code bi}, {@code bi_detail} and {@code ops},
     * sorted.
     */
    static Set<String> in(String sql) {
        Set<String> tables = new TreeSet<>();
        TABLE.matcher(NO_TABLE.matcher(sql).replaceAll(" ")).results().forEach(found -> tables.add(found.group(1)));
        return tables;
    }
}
