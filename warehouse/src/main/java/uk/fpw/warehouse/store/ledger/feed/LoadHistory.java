package uk.fpw.warehouse.store.ledger.feed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.store.ledger.OpsDatabase;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.row.LoadMetadata;

/** All loads of each feed in {@code ops}. */
public final class LoadHistory {

    private final OpsDatabase ops;

    public LoadHistory(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * A load.
     *
     * @param record its record as in {@code raw}, except for the pseudonym key and the cursor column, which {@code ops}
     *     lacks
     * @param rawSnapshotId null if it committed nothing
     * @param watermark only its value; null if changes are not found by a cursor
     */
    public record Entry(
            String loadId,
            String feed,
            LocalDate businessDate,
            String status,
            @Nullable Long rawSnapshotId,
            @Nullable String watermark,
            LoadMetadata record,
            LoadCounts counts) {

        /** Whether it has a status. */
        public boolean is(String wanted) {
            return status.equals(wanted);
        }

        /** Description such as {@code 2016-01-12.0a1b (of 2016-01-12)}. */
        public String describe() {
            return loadId + " (of " + businessDate + ")";
        }
    }

    /** The loads of each feed, latest first: by the date that was loaded, then by the clock. */
    public Map<String, List<Entry>> latestFirst() {
        Map<String, List<Entry>> history = new HashMap<>();
        ops.list("""
                select load_id, feed, business_date, coalesce(source_date, business_date) as read_date, status, \
                file_name,
                    file_digest, received_count, loaded_count, unchanged_count, repeated_count, superseded_count, \
                refused_count, kept_out_count, deleted_count,
                    flagged_count, empty_key_count, unreadable_key_count, held_count, raw_snapshot_id, watermark, \
                started_at
                from ops.feed_load
                order by feed, business_date desc, started_at desc, load_id desc\
                """, row -> history.computeIfAbsent(row.getString("feed"), first -> new ArrayList<>())
                .add(entry(row)));
        return history;
    }

    /** Ids of the releases that were created with a withdrawn load, latest first. */
    public List<ReleaseId> releasesWith(String loadId) {
        return ops.list("""
                select m.release_id
                from ops.release_withdrawn_load as m
                inner join ops.release as r on m.release_id = r.release_id
                where m.load_id = ?
                order by r.released_at desc, r.release_id desc""", Releases::id, loadId);
    }

    private static Entry entry(ResultSet rows) throws SQLException {
        LocalDate businessDate = rows.getObject("business_date", LocalDate.class);
        String loadId = rows.getString("load_id");
        return new Entry(
                loadId,
                rows.getString("feed"),
                businessDate,
                rows.getString("status"),
                rows.getObject("raw_snapshot_id", Long.class),
                rows.getString("watermark"),
                new LoadMetadata(
                        loadId,
                        businessDate,
                        rows.getObject("read_date", LocalDate.class),
                        rows.getObject("started_at", OffsetDateTime.class).toInstant(),
                        text(rows, "file_name"),
                        text(rows, "file_digest"),
                        null,
                        null),
                counts(rows));
    }

    /** The counts in a row of {@code ops.feed_load}. */
    static LoadCounts counts(ResultSet rows) throws SQLException {
        return new LoadCounts(
                rows.getLong("received_count"),
                rows.getLong("loaded_count"),
                rows.getLong("unchanged_count"),
                rows.getLong("repeated_count"),
                rows.getLong("superseded_count"),
                rows.getLong("refused_count"),
                rows.getLong("kept_out_count"),
                rows.getLong("deleted_count"),
                rows.getLong("flagged_count"),
                rows.getLong("empty_key_count"),
                rows.getLong("unreadable_key_count"),
                rows.getLong("held_count"));
    }

    private static String text(ResultSet rows, String column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? "" : text;
    }
}
