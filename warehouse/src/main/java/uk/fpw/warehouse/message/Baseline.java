package uk.fpw.warehouse.message;

import java.time.LocalDate;
import java.util.Map;
import uk.fpw.layout.ReleaseId;

/**
 * What a candidate is compared with: the current release.
 *
 * @param releaseId that release
 * @param spellSnapshotId Iceberg snapshot of its {@code core.spell}
 * @param knownTo by queue that it has, the last day that is known of the queue in it
 */
public record Baseline(ReleaseId releaseId, long spellSnapshotId, Map<String, LocalDate> knownTo) {

    /** The table of which a candidate's rows are compared. */
    public static final String TABLE = "core.spell";
}
