package uk.fpw.warehouse.store.ledger;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.limit.LimitBreaches;

/**
 * The acceptances in {@code ops}. An acceptance is recorded before the run that needs it, and is valid for runs of its
 * date only. That of a feed is used up by one load: once the load is committed to {@code raw}, it is valid for no
 * other, even if the load is withdrawn. Every method fails with {@code UNAVAILABLE} if the database does not respond.
 */
public final class Acceptances {

    private static final int MAX_FIGURES = 400;
    private static final String OF_KEY = " where subject = ? and limit_name = ? and business_date = ?";
    private static final String COLUMNS =
            "subject, limit_name, business_date, reason, recorded_by, used_by_run, figures, shown from ops.acceptance ";

    /** A load that failed or is still running may need the acceptance again. */
    private static final String SERVED_A_LOAD =
            "exists (select 1 from ops.feed_load as served where served.load_id = used_by_load and served.status "
                    + "in ('loaded', 'withdrawn'))";

    private static final String NOT_OF_A_FAILED_LOAD = " and (used_by_load is null or " + SERVED_A_LOAD + ")";

    private final OpsDatabase ops;
    private final Clock clock;

    public Acceptances(DataSource dataSource, Clock clock) {
        this.ops = new OpsDatabase(dataSource);
        this.clock = clock;
    }

    /**
     * The acceptance that is valid after recording one.
     *
     * @param isNew whether it is the new one, rather than an earlier one with its own reason
     */
    public record Recorded(Acceptance acceptance, boolean isNew) {}

    /**
     * Records an acceptance, unless a valid one of the same subject, limit and date exists. If loads of the feed on
     * that date were stopped by the limit, only the excess of the latest one is accepted.
     *
     * @return the valid acceptance: the new one, or an earlier one with its own reason
     */
    public Acceptance record(
            String subject, AcceptableLimit limit, LocalDate businessDate, String reason, String recordedBy) {
        return recorded(subject, limit, businessDate, reason, recordedBy).acceptance();
    }

    /** Like {@link #record}, and returns which of the two it is. */
    public Recorded recorded(
            String subject, AcceptableLimit limit, LocalDate businessDate, String reason, String recordedBy) {
        return ops.inTransaction(statements -> {
            LimitBreaches shown = shown(statements, subject, limit, businessDate);
            Acceptance wanted = new Acceptance(subject, limit, businessDate, reason, recordedBy, null, null, shown);
            Acceptance known = find(statements, subject, limit, businessDate, "");
            if (known == null) {
                insert(statements, wanted);
                return new Recorded(wanted, true);
            }
            Acceptance open = find(statements, subject, limit, businessDate, " and not " + SERVED_A_LOAD);
            if (open == null) {
                return new Recorded(again(statements, known, wanted), true);
            }
            if (open.shown() != null && !open.shown().equals(shown)) {
                update(statements, wanted, reason);
                return new Recorded(wanted, true);
            }
            return new Recorded(open, false);
        });
    }

    private void insert(OpsStatements statements, Acceptance wanted) throws SQLException {
        statements.update(
                "insert into ops.acceptance (subject, limit_name, business_date, reason, recorded_by, recorded_at, "
                        + "shown) values (?, ?, ?, ?, ?, ?, ?)",
                wanted.subject(),
                wanted.limit().text(),
                wanted.businessDate(),
                wanted.reason(),
                wanted.recordedBy(),
                OpsDatabase.time(clock.instant()),
                wanted.shown() == null ? null : wanted.shown().text());
    }

    /** Makes a used acceptance valid again. What it accepted for a successful load is kept with its reason. */
    private Acceptance again(OpsStatements statements, Acceptance known, Acceptance wanted) throws SQLException {
        int withdrawn = statements.update(
                "update ops.acceptance set used_by_run = null, used_at = null, figures = null" + OF_KEY
                        + " and exists (select 1 from ops.feed_load as taken where taken.load_id = used_by_load "
                        + "and taken.status = 'withdrawn')",
                wanted.subject(),
                wanted.limit().text(),
                wanted.businessDate());
        String reason = known.reason() + " (" + known.figures() + "); then " + wanted.reason();
        update(
                statements,
                wanted,
                withdrawn > 0
                        ? wanted.reason()
                        : reason.length() <= Acceptance.MAX_REASON
                                ? reason
                                : reason.substring(0, Acceptance.MAX_REASON - 1) + "…");
        return Objects.requireNonNull(find(statements, wanted.subject(), wanted.limit(), wanted.businessDate(), ""));
    }

    private void update(OpsStatements statements, Acceptance wanted, String reason) throws SQLException {
        statements.update(
                "update ops.acceptance set reason = ?, recorded_by = ?, recorded_at = ?, shown = ?, used_by_load = null"
                        + OF_KEY,
                reason,
                wanted.recordedBy(),
                OpsDatabase.time(clock.instant()),
                wanted.shown() == null ? null : wanted.shown().text(),
                wanted.subject(),
                wanted.limit().text(),
                wanted.businessDate());
    }

    /** The excess of the latest load of the date that was stopped by the limit; null if none was stopped. */
    private static @Nullable LimitBreaches shown(
            OpsStatements statements, String subject, AcceptableLimit limit, LocalDate businessDate)
            throws SQLException {
        if (!limit.isOfFeed()) {
            return null;
        }
        return statements
                .list(
                        """
                        select exceeded
                        from ops.feed_load
                        where feed = ? and business_date = ? and status = 'failed' and exceeded is not null
                        order by started_at desc, load_id desc""",
                        row -> Objects.requireNonNull(LimitBreaches.parse(row.getString("exceeded"))),
                        subject,
                        businessDate)
                .stream()
                .flatMap(exceeded -> Stream.ofNullable(exceeded.of(limit)))
                .findFirst()
                .orElse(null);
    }

    /** The valid acceptance of a subject, limit and date; null if there is none or it has been used. */
    public @Nullable Acceptance find(String subject, AcceptableLimit limit, LocalDate businessDate) {
        return ops.inTransaction(
                statements -> find(statements, subject, limit, businessDate, " and not " + SERVED_A_LOAD));
    }

    /**
     * Records that a run exceeded the limit of a queue with this acceptance.
     *
     * @param figures the accepted numbers
     */
    public void used(Acceptance acceptance, RunId runId, String figures) {
        used(acceptance, runId, null, figures);
    }

    /**
     * Records that a load that exceeds the limit with this acceptance is about to be committed, which will use up the
     * acceptance.
     *
     * @param loadId id of the load; null if the limit is not one of feeds
     * @param figures the accepted numbers
     */
    public void used(Acceptance acceptance, RunId runId, @Nullable String loadId, String figures) {
        ops.update(
                "update ops.acceptance set used_by_run = ?, used_at = ?, used_by_load = ?, figures = ?" + OF_KEY,
                runId,
                OpsDatabase.time(clock.instant()),
                loadId,
                figures.length() <= MAX_FIGURES ? figures : figures.substring(0, MAX_FIGURES - 1) + "…",
                acceptance.subject(),
                acceptance.limit().text(),
                acceptance.businessDate());
    }

    /**
     * Records that acceptances were not used by failed loads of a feed. Called once {@code ops} agrees with {@code raw}
     * about each load.
     */
    public void forgetFailed(String feed) {
        ops.update(
                "update ops.acceptance set used_by_run = null, used_at = null, figures = null, used_by_load = null "
                        + "where subject = ?"
                        + " and used_by_load in (select load_id from ops.feed_load where feed = ? and status = "
                        + "'failed')",
                feed,
                feed);
    }

    /** The acceptances used by runs of a date, by subject and limit. */
    public List<Acceptance> usedOn(LocalDate businessDate) {
        return list(
                "select " + COLUMNS
                        + "where business_date = ? and used_by_run is not null" + NOT_OF_A_FAILED_LOAD
                        + " order by subject, limit_name",
                businessDate);
    }

    /** The acceptances for a date and later ones, used or not, latest date first. */
    public List<Acceptance> since(LocalDate businessDate) {
        return list(
                "select " + COLUMNS + "where business_date >= ? order by business_date desc, subject, limit_name",
                businessDate);
    }

    /** The acceptances used by a release, see {@code ops.release_acceptance}. */
    public List<Acceptance> ofRelease(ReleaseId releaseId) {
        return list(
                "select " + COLUMNS
                        + "as accepted where exists (select 1 from ops.release_acceptance as behind where "
                        + "behind.release_id = ?"
                        + " and behind.subject = accepted.subject and behind.limit_name = accepted.limit_name and "
                        + "behind.business_date = accepted.business_date)"
                        + " order by business_date, subject, limit_name",
                releaseId);
    }

    /** The acceptances that a release of a date would use if it were created now by a run. */
    public List<Acceptance> ofNextRelease(LocalDate businessDate, RunId runId) {
        return list(
                "select " + COLUMNS
                        + "as accepted where business_date <= ? and used_by_run is not null" + NOT_OF_A_FAILED_LOAD
                        + " and business_date > coalesce((select max(made.business_date) from ops.release as made"
                        + " where made.business_date < ? and made.withdrawn_at is null), date '0001-01-01')"
                        + " and (used_by_run = ? or exists (select 1 from ops.feed_load as brought where "
                        + "brought.feed = accepted.subject"
                        + " and brought.business_date = accepted.business_date and brought.status = 'loaded'"
                        + " and coalesce(brought.run_id, accepted.used_by_run) = accepted.used_by_run))"
                        + " order by business_date, subject, limit_name",
                businessDate,
                businessDate,
                runId);
    }

    private static @Nullable Acceptance find(
            OpsStatements statements, String subject, AcceptableLimit limit, LocalDate businessDate, String condition)
            throws SQLException {
        List<Acceptance> found =
                list(statements, "select " + COLUMNS + OF_KEY + condition, subject, limit.text(), businessDate);
        return found.isEmpty() ? null : found.get(0);
    }

    private List<Acceptance> list(String sql, Object... values) {
        return ops.inTransaction(statements -> list(statements, sql, values));
    }

    /**
     * The acceptances found by a query, without those of limits unknown to this version, which a newer version has
     * recorded.
     */
    private static List<Acceptance> list(OpsStatements statements, String sql, Object... values) throws SQLException {
        List<Acceptance> found = new ArrayList<>();
        statements.list(
                sql,
                row -> {
                    AcceptableLimit limit = AcceptableLimit.find(row.getString("limit_name"));
                    String usedByRun = row.getString("used_by_run");
                    return limit != null
                            && found.add(new Acceptance(
                                    row.getString("subject"),
                                    limit,
                                    row.getObject("business_date", LocalDate.class),
                                    row.getString("reason"),
                                    row.getString("recorded_by"),
                                    usedByRun == null ? null : RunId.of(usedByRun),
                                    row.getString("figures"),
                                    LimitBreaches.parse(row.getString("shown"))));
                },
                values);
        return List.copyOf(found);
    }
}
