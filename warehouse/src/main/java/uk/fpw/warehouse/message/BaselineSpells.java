package uk.fpw.warehouse.message;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.layout.ReleaseId;

/**
 * The spells of the current release, which the audit process compares with those of the candidate.
 *
 * @param releaseId id of that release
 * @param knownTo for each of its queues, the last day known of the queue, such as {@code 2016-01-12}
 * @param files absolute paths of the Parquet files of its {@code core.spell}; empty if it has no spells
 */
public record BaselineSpells(ReleaseId releaseId, Map<String, String> knownTo, List<String> files) {

    /** The spells of a baseline in these files. */
    public static BaselineSpells of(Baseline baseline, List<String> files) {
        Map<String, String> knownTo = new TreeMap<>();
        baseline.knownTo().forEach((queue, day) -> knownTo.put(queue, day.toString()));
        return new BaselineSpells(baseline.releaseId(), knownTo, files);
    }
}
