package uk.fpw.warehouse.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.limit.Excesses;
import uk.fpw.warehouse.limit.Limit;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/** What {@code ops.feed_load} says of the rows that loads found and changed. A copy of the records in {@code raw}. Fails with {@code UNAVAILABLE} if the database does not answer. */
public final class ChangeLedger {

    private static final int MAX_EMPTIED = 4000;

    private final DataSource dataSource;

    /** The ledger in that database. */
    public ChangeLedger(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Notes the changes of a load that {@code ops.feed_load} has. */
    public void record(String loadId, RowChanges changes) {
        run(connection -> {
            record(connection, loadId, changes);
            return 1;
        });
    }

    /** Notes by what a load goes beyond its limits, for whoever accepts it. */
    public void exceeded(String loadId, Excesses excesses) {
        String text = excesses.text();
        run(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update ops.feed_load set exceeded = ? where load_id = ?")) {
                update.setString(1, text.length() > MAX_EMPTIED ? null : text);
                update.setString(2, loadId);
                return update.executeUpdate();
            }
        });
    }

    /** Notes the changes of the loads of a feed of which {@code ops} knows none: those of a process that was killed. */
    public void complete(String feed, List<Load> loads) {
        run(connection -> {
            Set<String> unknown = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select load_id from ops.feed_load where feed = ? and before_count is null")) {
                select.setString(1, feed);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        unknown.add(rows.getString(1));
                    }
                }
            }
            int completed = 0;
            for (Load load : loads) {
                RowChanges changes = load.changes();
                if (changes != null && unknown.contains(load.loadId())) {
                    record(connection, load.loadId(), changes);
                    completed++;
                }
            }
            return completed;
        });
    }

    /** The loads of the days up to a business date, that date among them, and those of as many days before. */
    public ChangeHistory history(String feed, LocalDate businessDate) {
        return run(connection -> {
            List<ChangeHistory.Past> loads = new ArrayList<>();
            List<ChangeHistory.Past> earlier = new ArrayList<>();
            LocalDate start = businessDate.minusDays(ChangeHistory.DAYS);
            try (PreparedStatement select = connection.prepareStatement(
                    "select business_date, loaded_count, deleted_count, before_count, changed_count, emptied, accepted from ops.feed_load"
                            + " where feed = ? and status = 'loaded' and before_count is not null and business_date > ? and business_date <= ?"
                            + " order by business_date, started_at")) {
                select.setString(1, feed);
                select.setObject(2, start.minusDays(ChangeHistory.DAYS));
                select.setObject(3, businessDate);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        LocalDate date = rows.getObject("business_date", LocalDate.class);
                        (date.isAfter(start) ? loads : earlier)
                                .add(new ChangeHistory.Past(
                                        date,
                                        rows.getLong("loaded_count"),
                                        rows.getLong("deleted_count"),
                                        new RowChanges(
                                                rows.getLong("before_count"),
                                                rows.getLong("changed_count"),
                                                RowChanges.emptied(text(rows.getString("emptied"))),
                                                limits(text(rows.getString("accepted"))))));
                    }
                }
            }
            return new ChangeHistory(loads, earlier);
        });
    }

    /** The names of limits as one text, and back; a name that this version does not know is left out. */
    static String text(Set<Limit> limits) {
        return limits.stream().map(Limit::text).sorted().collect(Collectors.joining(","));
    }

    static Set<Limit> limits(String text) {
        Set<Limit> limits = EnumSet.noneOf(Limit.class);
        Arrays.stream(Limit.values())
                .filter(limit -> List.of(text.split(",", -1)).contains(limit.text()))
                .forEach(limits::add);
        return limits;
    }

    private static void record(Connection connection, String loadId, RowChanges changes) throws SQLException {
        String emptied = changes.emptiedText();
        try (PreparedStatement update = connection.prepareStatement(
                "update ops.feed_load set before_count = ?, changed_count = ?, emptied = ?, accepted = ? where load_id = ?")) {
            update.setLong(1, changes.before());
            update.setLong(2, changes.changed());
            // a feed of a hundred columns that all lose values has stopped before
            update.setString(3, emptied.length() > MAX_EMPTIED ? "" : emptied);
            update.setString(4, text(changes.accepted()));
            update.setString(5, loadId);
            update.executeUpdate();
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T run(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException failed) {
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException failed) {
            throw new NightFailure(
                    ExitCode.UNAVAILABLE,
                    "the changes of earlier loads cannot be read or written, the database says: " + failed.getMessage()
                            + "; see that it runs, then run the night again",
                    failed);
        }
    }
}
