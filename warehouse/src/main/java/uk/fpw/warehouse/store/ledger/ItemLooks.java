package uk.fpw.warehouse.store.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * The log of who looked at the items behind a count. Append-only. Every method fails with {@code UNAVAILABLE} if the
 * database does not respond or the table or the privileges are missing.
 */
public final class ItemLooks {

    private static final int MAX_REASON = 1000;
    private static final int MAX_USER = 100;

    private final OpsDatabase ops;

    public ItemLooks(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * The count whose items were shown.
     *
     * @param month first day of the month
     * @param measure column of {@code mart.queue_monthly}
     * @param exitReason name of the exit; {@code all} for all exits
     */
    public record Cell(
            String queue, String slice, String sliceValue, LocalDate month, String measure, String exitReason) {}

    /**
     * One access to items.
     *
     * @param at time of access
     * @param by operating-system user of the process, with the login name if that is another account
     * @param comparedWith the previous release, if only differing items were shown; null if all were
     * @param rowCount number of items shown
     */
    public record Look(
            Instant at,
            String by,
            String reason,
            ReleaseId releaseId,
            @Nullable ReleaseId comparedWith,
            Cell cell,
            long rowCount) {}

    /** Records an access durably. */
    public void record(Look look) {
        ops.update(
                """
                insert into ops.item_look
                    (look_id, looked_at, looked_by, reason, release_id, compared_release_id, queue, slice, \
                slice_value, month_start_on, measure, exit_reason, row_count)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                UUID.randomUUID().toString(),
                OpsDatabase.time(look.at()),
                OpsDatabase.cut(look.by(), MAX_USER),
                OpsDatabase.cut(look.reason(), MAX_REASON),
                look.releaseId(),
                look.comparedWith(),
                look.cell().queue(),
                look.cell().slice(),
                look.cell().sliceValue(),
                look.cell().month(),
                look.cell().measure(),
                look.cell().exitReason(),
                look.rowCount());
    }

    /** The latest accesses, newest first. */
    public List<Look> latest(int count) {
        return ops.list(
                """
                select looked_at, looked_by, reason, release_id, compared_release_id, queue, slice, slice_value, \
                month_start_on, measure, exit_reason, row_count
                from ops.item_look
                order by looked_at desc, look_id
                fetch first ? rows only""",
                row -> {
                    String compared = row.getString("compared_release_id");
                    return new Look(
                            Objects.requireNonNull(OpsDatabase.instant(row, "looked_at")),
                            row.getString("looked_by"),
                            row.getString("reason"),
                            ReleaseId.of(row.getString("release_id")),
                            compared == null ? null : ReleaseId.of(compared),
                            new Cell(
                                    row.getString("queue"),
                                    row.getString("slice"),
                                    row.getString("slice_value"),
                                    Objects.requireNonNull(OpsDatabase.date(row, "month_start_on")),
                                    row.getString("measure"),
                                    row.getString("exit_reason")),
                            row.getLong("row_count"));
                },
                count);
    }
}
