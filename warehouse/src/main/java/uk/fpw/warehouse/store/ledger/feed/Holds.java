package uk.fpw.warehouse.store.ledger.feed;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import uk.fpw.warehouse.store.ledger.OpsDatabase;
import uk.fpw.warehouse.store.ledger.OpsStatements;

/**
 * Rows that are not removed after their time ({@code ops.hold}), until somebody ends the hold. A hold does not keep a
 * row from being erased. Every method fails with {@code UNAVAILABLE} if the database does not respond; in a database
 * not yet used by this version there is no hold.
 */
public final class Holds {

    private static final int MAX_REASON = 1000;
    private static final int MAX_USER = 100;

    private final OpsDatabase ops;

    public Holds(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * A held row.
     *
     * @param key in canonical form and with pseudonyms
     * @param by operating-system user
     * @param reviewOn day from which on somebody is asked whether it is still needed
     */
    public record Hold(String feed, String key, String reason, String by, Instant at, LocalDate reviewOn) {

        /** Contains no key. */
        @Override
        public String toString() {
            return "hold of a row of " + feed + ", to be reviewed on " + reviewOn;
        }
    }

    /** All holds, by feed and day of review. */
    public List<Hold> list() {
        if (!ops.hasTable("hold")) {
            return List.of();
        }
        return ops.list(
                """
                select feed, row_key, reason, held_by, held_at, review_on
                from ops.hold
                order by feed, review_on, held_at, row_key""",
                row -> new Hold(
                        row.getString("feed"),
                        row.getString("row_key"),
                        row.getString("reason"),
                        row.getString("held_by"),
                        Objects.requireNonNull(OpsDatabase.instant(row, "held_at")),
                        row.getObject("review_on", LocalDate.class)));
    }

    /** The keys of the held rows of a feed. */
    public Set<String> keys(String feed) {
        return list().stream()
                .filter(hold -> hold.feed().equals(feed))
                .map(Hold::key)
                .collect(Collectors.toSet());
    }

    /** Holds rows; a row that is held already gets the new reason and day. All of them, or none. */
    public void add(Collection<Hold> holds) {
        ops.inTransaction(statements -> {
            for (Hold hold : holds) {
                delete(statements, hold.feed(), hold.key());
                statements.update(
                        """
                        insert into ops.hold (hold_id, feed, row_key, reason, held_by, held_at, review_on)
                        values (?, ?, ?, ?, ?, ?, ?)""",
                        UUID.randomUUID().toString(),
                        hold.feed(),
                        hold.key(),
                        OpsDatabase.cut(hold.reason(), MAX_REASON),
                        OpsDatabase.cut(hold.by(), MAX_USER),
                        OpsDatabase.time(hold.at()),
                        hold.reviewOn());
            }
            return holds.size();
        });
    }

    /** Ends the holds of rows of a feed; returns how many of them were held. */
    public int end(String feed, Set<String> keys) {
        return ops.inTransaction(statements -> {
            int ended = 0;
            for (String key : keys) {
                ended += delete(statements, feed, key);
            }
            return ended;
        });
    }

    private static int delete(OpsStatements statements, String feed, String key) throws SQLException {
        return statements.update("delete from ops.hold where feed = ? and row_key = ?", feed, key);
    }
}
