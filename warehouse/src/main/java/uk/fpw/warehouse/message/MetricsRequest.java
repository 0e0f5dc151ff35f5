package uk.fpw.warehouse.message;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunFolder;
import uk.fpw.layout.RunId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WarehouseIdentity;

/**
 * Input of the Spark process. Written as JSON to a file that only its owner may read, since it carries the
 * database password.
 *
 * @param task CHECK analyses staging queries, rules and queues against empty tables of the declared types; EXAMPLES
 *     does that and runs the folder's examples, whose results go into
 *     {@link uk.fpw.layout.RunFolder#examplesFile}; COMPUTE creates a candidate; PREPARE, for a process that takes
 *     several run files, starts Spark and does the analysis of CHECK for the COMPUTE with the same {@code runId} that
 *     follows, and writes no result
 * @param forceFolder absolute path of the force folder
 * @param businessDate the business date: events and loads up to it count
 * @param releaseId identity of the candidate, carried by its mart rows; null unless for COMPUTE
 * @param runId identity of the run; null for CHECK and EXAMPLES, which are no run
 * @param sparkSettings further Spark settings of the installation
 * @param resultFile where the {@link MetricsResult} is to be written
 */
public record MetricsRequest(
        Task task,
        Path forceFolder,
        LocalDate businessDate,
        @Nullable ReleaseId releaseId,
        @Nullable RunId runId,
        Storage storage,
        Inputs inputs,
        Map<String, String> sparkSettings,
        Path resultFile) {

    /** What is asked for. */
    public enum Task {
        CHECK,
        EXAMPLES,
        COMPUTE,
        PREPARE
    }

    /** A run file without one of them is none. */
    public MetricsRequest {
        requireNonNull(task, "task: missing");
        requireNonNull(forceFolder, "forceFolder: missing");
        requireNonNull(businessDate, "businessDate: missing");
        if (task == Task.COMPUTE) {
            requireNonNull(releaseId, "releaseId: missing");
        }
        if (task == Task.COMPUTE || task == Task.PREPARE) {
            requireNonNull(runId, "runId: missing");
        }
        requireNonNull(storage, "storage: missing");
        requireNonNull(inputs, "inputs: missing");
        requireNonNull(sparkSettings, "sparkSettings: missing");
        requireNonNull(resultFile, "resultFile: missing");
    }

    /** What it is called in logs: the id of the run; {@code check} for what is no run. */
    public String name() {
        return runId == null ? "check" : runId.value();
    }

    /** The folder of the run; for what is no run, that of the result file. */
    public RunFolder folder() {
        return runId == null ? RunFolder.of(resultFile) : new WarehouseFolder(storage.warehouse()).run(runId);
    }

    /**
     * Where the warehouse is, and what is compared before anything is written to it.
     *
     * @param warehouse absolute path of the warehouse folder
     * @param identity the warehouse that the run is for; null unless for COMPUTE
     * @param lockToken token of the warehouse lock, checked before each commit; 0 unless for COMPUTE
     */
    public record Storage(Path warehouse, @Nullable WarehouseIdentity identity, long lockToken, Database database) {
        public Storage {
            requireNonNull(warehouse, "warehouse: missing");
            requireNonNull(database, "database: missing");
        }

        /** How keys are written. */
        public KeyFormat keyFormat() {
            return identity == null ? KeyFormat.OF_NEW_WAREHOUSES : identity.keyFormat();
        }
    }

    /**
     * The relational database that holds the catalog.
     *
     * @param jdbcPassword empty for none
     */
    public record Database(String jdbcUrl, String jdbcUser, String jdbcPassword) {
        public Database {
            requireNonNull(jdbcUrl, "jdbcUrl: missing");
            requireNonNull(jdbcUser, "jdbcUser: missing");
            requireNonNull(jdbcPassword, "jdbcPassword: missing");
        }

        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Database[" + jdbcUrl + ", " + jdbcUser + "]";
        }
    }

    /**
     * What is known before the computation; nothing unless for COMPUTE.
     *
     * @param completeTo by feed, the latest business date of a complete load; a feed that was never loaded is not in it
     * @param versionChanges by queue, since when it is counted by its version; without those that no release counted
     *     otherwise
     * @param declarations since when comparisons have been declared, by where they stand; see {@link
     *     uk.fpw.warehouse.force.ComparisonFingerprint}
     * @param settledAfterDays by queue, how many days its counts took to settle; without those of which it is not known
     * @param released what counts of earlier runs and loads
     */
    public record Inputs(
            Map<String, LocalDate> completeTo,
            Map<String, VersionChange> versionChanges,
            Map<String, Declaration> declarations,
            Map<String, Integer> settledAfterDays,
            Released released) {

        /** For what computes nothing. */
        public static final Inputs NONE = new Inputs(Map.of(), Map.of(), Map.of(), Map.of(), Released.NOTHING);

        public Inputs {
            requireNonNull(completeTo, "completeTo: missing");
            requireNonNull(versionChanges, "versionChanges: missing");
            requireNonNull(declarations, "declarations: missing");
            requireNonNull(settledAfterDays, "settledAfterDays: missing");
            requireNonNull(released, "released: missing");
        }
    }

    /**
     * What counts of earlier runs and loads.
     *
     * @param runs ids of the runs of which a release was made that was not withdrawn
     * @param withdrawnLoads by feed, ids of the loads whose rows are in {@code raw} and count no longer
     */
    public record Released(List<String> runs, Map<String, List<String>> withdrawnLoads) {

        /** No release, and nothing withdrawn. */
        public static final Released NOTHING = new Released(List.of(), Map.of());

        public Released {
            requireNonNull(runs, "runs: missing");
            requireNonNull(withdrawnLoads, "withdrawnLoads: missing");
        }

        /** All withdrawn loads. */
        public List<String> allWithdrawnLoads() {
            return withdrawnLoads.values().stream().flatMap(List::stream).toList();
        }
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "MetricsRequest[" + task + ", " + forceFolder + ", " + businessDate + ", " + releaseId + "]";
    }
}
