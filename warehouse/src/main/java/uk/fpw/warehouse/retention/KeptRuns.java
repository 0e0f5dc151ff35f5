package uk.fpw.warehouse.retention;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The runs whose folders stay.
 *
 * @param ids their ids
 */
record KeptRuns(Set<String> ids) {

    private static final Pattern RUN_ID = Pattern.compile("\\d{4}-\\d\\d-\\d\\d-\\d{8}T\\d{6}-[0-9a-f]{4}");

    /**
     * Decides it.
     *
     * @param latest ids of the latest runs
     * @param recent ids of the runs since the day from which any release can be queried: a night in parts is many runs
     */
    static KeptRuns of(Collection<String> latest, Collection<String> recent) {
        Set<String> ids = new HashSet<>(latest);
        ids.addAll(recent);
        return new KeptRuns(ids);
    }

    /**
     * Whether a folder may go. One that is no run's never may. One that is in no row of {@code ops.night} belongs to a
     * run that was turned away, perhaps a moment ago: it goes once it is older than every folder that is kept.
     */
    boolean mayGo(String folderName) {
        return RUN_ID.matcher(folderName).matches()
                && ids.size() >= RetentionRules.RUN_FOLDERS
                && ids.stream().allMatch(run -> stamp(folderName).compareTo(stamp(run)) < 0);
    }

    private static String stamp(String runId) {
        return runId.length() > 26 ? runId.substring(11, 26) : "";
    }
}
