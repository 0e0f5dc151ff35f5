package uk.fpw.report.dictionary;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import uk.fpw.query.ReleaseManifest;
import uk.fpw.report.data.ReleaseData;
import uk.fpw.report.data.Row;

/**
 * The definitions that a release contains.
 *
 * @param columns its columns, such as {@code mart.queue_daily.day}
 * @param queues rows of {@code mart.dim_queue}
 * @param standards rows of {@code mart.dim_standard}
 * @param grades rows of {@code mart.dim_scheme}
 * @param changes rows of {@code mart.change}
 */
record Snapshot(Set<String> columns, List<Row> queues, List<Row> standards, List<Row> grades, List<Row> changes) {

    static Snapshot of(ReleaseData release) {
        Set<String> columns = new TreeSet<>();
        for (ReleaseManifest.Table table : release.manifest().tables()) {
            table.columns().forEach(column -> columns.add(table.name() + "." + column.name()));
        }
        return new Snapshot(
                columns,
                rows(release, "mart.dim_queue", "queue"),
                rows(release, "mart.dim_standard", "queue, standard_order"),
                rows(release, "mart.dim_scheme", "scheme, scheme_version, grade_rank"),
                rows(release, "mart.change", "changed_on desc, change, queue"));
    }

    private static List<Row> rows(ReleaseData release, String table, String order) {
        return release.has(table) ? release.rows("select * from " + table + " order by " + order) : List.of();
    }

    boolean hasTable(String table) {
        return columns.stream().anyMatch(column -> column.startsWith(table + "."));
    }

    boolean hasColumn(String table, String column) {
        return columns.contains(table + "." + column);
    }
}
