package uk.fpw.warehouse.store.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The record of which group of the machine may read the pages. Rows are only added; the last one applies. Every method
 * fails with {@code UNAVAILABLE} if the database does not respond.
 */
public final class ReaderConfirmations {

    private static final String TABLE = "reader_confirmation";

    private static final int MAX_REASON = 1000;
    private static final int MAX_USER = 100;

    private final OpsDatabase ops;

    public ReaderConfirmations(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * A decision about the readers.
     *
     * @param by operating-system user of the process, with the login name if that is another account
     * @param isConfirmed true if members of the group may read the pages from then on; false if they no longer may
     */
    public record Entry(Instant at, String by, String group, boolean isConfirmed, String reason) {}

    /** Records a decision durably, after all others. */
    public void record(Entry entry) {
        ops.update(
                """
                insert into ops.reader_confirmation
                    (confirmation_number, recorded_at, recorded_by, group_name, is_confirmed, reason)
                select coalesce(max(confirmation_number), 0) + 1, cast(? as timestamp with time zone),
                    cast(? as varchar(100)), cast(? as varchar(100)), cast(? as boolean), cast(? as varchar(1000))
                from ops.reader_confirmation""",
                OpsDatabase.time(entry.at()),
                OpsDatabase.cut(entry.by(), MAX_USER),
                entry.group(),
                entry.isConfirmed(),
                OpsDatabase.cut(entry.reason(), MAX_REASON));
    }

    /** The group that is confirmed; null if none is, also in a database not yet used by this version. */
    public @Nullable String confirmedGroup() {
        List<Entry> latest = latest(1);
        return latest.isEmpty() || !latest.get(0).isConfirmed()
                ? null
                : latest.get(0).group();
    }

    /** The latest decisions, newest first; none in a database not yet used by this version. */
    public List<Entry> latest(int count) {
        if (!ops.hasTable(TABLE)) {
            return List.of();
        }
        return ops.list(
                """
                select recorded_at, recorded_by, group_name, is_confirmed, reason
                from ops.reader_confirmation
                order by confirmation_number desc
                fetch first ? rows only""",
                row -> new Entry(
                        Objects.requireNonNull(OpsDatabase.instant(row, "recorded_at")),
                        row.getString("recorded_by"),
                        row.getString("group_name"),
                        row.getBoolean("is_confirmed"),
                        row.getString("reason")),
                count);
    }
}
