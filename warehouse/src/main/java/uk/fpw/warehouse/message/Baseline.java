package uk.fpw.warehouse.message;

import java.time.LocalDate;
import java.util.Map;
import uk.fpw.layout.ReleaseId;

/**
 * The current release, which a candidate is compared with.
 *
 * @param releaseId id of that release
 * @param spellSnapshotId Iceberg snapshot of its {@code core.spell}
 * @param knownTo for each of its queues, the last day known of the queue
 */
public record Baseline(ReleaseId releaseId, long spellSnapshotId, Map<String, LocalDate> knownTo) {

    /** The table whose rows are compared. */
    public static final String TABLE = "core.spell";
}
