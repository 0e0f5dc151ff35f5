package uk.fpw.warehouse.store.ledger.feed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.OpsDatabase;

/** The files read by complete loads, from {@code ops.feed_load}. */
public final class ProcessedFiles {

    private final OpsDatabase ops;

    ProcessedFiles(OpsDatabase ops) {
        this.ops = ops;
    }

    /** Something that has not happened for this many days is unusual. */
    private static final int DAYS_OF_NEWS = 7;

    /**
     * A file as a load read it.
     *
     * @param sourceDate date of the file
     * @param digest SHA-256 (hex) of the content
     * @param state size and modification time; null if unknown
     * @param readAt start time of the load
     */
    public record ReadFile(
            String loadId,
            LocalDate sourceDate,
            @Nullable String digest,
            @Nullable State state,
            Instant readAt) {}

    /**
     * Attributes by which a file is recognised without reading it.
     *
     * @param modifiedAt modification time in whole milliseconds
     */
    public record State(long size, Instant modifiedAt) {

        public State {
            modifiedAt = Instant.ofEpochMilli(modifiedAt.toEpochMilli());
        }
    }

    /** The files of a feed by name, each with all complete loads that read it. */
    public Map<String, List<ReadFile>> of(String feed) {
        Map<String, List<ReadFile>> files = new HashMap<>();
        ops.list(
                """
                select load_id, file_name, coalesce(source_date, business_date) as read_date, file_digest, file_size,
                    file_modified_at, started_at
                from ops.feed_load
                where feed = ? and status = 'loaded' and file_name is not null
                order by started_at""",
                row -> files.computeIfAbsent(row.getString("file_name"), first -> new ArrayList<>())
                        .add(new ReadFile(
                                row.getString("load_id"),
                                row.getObject("read_date", LocalDate.class),
                                row.getString("file_digest"),
                                state(row),
                                row.getObject("started_at", OffsetDateTime.class)
                                        .toInstant())),
                feed);
        return files;
    }

    /**
     * A delivery read by a complete load.
     *
     * @param date date up to which it made the feed complete
     */
    public record Delivered(String fileName, LocalDate date) {}

    /** The first delivery of a feed with this content; null if no load has read it. */
    public @Nullable Delivered first(String feed, String digest) {
        return ops.first(
                """
                select file_name, coalesce(source_date, business_date) as read_date
                from ops.feed_load
                where feed = ? and status = 'loaded' and file_digest = ?
                order by read_date, started_at, load_id
                fetch first 1 row only""",
                row -> new Delivered(row.getString("file_name"), row.getObject("read_date", LocalDate.class)),
                feed,
                digest);
    }

    /**
     * Whether it is usual that a delivery has the same content as the previous one: the previous one has repeated its
     * predecessor too, or some delivery of the preceding week has done so, as on every weekend. Content older than the
     * previous delivery is always unusual.
     */
    public boolean isUsuallyRepeated(String feed, String digest, LocalDate businessDate) {
        List<Content> before = ops.list(
                """
                select business_date, file_digest
                from (
                    select l.*,
                        row_number() over (partition by business_date order by started_at desc, load_id desc) as recency
                    from ops.feed_load as l
                    where feed = ? and status = 'loaded' and business_date < ?
                ) as latest
                where recency = 1 and file_digest is not null
                order by business_date desc""",
                row -> new Content(row.getObject("business_date", LocalDate.class), row.getString("file_digest")),
                feed,
                businessDate);
        return !before.isEmpty()
                && digest.equals(before.get(0).digest)
                && IntStream.range(1, before.size())
                        .anyMatch(i -> digest.equals(before.get(i).digest)
                                || (before.get(i - 1).date.isAfter(businessDate.minusDays(DAYS_OF_NEWS))
                                        && before.get(i - 1).digest.equals(before.get(i).digest)));
    }

    private record Content(LocalDate date, String digest) {}

    /** Whether a complete load has read anything for the business date. */
    public boolean isReadFor(String feed, LocalDate businessDate) {
        return ops.first(
                        "select load_id from ops.feed_load where feed = ? and status = 'loaded' and business_date = ? "
                                + "fetch first 1 row only",
                        row -> row.getString("load_id"),
                        feed,
                        businessDate)
                != null;
    }

    /** The state of a file when a load read it; null if unknown. */
    static @Nullable State state(ResultSet row) throws SQLException {
        Instant modifiedAt = OpsDatabase.instant(row, "file_modified_at");
        return modifiedAt == null ? null : new State(row.getLong("file_size"), modifiedAt);
    }

    /** Records the state in which a load has read its file. */
    public void note(String loadId, State state) {
        ops.update(
                "update ops.feed_load set file_size = ?, file_modified_at = ? where load_id = ?",
                state.size(),
                OpsDatabase.time(state.modifiedAt()),
                loadId);
    }
}
