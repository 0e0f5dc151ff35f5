package uk.fpw.query;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * One release as its {@code release.json} states it.
 *
 * @param businessDate last day whose events are counted
 * @param forceName name of the force as people write it
 * @param zone zone whose calendar dates are the force's days
 * @param missing feeds that are behind schedule, such as {@code exhibits (complete to 2016-01-11)};
 *     figures that depend on them are not available for it
 * @param notDue feeds of which no file of the business date was due, in the same form; figures that depend on them
 *     are not available for it either
 * @param accepted limits that were accepted for the release, each as text with its reason
 * @param definitions rows of each table of what the force defined, as a JSON list; none in a release of an earlier
 *     version
 * @param withdrawn when, by whom and why it was withdrawn; null if it was not
 */
record ReleaseManifest(
        ReleaseId id,
        String businessDate,
        String forceName,
        ZoneId zone,
        List<String> missing,
        List<String> notDue,
        List<String> accepted,
        List<Table> tables,
        Map<String, String> definitions,
        @Nullable String withdrawn) {

    /** The table of that qualified name. */
    Optional<Table> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** One line that says which release a figure comes from. */
    String line() {
        return "release " + id + ", " + forceName + ", data as at " + businessDate
                + (missing.isEmpty() ? "" : "; missing: " + String.join(", ", missing))
                + (notDue.isEmpty() ? "" : "; no later delivery was due for " + String.join(", ", notDue))
                + (accepted.isEmpty() ? "" : "; accepted " + String.join("; accepted ", accepted))
                + (withdrawn == null ? "" : "; withdrawn " + withdrawn);
    }

    /**
     * One table.
     *
     * @param name qualified name, such as {@code mart.queue_daily}
     * @param files absolute paths of its Parquet files; none for an empty table
     */
    record Table(String name, String description, long rowCount, List<Column> columns, List<Path> files) {

        String schema() {
            return name.substring(0, name.indexOf('.'));
        }

        String plainName() {
            return name.substring(name.indexOf('.') + 1);
        }
    }

    /** One column; the type is one of the models' types, such as {@code bigint} or {@code timestamp}. */
    record Column(String name, String type, String description) {}
}
