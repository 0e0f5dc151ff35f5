package uk.fpw.report.picture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A part of a page as its file declares it: a head, and one query for each picture or table. Heads are comments,
 * {@code -- field: value}, before an empty line or a query.
 *
 * @param name of the file, and anchor of the part
 * @param page on which it is
 * @param after anchors of parts: it follows the first of them that the page has
 * @param heading what it is about
 * @param says what a reader needs to read it; empty for nothing
 * @param cannotSay what it does not show; empty for nothing
 * @param needs columns, such as {@code mart.wait_window.median_days}, without which a release has no such part
 * @param pictures in order
 */
public record DeclaredPart(
        String name,
        String page,
        List<String> after,
        String heading,
        String says,
        String cannotSay,
        List<String> needs,
        List<Picture> pictures) {

    private static final String FOLDER = "/uk/fpw/report/picture/";
    private static final String PICTURE = "picture";
    private static final String NEEDS = "needs";
    private static final String CANNOT_SAY = "cannot say";
    private static final Set<String> OF_PART = Set.of("page", "after", "heading", "says", CANNOT_SAY, NEEDS);
    private static final Set<String> OF_PICTURE = Set.of(PICTURE, "kind", "title", "unit", "query", NEEDS);

    /** What a query is shown as; the columns that it returns are those that {@code DeclaredParts} reads. */
    public enum Kind {
        /** Lines over days: series, on_day, value, reason; optionally is_provisional, is_of_months. */
        LINES,
        /** Bars: name, value. */
        BARS,
        /** Shares with intervals: name, value, low, high, of_count, reason, is_break. */
        INTERVALS,
        /** A table, whose headings are the names of the columns. */
        TABLE,
        /** Sentences above the pictures: sentence. */
        SENTENCES
    }

    /**
     * A picture, table or list of sentences; one for each value of the column {@code title}, if its query returns it.
     *
     * @param id prefix of the ids of its elements
     * @param title with {@code {title}} for the value of that column; empty for sentences
     * @param unit what is counted, with {@code {units}} for the items of the queue; empty for tables and sentences
     * @param query ready-made query that its own reads as a table; empty for none
     * @param needs columns without which it is left out
     */
    public record Picture(
            String id, Kind kind, String title, String unit, String query, List<String> needs, String sql) {}

    /** Every part, in the order in which they are added to their page. */
    public static List<DeclaredPart> all() {
        return text("index.txt")
                .lines()
                .map(name -> read(name, text(name + ".sql")))
                .toList();
    }

    /**
     * Reads a declaration.
     *
     * @throws IllegalArgumentException if it is not as this class describes
     */
    static DeclaredPart read(String name, String text) {
        Map<String, String> part = null;
        Map<String, String> head = new LinkedHashMap<>();
        StringBuilder sql = new StringBuilder();
        List<Picture> pictures = new ArrayList<>();
        for (String line : (text + "\n-- " + PICTURE + ": \n").lines().toList()) {
            if (line.startsWith("-- " + PICTURE + ":")) {
                if (part == null) {
                    part = head;
                } else {
                    pictures.add(picture(name, head, sql.toString().strip()));
                }
                head = new LinkedHashMap<>();
                sql.setLength(0);
            }
            if (sql.toString().isBlank() && line.startsWith("-- ")) {
                String[] field = line.substring(3).split(": ?", 2);
                if (field.length < 2 || head.put(field[0], field[1].strip()) != null) {
                    throw wrong(name, "'" + line + "' is not a field with a value, or occurs twice");
                }
            } else {
                sql.append(line).append('\n');
            }
        }
        Map<String, String> fields = known(name, Objects.requireNonNull(part), OF_PART);
        if (pictures.isEmpty()) {
            throw wrong(name, "there is no picture");
        }
        return new DeclaredPart(
                name,
                required(name, fields, "page"),
                list(required(name, fields, "after")),
                required(name, fields, "heading"),
                fields.getOrDefault("says", ""),
                fields.getOrDefault(CANNOT_SAY, ""),
                list(fields.getOrDefault(NEEDS, "")),
                List.copyOf(pictures));
    }

    private static Picture picture(String name, Map<String, String> head, String sql) {
        Map<String, String> fields = known(name, head, OF_PICTURE);
        if (sql.isEmpty()) {
            throw wrong(name, "picture " + fields.get(PICTURE) + " has no query");
        }
        return new Picture(
                required(name, fields, PICTURE),
                Kind.valueOf(required(name, fields, "kind").toUpperCase(Locale.ROOT)),
                fields.getOrDefault("title", ""),
                fields.getOrDefault("unit", ""),
                fields.getOrDefault("query", ""),
                list(fields.getOrDefault(NEEDS, "")),
                sql);
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(", *", -1));
    }

    private static Map<String, String> known(String name, Map<String, String> fields, Set<String> names) {
        fields.keySet().stream()
                .filter(field -> !names.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw wrong(
                            name,
                            "'" + field + "' is not one of "
                                    + names.stream().sorted().toList());
                });
        return fields;
    }

    private static String required(String name, Map<String, String> fields, String field) {
        String value = fields.getOrDefault(field, "");
        if (value.isEmpty()) {
            throw wrong(name, "'" + field + "' is missing");
        }
        return value;
    }

    private static IllegalArgumentException wrong(String name, String problem) {
        return new IllegalArgumentException("picture/" + name + ".sql: " + problem);
    }

    private static String text(String file) {
        try (InputStream in = DeclaredPart.class.getResourceAsStream(FOLDER + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
