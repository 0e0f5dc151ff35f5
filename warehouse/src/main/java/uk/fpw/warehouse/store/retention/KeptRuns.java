package uk.fpw.warehouse.store.retention;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import uk.fpw.layout.RunId;

/**
 * The runs whose folders are kept.
 *
 * @param ids ids of the runs
 */
record KeptRuns(Set<RunId> ids) {

    /**
     * Selects the runs whose folders are kept.
     *
     * @param latest ids of the latest runs
     * @param recent ids of runs within the period in which every release can be queried; a nightly job in parts
     *     consists of many runs
     */
    static KeptRuns of(Collection<RunId> latest, Collection<RunId> recent) {
        Set<RunId> ids = new HashSet<>(latest);
        ids.addAll(recent);
        return new KeptRuns(ids);
    }

    /**
     * Whether a folder may be deleted. Never if its name is not a run id. A folder without a row in {@code ops.night}
     * belongs to a run that was rejected, perhaps just now; it is deleted once it is older than all folders to keep.
     */
    boolean mayGo(String folderName) {
        RunId folder = RunId.parse(folderName);
        return folder != null
                && ids.size() >= RetentionRules.RUN_FOLDERS
                && ids.stream().allMatch(run -> folder.stamp().compareTo(run.stamp()) < 0);
    }
}
