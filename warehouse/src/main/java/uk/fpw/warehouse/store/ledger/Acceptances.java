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
 * The acceptances in {@code ops}. One is recorded before the run that needs it, and read by whichever process runs its
 * date, none of another. That of a feed serves one load: from the commit of the load to {@code raw} on it serves no
 * other, also if the load is withdrawn. Every method fails with {@code UNAVAILABLE} if the database does not respond.
 */
public final class Acceptances {

    private static final int MAX_FIGURES = 400;
    private static final String OF_KEY = " where subject = ? and limit_name = ? and business_date = ?";
    private static final String COLUMNS =
            "subject, limit_name, business_date, reason, recorded_by, used_by_run, figures, shown from ops.acceptance ";

    /** For a load that failed or is still running it is unknown whether it will need the acceptance again. */
    private static final String SERVED_A_LOAD =
            "exists (select 1 from ops.feed_load as served where served.load_id = used_by_load and served.status "
                    + "in ('loaded', 'withdrawn'))";

    private static final String NOT_OF_A_FAILED_LOAD = " and (used_by_load is null or " + SERVED_A_LOAD + ")";

    private final OpsDatabase ops;
    private final Clock clock;

    /** Acceptances in that database. */
    public Acceptances(DataSource dataSource, Clock clock) {
        this.ops = new OpsDatabase(dataSource);
        this.clock = clock;
    }

    /**
     * What holds after an acceptance was recorded.
     *
     * @param isNew whether that is what was to be recorded, and not an earlier one with its own reason
     */
    public record Recorded(Acceptance acceptance, boolean isNew) {}

    /**
     * Records an acceptance, unless one of the same subject, limit and date is there that holds. If a load of the feed
     * on that date was stopped by the limit, what stopped the latest is accepted and no more.
     *
     * @return the one that holds: the new one, or the earlier one with its own reason
     */
    public Acceptance record(
            String subject, AcceptableLimit limit, LocalDate businessDate, String reason, String recordedBy) {
        return recorded(subject, limit, businessDate, reason, recordedBy).acceptance();
    }

    /** The same, saying which of both it is. */
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

    /**
     * Makes a used acceptance valid again. What it accepted for a successful load is kept
     * with its reason.
     */
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

    /** What the latest load of the date that the limit stopped was stopped by; null if it stopped none. */
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

    /** The valid acceptance of that subject, limit and date; null if there is none, or it was already used. */
    public @Nullable Acceptance find(String subject, AcceptableLimit limit, LocalDate businessDate) {
        return ops.inTransaction(
                statements -> find(statements, subject, limit, businessDate, " and not " + SERVED_A_LOAD));
    }

    /**
     * Records that a run passed the limit of a queue by this acceptance.
     *
     * @param figures what was accepted, in numbers
     */
    public void used(Acceptance acceptance, RunId runId, String figures) {
        used(acceptance, runId, null, figures);
    }

    /**
     * Records that a load is about to be committed that passes the limit by this acceptance: once it is, the acceptance
     * holds no longer.
     *
     * @param loadId that load; null if it is no limit of a feed
     * @param figures what is accepted, in numbers
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
     * Records that acceptances were not used by the loads of a feed that failed; once {@code ops} says of each load
     * what {@code raw} says.
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

    /** Those that were used by a release: see {@code ops.release_acceptance}. */
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

    /** Those that a release of that date, created now by that run, would use. */
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
     * Those that a query finds; a limit that this version does not know was accepted by a newer one, and is left out.
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
