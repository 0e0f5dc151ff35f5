package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * The withdrawn releases, which stay recorded but are no longer used. Every method fails with {@code UNAVAILABLE} if
 * the database does not respond.
 */
public final class WithdrawnReleases {

    private static final int MAX_REASON = 1000;
    private static final int MAX_USER = 100;

    private final OpsDatabase ops;

    /** The releases in a database, whose migrations must have run. */
    public WithdrawnReleases(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * The withdrawal of a release.
     *
     * @param at time of withdrawal
     * @param by operating-system user
     * @param reason in the words of that user
     */
    public record Withdrawn(ReleaseId releaseId, Instant at, String by, String reason) {}

    /** The withdrawals by release, latest release first. */
    public Map<ReleaseId, Withdrawn> all() {
        Map<ReleaseId, Withdrawn> all = new LinkedHashMap<>();
        ops.list(
                        """
                select release_id, withdrawn_at, withdrawn_by, withdrawn_reason
                from ops.release
                where withdrawn_at is not null
                order by released_at desc, release_id desc""",
                        row -> new Withdrawn(
                                ReleaseId.of(row.getString("release_id")),
                                row.getObject("withdrawn_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getString("withdrawn_by"),
                                row.getString("withdrawn_reason")))
                .forEach(withdrawn -> all.put(withdrawn.releaseId(), withdrawn));
        return all;
    }

    /**
     * A load that was withdrawn after a release had been created with it.
     *
     * @param feed null if {@code ops} no longer has a record of the load
     */
    public record WithdrawnLoad(
            ReleaseId releaseId, @Nullable String feed, String loadId) {

        /** Description for users, such as {@code devices 2016-01-12.0a1b}. */
        public String describe() {
            return feed == null ? loadId : feed + " " + loadId;
        }
    }

    /** By release, the loads it was created with that were withdrawn since. */
    public Map<ReleaseId, List<WithdrawnLoad>> withdrawnLoads() {
        return ops
                .list(
                        """
                        select m.release_id, l.feed, m.load_id
                        from ops.release_withdrawn_load as m
                        left join ops.feed_load as l on m.load_id = l.load_id
                        order by m.release_id, l.feed, m.load_id""",
                        row -> new WithdrawnLoad(
                                ReleaseId.of(row.getString("release_id")),
                                row.getString("feed"),
                                row.getString("load_id")))
                .stream()
                .collect(Collectors.groupingBy(WithdrawnLoad::releaseId, LinkedHashMap::new, Collectors.toList()));
    }

    /**
     * By feed, ids of the loads that a release was created with and that were withdrawn since. The feed is empty if
     * {@code ops} no longer has a record of the load.
     */
    public SortedMap<String, List<String>> withdrawnLoads(ReleaseId releaseId) {
        return withdrawnLoads().getOrDefault(releaseId, List.of()).stream()
                .collect(Collectors.groupingBy(
                        load -> Objects.requireNonNullElse(load.feed(), ""),
                        TreeMap::new,
                        Collectors.mapping(WithdrawnLoad::loadId, Collectors.toList())));
    }

    /**
     * Marks a release as withdrawn, within the caller's transaction. If it is current, another one becomes current with
     * the commit, or none.
     *
     * @param transaction a connection with an open transaction; neither committed nor closed here
     * @param next the release that becomes current in its place; null for none
     */
    public static void withdraw(Connection transaction, Withdrawn withdrawn, @Nullable ReleaseId next)
            throws SQLException {
        OpsStatements statements = new OpsStatements(transaction);
        statements.update(
                """
                update ops.release
                set withdrawn_at = ?, withdrawn_by = ?, withdrawn_reason = ?
                where release_id = ? and withdrawn_at is null""",
                OpsDatabase.time(withdrawn.at()),
                OpsDatabase.cut(withdrawn.by(), MAX_USER),
                OpsDatabase.cut(withdrawn.reason(), MAX_REASON),
                withdrawn.releaseId());
        if (next == null) {
            statements.update("delete from ops.current_release where release_id = ?", withdrawn.releaseId());
        } else {
            statements.update(
                    "update ops.current_release set release_id = ? where release_id = ?", next, withdrawn.releaseId());
        }
    }
}
