package uk.fpw.warehouse.store.ledger.feed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.ledger.OpsDatabase;
import uk.fpw.warehouse.store.ledger.feed.ProcessedFiles.State;
import uk.fpw.warehouse.store.load.LoadCounts;

/** The latest load of each date of a feed, from {@code ops.feed_load}. */
public final class LatestLoads {

    private final OpsDatabase ops;

    LatestLoads(OpsDatabase ops) {
        this.ops = ops;
    }

    /**
     * A completed load.
     *
     * @param runId its run; null if the record was rebuilt from {@code raw}, which does not contain it
     * @param file state of the file when it was read; null if unknown or if the source is a database
     * @param note note for the operator on a successful load; null if none
     */
    public record CompletedLoad(
            String loadId,
            @Nullable RunId runId,
            LoadCounts counts,
            @Nullable State file,
            @Nullable String note) {}

    /**
     * The latest load, on a business date, of the file or state of the source for a date.
     *
     * @return null if there is none or it was not completed or was withdrawn
     */
    public @Nullable CompletedLoad of(String feed, LocalDate sourceDate, LocalDate businessDate) {
        return ops.first(
                """
                select load_id, run_id, status, received_count, loaded_count, unchanged_count, repeated_count, \
                superseded_count, refused_count, kept_out_count,
                    deleted_count, flagged_count, empty_key_count, unreadable_key_count, held_count, file_size,
                    file_modified_at, message
                from ops.feed_load
                where feed = ? and business_date = ? and coalesce(source_date, business_date) = ?
                order by started_at desc, load_id desc
                fetch first 1 row only""",
                row -> row.getString("status").equals(LoadLedger.LOADED)
                        ? new CompletedLoad(
                                row.getString("load_id"),
                                runId(row),
                                LoadHistory.counts(row),
                                ProcessedFiles.state(row),
                                row.getString("message"))
                        : null,
                feed,
                businessDate,
                sourceDate);
    }

    private static @Nullable RunId runId(ResultSet row) throws SQLException {
        String id = row.getString("run_id");
        return id == null ? null : RunId.of(id);
    }
}
