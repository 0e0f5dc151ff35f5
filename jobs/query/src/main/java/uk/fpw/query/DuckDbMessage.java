package uk.fpw.query;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.text.EditDistance;

/**
 * Rephrases DuckDB's messages: leaves out what an analyst cannot use, and adds the tables and columns that may have
 * been meant.
 */
final class DuckDbMessage {

    private static final Pattern KIND = Pattern.compile("^(?:java\\.sql\\.SQLException: )?([A-Z][A-Za-z ]*?) Error: ");
    private static final Pattern TABLE = Pattern.compile("Table with name (\\S+) does not exist");
    private static final Pattern COLUMN = Pattern.compile("(?:Referenced column|column named|column) \"([^\"]+)\"");
    private static final int CANDIDATES = 5;

    private DuckDbMessage() {}

    static boolean isNotOneSelect(SQLException failed) {
        return text(failed).contains("Expected a single SELECT statement");
    }

    /** DuckDB's message on one line, without its kind and place. */
    static String plain(SQLException failed) {
        String text = KIND.matcher(text(failed)).replaceFirst("");
        int place = text.indexOf("\n\nLINE ");
        return (place < 0 ? text : text.substring(0, place))
                .replaceAll("\\s*\\n\\s*", " ")
                .strip();
    }

    static QueryException failure(ReleaseManifest release, SQLException failed, SQLException cause) {
        String text = text(failed);
        Matcher kind = KIND.matcher(text);
        String error = kind.find() ? kind.group(1) : "";
        if (isNotOneSelect(failed)) {
            return QueryException.wrong(
                    "only a single read-only statement can be run: SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE or "
                            + "SHOW TABLES."
                            + " Statements that write, attach, install or set are not allowed; "
                            + "--output FILE writes the result to a file",
                    cause);
        }
        if (error.equals("Permission")) {
            return QueryException.wrong(
                    "the query may only read the tables of the release: " + plain(failed)
                            + ". See `fpw query --tables`",
                    cause);
        }
        if (error.equals("IO")) {
            return QueryException.unavailable(
                    "a file of release " + release.id() + " cannot be read: " + plain(failed)
                            + "; choose another release, or run `fpw nightly` again",
                    cause);
        }
        if (error.equals("Out of Memory")) {
            return QueryException.wrong(
                    "the query needs more than 1 GB of memory; filter or aggregate before sorting or joining", cause);
        }
        return QueryException.wrong("the SQL cannot be run: " + withCandidates(release, text), cause);
    }

    private static String withCandidates(ReleaseManifest release, String text) {
        String message = KIND.matcher(text).replaceFirst("");
        Matcher table = TABLE.matcher(message);
        if (table.find()) {
            String meant = table.group(1).toLowerCase(Locale.ROOT);
            for (ReleaseManifest.Table known : release.tables()) {
                if (known.expired() && List.of(known.name(), known.plainName()).contains(meant)) {
                    return known.name() + " of release " + release.id() + " has expired: " + ReleaseFile.CORE_IS_KEPT
                            + ". Its mart tables remain; --release selects another release";
                }
            }
            List<String> names =
                    release.tables().stream().map(ReleaseManifest.Table::name).toList();
            return withoutGuess(message) + "\nTables: "
                    + String.join(
                            ", ",
                            names.stream()
                                    .sorted(Comparator.comparingInt(
                                            name -> distance(meant, name.substring(name.indexOf('.') + 1))))
                                    .toList())
                    + ".";
        }
        Matcher column = COLUMN.matcher(message);
        if (column.find()) {
            List<String> near = near(release, text, column.group(1).toLowerCase(Locale.ROOT));
            return near.isEmpty()
                    ? message.strip()
                    : withoutGuess(message) + "\nPerhaps: " + String.join(", ", near)
                            + ". All columns of a table: `fpw query --describe mart.queue_daily`";
        }
        return message.strip();
    }

    /** The most similar column names of the tables in the SQL. */
    private static List<String> near(ReleaseManifest release, String text, String meant) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<ReleaseManifest.Table> spoken = new ArrayList<>(release.tables().stream()
                .filter(table -> Pattern.compile("\\b" + table.plainName() + "\\b")
                        .matcher(lower)
                        .find())
                .toList());
        return spoken.stream()
                .flatMap(table -> table.columns().stream()
                        .map(column -> new String[] {column.name(), table.name() + "." + column.name()}))
                .sorted(Comparator.comparingInt(name -> distance(meant, name[0])))
                .limit(CANDIDATES)
                .map(name -> name[1])
                .toList();
    }

    private static String withoutGuess(String message) {
        return message.lines()
                .filter(line -> !line.startsWith("Did you mean ") && !line.startsWith("Candidate bindings: "))
                .collect(Collectors.joining("\n"))
                .replace("\n\n", "\n")
                .strip();
    }

    /** A name that contains the written one counts as near. */
    private static int distance(String left, String right) {
        return right.contains(left) || left.contains(right) ? 0 : EditDistance.between(left, right);
    }

    private static String text(SQLException failed) {
        return String.valueOf(failed.getMessage());
    }
}
