package uk.fpw.model;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How names, texts and files are written in DuckDB's SQL, and how a session is kept to its files. */
public final class DuckSql {

    /** What looks like a place of a parameter, and what only looks like it: comments, quoted texts and names, casts. */
    private static final Pattern PARAMETER = Pattern.compile(
            "--[^\\n]*+|/\\*.*?\\*/|'(?:[^']++|'')*+'|\"(?:[^\"]++|\"\")*+\"|::|:([a-z][a-z0-9_]*)", Pattern.DOTALL);

    private DuckSql() {}

    /** A name in quotes. */
    public static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /** A text in quotes; {@code null} for none. */
    public static String text(@Nullable String text) {
        return text == null ? "null" : "'" + text.replace("'", "''") + "'";
    }

    /**
     * A text with each {@code :name} replaced, but in comments, quoted texts and quoted names.
     *
     * @param value SQL of the parameter of that name
     */
    public static String withParameters(String sql, UnaryOperator<String> value) {
        return PARAMETER
                .matcher(sql)
                .replaceAll(place ->
                        Matcher.quoteReplacement(place.group(1) == null ? place.group() : value.apply(place.group(1))));
    }

    /**
     * The rows of Parquet files, which may have been written with different columns: one that a file was written
     * without is null in its rows.
     *
     * @param files paths, each a single file, regardless of special characters; at least one
     * @throws IllegalArgumentException if a path cannot be passed to DuckDB as a single file
     */
    public static String rowsOf(List<String> files) {
        return "read_parquet(" + filesOf(files) + ", hive_partitioning = false, union_by_name = true)";
    }

    /**
     * Files as a list of DuckDB, for its functions that read files.
     *
     * @param files paths, each a single file, regardless of special characters
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
     * The settings after which a session can open these files and its folder of temporary files, and nothing else, and
     * after which no setting can be changed.
     *
     * @param files paths of files to be read, or to be written
     */
    public static List<String> confinedTo(List<String> files) {
        // what is read by a pattern must be allowed as that pattern too
        Stream<String> allowed = Stream.concat(files.stream(), files.stream().map(DuckSql::pattern))
                .distinct();
        return List.of(
                "set allowed_paths = " + list(allowed),
                "set enable_external_access = false",
                "set lock_configuration = true");
    }

    /** The pattern that only this path fits; DuckDB takes every path for one, and reads {@code a1} for {@code a[1]}. */
    private static String pattern(String path) {
        return path.replaceAll("[*?\\[]", "[$0]");
    }

    private static String list(Stream<String> texts) {
        return texts.map(DuckSql::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
