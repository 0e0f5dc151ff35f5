package uk.fpw.warehouse.message;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Input of the audit process for finding the values at entry independently.
 *
 * @param columns columns whose versions are looked up, and columns declared never to change
 * @param ledger absolute paths of the Parquet files of {@code ledger.entry_value}
 * @param releasedRuns ids of runs whose release was not withdrawn
 */
public record EntryVersions(List<VersionedColumn> columns, List<String> ledger, List<String> releasedRuns) {

    /** All fields are required. */
    public EntryVersions {
        requireNonNull(columns, "columns: missing");
        requireNonNull(ledger, "ledger: missing");
        requireNonNull(releasedRuns, "releasedRuns: missing");
    }

    /**
     * A column of a feed.
     *
     * @param source operational system; item keys are {@code source:item}
     * @param datedBy column with the day from which a version is valid; null if that is the business date of its load
     * @param listed values of its closed list, all others being {@code (not listed)}; empty without a list
     * @param fixed declaration of a column that never changes; null if its versions are looked up
     * @param withdrawnLoads ids of the withdrawn loads of the feed
     * @param files absolute paths of the Parquet files of {@code raw}, with every version
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
     * A column declared never to change except for corrections.
     *
     * @param staging file of the staging query that declares it
     * @param maxChangedShare maximum share of items whose value has ever changed
     */
    public record Fixed(String attribute, String staging, double maxChangedShare) {}

    Stream<String> files() {
        return Stream.concat(columns.stream().flatMap(column -> column.files().stream()), ledger.stream());
    }
}
