package uk.fpw.warehouse.run;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.identity.WarehouseIdentity;

/**
 * What the Spark process is asked to do. Written as JSON to a file that only its owner may read, since it carries the
 * database password.
 *
 * @param task CHECK analyses staging queries, rules and queues against empty tables of the declared types; EXAMPLES
 *     does that and runs the folder's examples, whose results go into
 *     {@link uk.fpw.layout.RunFolder#examplesFile}; COMPUTE makes a candidate; PREPARE, for a process that takes
 *     several run files, starts Spark and does the analysis of CHECK for the COMPUTE with the same {@code runId} that
 *     follows, and writes no result
 * @param forceFolder absolute path of the force folder
 * @param businessDate the night's date: events and loads up to it count
 * @param releaseId identity of the candidate, carried by its mart rows, such as {@code 2016-01-12.1}
 * @param runId identity of the night
 * @param lockToken token of the warehouse lock, checked before each commit; 0 unless for COMPUTE
 * @param jdbcUrl relational database that holds the catalog
 * @param jdbcUser its user
 * @param jdbcPassword its password, empty for none
 * @param warehouse absolute path of the warehouse folder
 * @param identity the warehouse that the run is for, compared before anything is written; null unless for COMPUTE
 * @param resultFile where the {@link MetricsResult} is to be written
 * @param completeTo by feed, the latest business date of a complete load; a feed that was never loaded is not in it.
 *     Says nothing unless for COMPUTE
 * @param versionChanges by queue, since when it is counted by its version; without those that no release counted
 *     otherwise. Says nothing unless for COMPUTE
 * @param sparkSettings further Spark settings of the installation
 */
public record MetricsRun(
        Task task,
        Path forceFolder,
        LocalDate businessDate,
        String releaseId,
        String runId,
        long lockToken,
        String jdbcUrl,
        String jdbcUser,
        String jdbcPassword,
        Path warehouse,
        @Nullable WarehouseIdentity identity,
        Path resultFile,
        Map<String, LocalDate> completeTo,
        Map<String, VersionChange> versionChanges,
        Map<String, String> sparkSettings) {

    /** What is asked for. */
    public enum Task {
        CHECK,
        EXAMPLES,
        COMPUTE,
        PREPARE
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "MetricsRun[" + task + ", " + forceFolder + ", " + businessDate + ", " + releaseId + "]";
    }
}
