package uk.fpw.warehouse.message;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Input of the audit process: what the values at entry are found from a second time.
 *
 * @param columns the columns whose versions are looked up, and those that are declared never to change
 * @param ledger absolute paths of the Parquet files of {@code ledger.entry_value}
 * @param releasedRuns ids of the runs of which a release was made that was not withdrawn
 */
public record EntryVersions(List<VersionedColumn> columns, List<String> ledger, List<String> releasedRuns) {

    /** A run file without one of them is none. */
    public EntryVersions {
        requireNonNull(columns, "columns: missing");
        requireNonNull(ledger, "ledger: missing");
        requireNonNull(releasedRuns, "releasedRuns: missing");
    }

    /**
     * A column of a feed.
     *
     * @param source operational system; items are known by {@code source:item}
     * @param datedBy column with the day from which a version is valid; null for the business date of its load
     * @param listed values of its closed list, beside which every other is {@code (not listed)}; none without a list
     * @param fixed what is declared of a column that never changes; null if its versions are looked up
     * @param withdrawnLoads ids of the loads of the feed that count no longer
     * @param files absolute paths of the Parquet files of {@code raw}, which hold every version
     */
    public record VersionedColumn(
            String feed,
            String source,
            String column,
            @Nullable String datedBy,
            List<String> listed,
            @Nullable Fixed fixed,
            List<String> withdrawnLoads,
            List<String> files) {}

    /**
     * A column that is declared never to change but to correct it.
     *
     * @param staging file of the staging query that declares it
     * @param maxChangedShare share of the items whose value may ever have changed
     */
    public record Fixed(String attribute, String staging, double maxChangedShare) {}

    Stream<String> files() {
        return Stream.concat(columns.stream().flatMap(column -> column.files().stream()), ledger.stream());
    }
}
