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
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/**
 * The acceptances in {@code ops}. One is recorded before the run that needs it, and read by whichever process runs its date, none of another. That of a feed serves one load: from the
 * commit of the load to {@code raw} on it serves no other, also if the load is withdrawn. Every method fails with {@code UNAVAILABLE} if the database does not answer.
 */
public final class Acceptances {

    private static final int MAX_FIGURES = 400;
    private static final String OF_KEY = " where subject = ? and limit_name = ? and business_date = ?";
    private static final String COLUMNS =
            "subject, limit_name, business_date, reason, recorded_by, used_by_run, figures, shown from ops.acceptance ";

    /** Of a load that failed, or that is under way, nobody knows yet whether it will need the acceptance again. */
    private static final String SERVED_A_LOAD =
            "exists (select 1 from ops.feed_load as served where served.load_id = used_by_load and served.status in ('loaded', 'withdrawn'))";

    private static final String NOT_OF_A_FAILED_LOAD = " and (used_by_load is null or " + SERVED_A_LOAD + ")";

    private final DataSource dataSource;
    private final Clock clock;

    /** Acceptances in that database. */
    public Acceptances(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * Records an acceptance, unless one of the same subject, limit and date is there that holds. If a load of the feed on that date was stopped by the limit, what stopped the latest is
     * accepted and no more.
     *
     * @return the one that holds: the new one, or the earlier one with its own reason
     */
    public Acceptance record(String subject, Limit limit, LocalDate businessDate, String reason, String recordedBy) {
        return run(connection -> {
            Excesses shown = shown(connection, subject, limit, businessDate);
            Acceptance wanted = new Acceptance(subject, limit, businessDate, reason, recordedBy, null, null, shown);
            Acceptance known = find(connection, subject, limit, businessDate, "");
            if (known == null) {
                insert(connection, wanted);
                return wanted;
            }
            Acceptance open = find(connection, subject, limit, businessDate, " and not " + SERVED_A_LOAD);
            if (open == null) {
                return again(connection, known, wanted);
            }
            if (open.shown() != null && !open.shown().equals(shown)) {
                update(connection, wanted, reason);
                return wanted;
            }
            return open;
        });
    }

    private void insert(Connection connection, Acceptance wanted) throws SQLException {
        execute(
                connection,
                "insert into ops.acceptance (subject, limit_name, business_date, reason, recorded_by, recorded_at, shown) values (?, ?, ?, ?, ?, ?, ?)",
                wanted.subject(),
                wanted.limit().text(),
                wanted.businessDate(),
                wanted.reason(),
                wanted.recordedBy(),
                clock.instant().atOffset(ZoneOffset.UTC),
                wanted.shown() == null ? null : wanted.shown().text());
    }

    /** Makes an acceptance that has served a load hold once more. What it let pass of a load that stands is kept with its reason. */
    private Acceptance again(Connection connection, Acceptance known, Acceptance wanted) throws SQLException {
        int withdrawn = execute(
                connection,
                "update ops.acceptance set used_by_run = null, used_at = null, figures = null" + OF_KEY
                        + " and exists (select 1 from ops.feed_load as taken where taken.load_id = used_by_load and taken.status = 'withdrawn')",
                wanted.subject(),
                wanted.limit().text(),
                wanted.businessDate());
        String reason = known.reason() + " (" + known.figures() + "); then " + wanted.reason();
        update(
                connection,
                wanted,
                withdrawn > 0
                        ? wanted.reason()
                        : reason.length() <= Acceptance.MAX_REASON
                                ? reason
                                : reason.substring(0, Acceptance.MAX_REASON - 1) + "…");
        return Objects.requireNonNull(find(connection, wanted.subject(), wanted.limit(), wanted.businessDate(), ""));
    }

    private void update(Connection connection, Acceptance wanted, String reason) throws SQLException {
        execute(
                connection,
                "update ops.acceptance set reason = ?, recorded_by = ?, recorded_at = ?, shown = ?, used_by_load = null"
                        + OF_KEY,
                reason,
                wanted.recordedBy(),
                clock.instant().atOffset(ZoneOffset.UTC),
                wanted.shown() == null ? null : wanted.shown().text(),
                wanted.subject(),
                wanted.limit().text(),
                wanted.businessDate());
    }

    /** What the latest load of the date that the limit stopped was stopped by; null if it stopped none. */
    private static @Nullable Excesses shown(Connection connection, String subject, Limit limit, LocalDate businessDate)
            throws SQLException {
        if (!limit.isOfFeed()) {
            return null;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select exceeded from ops.feed_load where feed = ? and business_date = ? and status = 'failed' and exceeded is not null order by started_at desc, load_id desc")) {
            set(select, subject, businessDate);
            try (ResultSet rows = select.executeQuery()) {
                Excesses shown = null;
                while (shown == null && rows.next()) {
                    Excesses exceeded = Excesses.parse(rows.getString(1));
                    shown = exceeded == null ? null : exceeded.of(limit);
                }
                return shown;
            }
        }
    }

    /** The acceptance of that subject, limit and date that holds; null if there is none, or it has served a load. */
    public @Nullable Acceptance find(String subject, Limit limit, LocalDate businessDate) {
        List<Acceptance> found = run(connection -> {
            Acceptance known = find(connection, subject, limit, businessDate, " and not " + SERVED_A_LOAD);
            return known == null ? List.of() : List.of(known);
        });
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * Notes that a run passed the limit of a queue by this acceptance.
     *
     * @param figures what was let pass, in numbers
     */
    public void used(Acceptance acceptance, String runId, String figures) {
        used(acceptance, runId, null, figures);
    }

    /**
     * Notes that a load is about to be committed that passes the limit by this acceptance: once it is, the acceptance holds no longer.
     *
     * @param loadId that load; null if it is no limit of a feed
     * @param figures what is let pass, in numbers
     */
    public void used(Acceptance acceptance, String runId, @Nullable String loadId, String figures) {
        run(connection -> execute(
                connection,
                "update ops.acceptance set used_by_run = ?, used_at = ?, used_by_load = ?, figures = ?" + OF_KEY,
                runId,
                clock.instant().atOffset(ZoneOffset.UTC),
                loadId,
                figures.length() <= MAX_FIGURES ? figures : figures.substring(0, MAX_FIGURES - 1) + "…",
                acceptance.subject(),
                acceptance.limit().text(),
                acceptance.businessDate()));
    }

    /** Notes that acceptances were not used by the loads of a feed that failed; once {@code ops} says of each load what {@code raw} says. */
    public void forgetFailed(String feed) {
        run(connection -> execute(
                connection,
                "update ops.acceptance set used_by_run = null, used_at = null, figures = null, used_by_load = null where subject = ?"
                        + " and used_by_load in (select load_id from ops.feed_load where feed = ? and status = 'failed')",
                feed,
                feed));
    }

    /** Those that runs of that date used, by subject and limit. */
    public List<Acceptance> usedOn(LocalDate businessDate) {
        return list(
                "select " + COLUMNS
                        + "where business_date = ? and used_by_run is not null" + NOT_OF_A_FAILED_LOAD
                        + " order by subject, limit_name",
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
                        + "as accepted where business_date <= ? and used_by_run is not null" + NOT_OF_A_FAILED_LOAD
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

    private static @Nullable Acceptance find(
            Connection connection, String subject, Limit limit, LocalDate businessDate, String condition)
            throws SQLException {
        List<Acceptance> found =
                list(connection, "select " + COLUMNS + OF_KEY + condition, subject, limit.text(), businessDate);
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
                                rows.getString("figures"),
                                Excesses.parse(rows.getString("shown"))));
                    }
                }
                return List.copyOf(found);
            }
        }
    }

    private static int execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
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
