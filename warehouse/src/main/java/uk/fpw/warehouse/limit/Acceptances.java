package uk.fpw.warehouse.limit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/**
 * The acceptances in {@code ops}. One is recorded before the run that needs it, and read by whichever process runs its date; every run of that date may use it, none of
 * another. Every method fails with {@code UNAVAILABLE} if the database does not answer.
 */
public final class Acceptances {

    private static final int MAX_FIGURES = 400;
    private static final String COLUMNS =
            "subject, limit_name, business_date, reason, recorded_by, used_by_run, figures from ops.acceptance ";

    private final DataSource dataSource;
    private final Clock clock;

    /** Acceptances in that database. */
    public Acceptances(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * Records an acceptance, unless one of the same subject, limit and date is there.
     *
     * @return the one that holds: the new one, or the earlier one with its own reason
     */
    public Acceptance record(String subject, Limit limit, LocalDate businessDate, String reason, String recordedBy) {
        Acceptance wanted = new Acceptance(subject, limit, businessDate, reason, recordedBy, null, null);
        return run(connection -> {
            Acceptance known = find(connection, subject, limit, businessDate);
            if (known != null) {
                return known;
            }
            execute(
                    connection,
                    "insert into ops.acceptance (subject, limit_name, business_date, reason, recorded_by, recorded_at) values (?, ?, ?, ?, ?, ?)",
                    subject,
                    limit.text(),
                    businessDate,
                    reason,
                    recordedBy,
                    clock.instant().atOffset(ZoneOffset.UTC));
            return wanted;
        });
    }

    /** The acceptance of that subject, limit and date; null if there is none. */
    public @Nullable Acceptance find(String subject, Limit limit, LocalDate businessDate) {
        List<Acceptance> found = run(connection -> {
            Acceptance known = find(connection, subject, limit, businessDate);
            return known == null ? List.of() : List.of(known);
        });
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * Notes that a run passed the limit by this acceptance.
     *
     * @param figures what was let pass, in numbers
     */
    public void used(Acceptance acceptance, String runId, String figures) {
        run(connection -> execute(
                connection,
                "update ops.acceptance set used_by_run = ?, used_at = ?, figures = ? where subject = ? and limit_name = ? and business_date = ?",
                runId,
                clock.instant().atOffset(ZoneOffset.UTC),
                figures.length() <= MAX_FIGURES ? figures : figures.substring(0, MAX_FIGURES - 1) + "…",
                acceptance.subject(),
                acceptance.limit().text(),
                acceptance.businessDate()));
    }

    /** Those that runs of that date used, by subject and limit. */
    public List<Acceptance> usedOn(LocalDate businessDate) {
        return list(
                "select " + COLUMNS
                        + "where business_date = ? and used_by_run is not null order by subject, limit_name",
                businessDate);
    }

    /** Those of that date and later ones, used or not, the latest date first. */
    public List<Acceptance> since(LocalDate businessDate) {
        return list(
                "select " + COLUMNS + "where business_date >= ? order by business_date desc, subject, limit_name",
                businessDate);
    }

    /** Those that a release rests on: see {@code ops.release_acceptance}. */
    public List<Acceptance> behindRelease(String releaseId) {
        return list(
                "select " + COLUMNS
                        + "as accepted where exists (select 1 from ops.release_acceptance as behind where behind.release_id = ?"
                        + " and behind.subject = accepted.subject and behind.limit_name = accepted.limit_name and behind.business_date = accepted.business_date)"
                        + " order by business_date, subject, limit_name",
                releaseId);
    }

    /** Those that a release of that date, made now by that run, would rest on. */
    public List<Acceptance> behindNextRelease(LocalDate businessDate, String runId) {
        return list(
                "select " + COLUMNS
                        + "as accepted where business_date <= ? and used_by_run is not null"
                        + " and business_date > coalesce((select max(made.business_date) from ops.release as made"
                        + " where made.business_date < ? and made.withdrawn_at is null), date '0001-01-01')"
                        + " and (used_by_run = ? or exists (select 1 from ops.feed_load as brought where brought.feed = accepted.subject"
                        + " and brought.business_date = accepted.business_date and brought.status = 'loaded'"
                        + " and coalesce(brought.run_id, accepted.used_by_run) = accepted.used_by_run))"
                        + " order by business_date, subject, limit_name",
                businessDate,
                businessDate,
                runId);
    }

    private static @Nullable Acceptance find(Connection connection, String subject, Limit limit, LocalDate businessDate)
            throws SQLException {
        List<Acceptance> found = list(
                connection,
                "select " + COLUMNS + "where subject = ? and limit_name = ? and business_date = ?",
                subject,
                limit.text(),
                businessDate);
        return found.isEmpty() ? null : found.get(0);
    }

    private List<Acceptance> list(String sql, Object... values) {
        return run(connection -> list(connection, sql, values));
    }

    private static List<Acceptance> list(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            set(select, values);
            try (ResultSet rows = select.executeQuery()) {
                List<Acceptance> found = new ArrayList<>();
                while (rows.next()) {
                    Limit limit = Limit.find(rows.getString("limit_name"));
                    // A limit that this version does not know was accepted by a newer one.
                    if (limit != null) {
                        found.add(new Acceptance(
                                rows.getString("subject"),
                                limit,
                                rows.getObject("business_date", LocalDate.class),
                                rows.getString("reason"),
                                rows.getString("recorded_by"),
                                rows.getString("used_by_run"),
                                rows.getString("figures")));
                    }
                }
                return List.copyOf(found);
            }
        }
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int index = 0; index < values.length; index++) {
            statement.setObject(index + 1, values[index]);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** A transaction of its own, so that an acceptance stays recorded as used whatever becomes of the load. */
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
                    "the acceptances cannot be read or written, the database says: " + failed.getMessage()
                            + ". Check that the database answers and that a night of this version has run, then try again",
                    failed);
        }
    }
}
