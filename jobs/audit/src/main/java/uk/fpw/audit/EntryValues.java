package uk.fpw.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.session.AuditQuery;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.audit.session.QueryRow;
import uk.fpw.warehouse.force.feed.ClosedLists;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.EntryVersions;
import uk.fpw.warehouse.message.EntryVersions.VersionedColumn;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;

/**
 * Reads the sources of the values at entry independently: every version of a column as {@code attribute_version}, the
 * released values as {@code stored_entry_value}. Also counts how many values have ever changed in columns that are
 * declared fixed.
 */
final class EntryValues {

    /** Fewer changes are taken for corrections. */
    private static final int FEWEST_CHANGES = 20;

    private EntryValues() {}

    /**
     * Creates the views.
     *
     * @param entries null if the values are those in the spells, whose view must then exist
     */
    static void show(AuditSession session, @Nullable EntryVersions entries) {
        List<AuditQuery> versions = new ArrayList<>();
        if (entries == null) {
            session.createView("stored_entry_value", AuditQuery.named("entry_value_of_spells"));
            versions.add(AuditQuery.named("attribute_version_of_spells"));
        } else {
            entries.columns().stream()
                    .filter(column -> column.fixed() == null && !column.files().isEmpty())
                    .forEach(column -> versions.add(versions(session, column)));
            session.createView(
                    "stored_entry_value",
                    entries.ledger().isEmpty()
                            ? AuditQuery.named("entry_value_none")
                            : AuditQuery.named("entry_value_of_ledger")
                                    .with("files", entries.ledger())
                                    .with("released_runs", entries.releasedRuns())
                                    .with(
                                            "withdrawn_loads",
                                            entries.columns().stream()
                                                    .flatMap(column -> column.withdrawnLoads().stream())
                                                    .toList()));
        }
        session.createView(
                "attribute_version",
                versions.isEmpty() ? List.of(AuditQuery.named("attribute_version_none")) : versions);
    }

    private static AuditQuery versions(AuditSession session, VersionedColumn column) {
        String datedBy = column.datedBy();
        AuditQuery query = AuditQuery.named(datedBy == null ? "attribute_version" : "attribute_version_dated")
                .with("feed", column.feed())
                .with("source", column.source())
                .with("column_name", column.column())
                .with("value", hasColumn(session, column) ? column.column() : null)
                .with("listed", column.listed())
                .with("not_listed", ClosedLists.NOT_LISTED)
                .with("files", column.files())
                .with("withdrawn_loads", column.withdrawnLoads());
        return datedBy == null ? query : query.with("dated_by", datedBy).with("dated_by_name", datedBy);
    }

    /** A column that was added to the feed is in no file before the next load. */
    private static boolean hasColumn(AuditSession session, VersionedColumn column) {
        return session.storedColumns(column.files()).contains(column.column());
    }

    /** One result for each attribute that is declared fixed, passed or not. */
    static List<QualityResult> fixed(AuditSession session, EntryVersions entries) {
        List<QualityResult> results = new ArrayList<>();
        for (VersionedColumn column : entries.columns()) {
            EntryVersions.Fixed fixed = column.fixed();
            if (fixed != null && !column.files().isEmpty() && hasColumn(session, column)) {
                QueryRow counts = session.rows(AuditQuery.named("fixed_value_changes")
                                .with("source_column", column.column())
                                .with("files", column.files())
                                .with("withdrawn_loads", column.withdrawnLoads()))
                        .get(0);
                results.add(result(column, fixed, counts.number(0), counts.number(1)));
            }
        }
        return results;
    }

    private static QualityResult result(VersionedColumn column, EntryVersions.Fixed fixed, long items, long changed) {
        boolean isTooMany = changed >= FEWEST_CHANGES && changed > fixed.maxChangedShare() * items;
        String place = column.feed() + "." + column.column();
        return new QualityResult(
                fixed.staging(),
                AuditResult.FIXED_AT_ENTRY + fixed.attribute().toUpperCase(java.util.Locale.ROOT),
                "stop",
                isTooMany ? changed : 0,
                fixed.attribute() + " is declared fixed; " + place + " has changed for " + changed + " of " + items
                        + " items"
                        + (isTooMany
                                ? "; declare it with from: changes in " + fixed.staging()
                                        + ", or raise max_changed_share there if these are corrections"
                                : ""));
    }
}
