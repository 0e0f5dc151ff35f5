package uk.fpw.warehouse.release;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/** The releases that were taken back: they stay on record, and count no longer. Every method fails with {@code UNAVAILABLE} if the database does not answer. */
public final class WithdrawnReleases {

    private static final int MAX_REASON = 1000;
    private static final int MAX_USER = 100;

    private final DataSource dataSource;

    /** Releases of the warehouse whose relational database this is; the migrations must have run. */
    public WithdrawnReleases(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * How a release was taken back.
     *
     * @param at when, by the clock
     * @param by operating-system user
     * @param reason why, as that user put it
     */
    public record Withdrawn(String releaseId, Instant at, String by, String reason) {}

    /** Every one by its id, the latest release first. */
    public Map<String, Withdrawn> all() {
        Map<String, Withdrawn> all = new LinkedHashMap<>();
        read(
                "select release_id, withdrawn_at, withdrawn_by, withdrawn_reason from ops.release where withdrawn_at is not null order by released_at desc, release_id desc",
                rows -> all.put(
                        rows.getString(1),
                        new Withdrawn(
                                rows.getString(1),
                                rows.getObject(2, OffsetDateTime.class).toInstant(),
                                rows.getString(3),
                                rows.getString(4))));
        return all;
    }

    /** By release, the loads that it was made with and that were withdrawn since, such as {@code devices 2016-01-12.0a1b}. */
    public Map<String, List<String>> withdrawnLoads() {
        Map<String, List<String>> loads = new LinkedHashMap<>();
        read("""
                select m.release_id, l.feed, m.load_id
                from ops.release_withdrawn_load as m
                left join ops.feed_load as l on m.load_id = l.load_id
                order by m.release_id, l.feed, m.load_id""", rows -> loads.computeIfAbsent(rows.getString(1), first -> new ArrayList<>())
                .add((rows.getString(2) == null ? "" : rows.getString(2) + " ") + rows.getString(3)));
        return loads;
    }

    /** By feed, ids of the loads that a release was made with and that were withdrawn since; of those that {@code ops} knows no longer the feed is empty. */
    public SortedMap<String, List<String>> withdrawnLoads(String releaseId) {
        SortedMap<String, List<String>> loads = new TreeMap<>();
        withdrawnLoads().getOrDefault(releaseId, List.of()).forEach(load -> {
            int space = load.indexOf(' ');
            loads.computeIfAbsent(load.substring(0, Math.max(0, space)), first -> new ArrayList<>())
                    .add(load.substring(space + 1));
        });
        return loads;
    }

    /**
     * Marks a release as withdrawn, inside the caller's transaction. If readers see it they see another from the commit on, or none.
     *
     * @param transaction a connection with an open transaction; neither committed nor closed here
     * @param next the release that readers see instead if this one is current; null for none
     */
    public static void withdraw(Connection transaction, Withdrawn withdrawn, @Nullable String next)
            throws SQLException {
        try (PreparedStatement mark = transaction.prepareStatement(
                "update ops.release set withdrawn_at = ?, withdrawn_by = ?, withdrawn_reason = ? where release_id = ? and withdrawn_at is null")) {
            mark.setObject(1, withdrawn.at().atOffset(ZoneOffset.UTC));
            mark.setString(2, cut(withdrawn.by(), MAX_USER));
            mark.setString(3, cut(withdrawn.reason(), MAX_REASON));
            mark.setString(4, withdrawn.releaseId());
            mark.executeUpdate();
        }
        String sql = next == null
                ? "delete from ops.current_release where release_id = ?"
                : "update ops.current_release set release_id = ? where release_id = ?";
        try (PreparedStatement point = transaction.prepareStatement(sql)) {
            int place = 1;
            if (next != null) {
                point.setString(place++, next);
            }
            point.setString(place, withdrawn.releaseId());
            point.executeUpdate();
        }
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet rows) throws SQLException;
    }

    private void read(String sql, RowReader reader) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException failed) {
            throw new NightFailure(
                    ExitCode.UNAVAILABLE,
                    "the releases cannot be read, the database says: " + failed.getMessage()
                            + ". Check that the database answers and that its migrations have run, then run again",
                    failed);
        }
    }
}
