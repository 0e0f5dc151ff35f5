package uk.fpw.query;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedAcceptance;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.WithdrawalFile;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.text.Plural;

/**
 * One release as described by its {@code release.json}.
 *
 * @param businessDate last day whose events are counted
 * @param forceName name of the force for display
 * @param zone time zone of the force's calendar days
 * @param missing feeds that are behind schedule, such as {@code exhibits (complete to 2016-01-11)}; figures that depend
 *     on them are not available for the business date
 * @param older why feeds that are not missing are known to an earlier date only, see
 *     {@link ReleasedFeed#describeOlder}; figures that depend on them are not available for the business date either
 * @param feeds how far each feed was known; empty in releases of versions that did not record it
 * @param acceptances limits that were accepted for the release
 * @param definitions rows of each table of what the force defined, as a JSON list; empty in a release of an earlier
 *     version
 * @param withdrawn when, by whom and why it was withdrawn; null if it was not
 */
public record ReleaseManifest(
        ReleaseId id,
        String businessDate,
        String forceName,
        ZoneId zone,
        List<String> missing,
        List<String> older,
        List<ReleasedFeed> feeds,
        List<ReleasedAcceptance> acceptances,
        List<Table> tables,
        Map<String, String> definitions,
        @Nullable WithdrawalFile withdrawn) {

    /**
     * Feeds with rows that are still counted although the latest delivery did not have them, because the keys of some
     * of its rows could not be read.
     */
    public List<ReleasedFeed> held() {
        return feeds.stream().filter(feed -> feed.heldCount() > 0).toList();
    }

    /** The table with that qualified name. */
    public Optional<Table> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /**
     * The same with every table and column of these models; those that the release does not have get no rows and no
     * values. For programs whose queries are older or newer than the release.
     */
    public ReleaseManifest completedBy(List<Model> models) {
        List<Table> all = new ArrayList<>();
        for (Model model : models) {
            Table stored = table(model.table()).orElse(null);
            List<Column> missing = model.columns().stream()
                    .filter(column -> stored == null
                            || stored.columns().stream()
                                    .noneMatch(one -> one.name().equals(column.name())))
                    .map(column -> new Column(column.name(), column.type().word(), column.comment()))
                    .toList();
            all.add(
                    stored == null
                            ? new Table(model.table(), model.description(), 0, missing, List.of())
                            : stored.with(missing));
        }
        tables.stream()
                .filter(table ->
                        models.stream().noneMatch(model -> model.table().equals(table.name())))
                .forEach(all::add);
        return withTables(all);
    }

    /** The release with further tables. */
    ReleaseManifest with(List<Table> further) {
        return withTables(Stream.concat(tables.stream(), further.stream()).toList());
    }

    private ReleaseManifest withTables(List<Table> all) {
        return new ReleaseManifest(
                id,
                businessDate,
                forceName,
                zone,
                missing,
                older,
                feeds,
                acceptances,
                List.copyOf(all),
                definitions,
                withdrawn);
    }

    /** One line that says which release a figure comes from. */
    public String line() {
        return "release " + id + ", " + forceName + ", data as at " + businessDate
                + (missing.isEmpty() ? "" : "; missing: " + String.join(", ", missing))
                + older.stream().map(feeds -> "; " + feeds).collect(Collectors.joining())
                + (held().isEmpty() ? "" : "; deletions held: " + describeHeld())
                + acceptances.stream()
                        .map(one -> "; accepted " + one.describe())
                        .collect(Collectors.joining())
                + (withdrawn == null ? "" : "; withdrawn " + withdrawn.describe());
    }

    private String describeHeld() {
        return held().stream()
                .map(feed -> feed.name() + " (" + Plural.of(feed.heldCount(), "row") + ")")
                .collect(Collectors.joining(", "));
    }

    /**
     * One table.
     *
     * @param name qualified name, such as {@code mart.queue_daily}
     * @param columns those that it was created with
     * @param files its Parquet files; none for an empty table
     * @param added columns that it was created without; they are shown as null
     * @param expired whether its rows are no longer kept
     * @param query DuckDB SQL that computes the rows from the files; null if the files have them as they are
     */
    public record Table(
            String name,
            String description,
            long rowCount,
            List<Column> columns,
            List<WrittenFile> files,
            List<Column> added,
            boolean expired,
            @Nullable String query) {

        /** A table as it was created. */
        public Table(String name, String description, long rowCount, List<Column> columns, List<WrittenFile> files) {
            this(name, description, rowCount, columns, files, List.of(), false, null);
        }

        /**
         * Whether rows are about single cases, items, people or judgements, so that each read is recorded; also if this
         * version of the software does not know the table.
         */
        boolean isAboutSingleCases() {
            return Models.find(name).map(Model::isAboutSingleCases).orElse(true);
        }

        private Table with(List<Column> further) {
            return new Table(name, description, rowCount, columns, files, further, expired, query);
        }

        String schema() {
            return name.substring(0, name.indexOf('.'));
        }

        String plainName() {
            return name.substring(name.indexOf('.') + 1);
        }
    }

    /** One column; the type is one of the models' types, such as {@code bigint} or {@code timestamp}. */
    public record Column(String name, String type, String description) {}
}
