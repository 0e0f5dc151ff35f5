package uk.fpw.model;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Quoting of names, texts and files for DuckDB's SQL, and restricting a session to its files. */
public final class DuckSql {

    /** Matches parameters, and what could be mistaken for one: comments, quoted texts and names, casts. */
    private static final Pattern PARAMETER = Pattern.compile(
            "--[^\\n]*+|/\\*.*?\\*/|'(?:[^']++|'')*+'|\"(?:[^\"]++|\"\")*+\"|::|:([a-z][a-z0-9_]*)", Pattern.DOTALL);

    private DuckSql() {}

    /** A quoted name. */
    public static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /** A quoted text, or {@code null} without quotes. */
    public static String text(@Nullable String text) {
        return text == null ? "null" : "'" + text.replace("'", "''") + "'";
    }

    /**
     * SQL with every {@code :name} replaced, except in comments, quoted texts and quoted names.
     *
     * @param value gives the SQL for a parameter name
     */
    public static String withParameters(String sql, UnaryOperator<String> value) {
        return PARAMETER
                .matcher(sql)
                .replaceAll(place ->
                        Matcher.quoteReplacement(place.group(1) == null ? place.group() : value.apply(place.group(1))));
    }

    /**
     * The rows of Parquet files, which may differ in their columns: a column missing from a file is null in its rows.
     *
     * @param files paths of single files, in which special characters are not patterns; at least one
     * @throws IllegalArgumentException if a path cannot be passed to DuckDB as a single file
     */
    public static String rowsOf(List<String> files) {
        return "read_parquet(" + filesOf(files) + ", hive_partitioning = false, union_by_name = true)";
    }

    /**
     * A DuckDB list of files, for functions that read files.
     *
     * @param files paths of single files, in which special characters are not patterns
     * @throws IllegalArgumentException if a path cannot be passed to DuckDB as a single file
     */
    public static String filesOf(List<String> files) {
        for (String file : files) {
            if (file.contains("\\") && !file.equals(pattern(file))) {
                throw new IllegalArgumentException("DuckDB cannot read " + file
                        + ", since its path contains a backslash and one of the characters "
                        + "*, ? and [; move the warehouse to another folder");
            }
        }
        return list(files.stream().map(DuckSql::pattern));
    }

    /**
     * Settings that restrict a session to these files and its folder for temporary files, and lock its configuration.
     *
     * @param files paths of files to read or write
     */
    public static List<String> confinedTo(List<String> files) {
        // A file that is read by a pattern must also be allowed as that pattern.
        Stream<String> allowed = Stream.concat(files.stream(), files.stream().map(DuckSql::pattern))
                .distinct();
        return List.of(
                "set allowed_paths = " + list(allowed),
                "set enable_external_access = false",
                "set lock_configuration = true");
    }

    /**
     * A pattern that matches only this path. DuckDB treats every path as a pattern and would read {@code a1} for
     * {@code a[1]}.
     */
    private static String pattern(String path) {
        return path.replaceAll("[*?\\[]", "[$0]");
    }

    private static String list(Stream<String> texts) {
        return texts.map(DuckSql::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
