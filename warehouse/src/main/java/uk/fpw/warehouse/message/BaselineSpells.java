package uk.fpw.warehouse.message;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.fpw.layout.ReleaseId;

/**
 * The spells of the current release, for the audit process, which compares a candidate's with them.
 *
 * @param releaseId that release
 * @param knownTo by queue that it has, the last day that is known of the queue in it, such as {@code 2016-01-12}
 * @param files absolute paths of the Parquet files that together are its {@code core.spell}; none if it has no spell
 */
public record BaselineSpells(ReleaseId releaseId, Map<String, String> knownTo, List<String> files) {

    /** The spells of a baseline, which lie in these files. */
    public static BaselineSpells of(Baseline baseline, List<String> files) {
        Map<String, String> knownTo = new TreeMap<>();
        baseline.knownTo().forEach((queue, day) -> knownTo.put(queue, day.toString()));
        return new BaselineSpells(baseline.releaseId(), knownTo, files);
    }
}
