package uk.fpw.warehouse.store.retention;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import uk.fpw.layout.RunId;

/**
 * The runs whose folders stay.
 *
 * @param ids their ids
 */
record KeptRuns(Set<RunId> ids) {

    /**
     * Decides it.
     *
     * @param latest ids of the latest runs
     * @param recent ids of the runs since the day from which any release can be queried: a nightly job in parts is many
     *     runs
     */
    static KeptRuns of(Collection<RunId> latest, Collection<RunId> recent) {
        Set<RunId> ids = new HashSet<>(latest);
        ids.addAll(recent);
        return new KeptRuns(ids);
    }

    /**
     * Whether a folder may go. One that is no run's never may. One that is in no row of {@code ops.night} belongs to a
     * run that was rejected, perhaps a moment ago: it goes once it is older than every folder that is kept.
     */
    boolean mayGo(String folderName) {
        RunId folder = RunId.parse(folderName);
        return folder != null
                && ids.size() >= RetentionRules.RUN_FOLDERS
                && ids.stream().allMatch(run -> folder.stamp().compareTo(run.stamp()) < 0);
    }
}
