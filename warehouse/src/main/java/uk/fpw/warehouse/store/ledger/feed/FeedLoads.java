package uk.fpw.warehouse.store.ledger.feed;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.OpsDatabase;
import uk.fpw.warehouse.store.ledger.Release;

/** The loads in {@code ops} that were not withdrawn, by feed in order of their start. */
public final class FeedLoads {

    private final List<RecordedLoad> loads;

    private FeedLoads(List<RecordedLoad> loads) {
        this.loads = loads;
    }

    /**
     * One attempt to load a feed.
     *
     * @param repeated number of exact duplicates of an earlier row of the same extract; 0 if unknown
     * @param superseded number of rows whose key has a later version; 0 if unknown
     * @param message the error, or a note; null if there is none
     */
    public record RecordedLoad(
            String loadId,
            String feed,
            LocalDate businessDate,
            String status,
            OffsetDateTime startedAt,
            long repeated,
            long superseded,
            @Nullable String message) {

        /** Whether it did not complete. */
        public boolean hasFailed() {
            return status.equals(LoadLedger.FAILED);
        }

        /** Whether its rows are part of a release. */
        public boolean isOfRelease(Release release) {
            return status.equals(LoadLedger.LOADED)
                    && !businessDate.isAfter(release.businessDate())
                    && !startedAt.toInstant().isAfter(release.releasedAt());
        }
    }

    /**
     * Reads the loads.
     *
     * @param feed feed to select; null for all
     * @param businessDate business date to select; null for all
     */
    public static FeedLoads read(DataSource dataSource, @Nullable String feed, @Nullable LocalDate businessDate) {
        return new FeedLoads(new OpsDatabase(dataSource)
                .list(
                        """
                        select *
                        from ops.feed_load
                        where (cast(? as varchar(100)) is null or feed = ?)
                            and (cast(? as date) is null or business_date = ?)
                            and status <> 'withdrawn'
                        order by feed, started_at, load_id\
                        """,
                        row -> new RecordedLoad(
                                row.getString("load_id"),
                                row.getString("feed"),
                                row.getObject("business_date", LocalDate.class),
                                row.getString("status"),
                                row.getObject("started_at", OffsetDateTime.class),
                                row.getLong("repeated_count"),
                                OpsDatabase.has(row, "superseded_count") ? row.getLong("superseded_count") : 0,
                                row.getString("message")),
                        feed,
                        feed,
                        businessDate,
                        businessDate));
    }

    /** The latest attempt of each feed, successful or not. */
    public List<RecordedLoad> latest() {
        Map<String, RecordedLoad> latest = new LinkedHashMap<>();
        loads.forEach(load -> latest.put(load.feed(), load));
        return List.copyOf(latest.values());
    }

    /** The loads that are part of a release; if there is no release, all successful ones. */
    public List<RecordedLoad> ofRelease(@Nullable Release release) {
        return loads.stream()
                .filter(load -> release == null ? load.status().equals(LoadLedger.LOADED) : load.isOfRelease(release))
                .toList();
    }

    /** Business dates of successful loads that are not part of the release. */
    public List<LocalDate> notIn(@Nullable Release release) {
        return release == null
                ? List.of()
                : loads.stream()
                        .filter(load -> load.status().equals(LoadLedger.LOADED) && !load.isOfRelease(release))
                        .map(RecordedLoad::businessDate)
                        .distinct()
                        .sorted()
                        .toList();
    }
}
