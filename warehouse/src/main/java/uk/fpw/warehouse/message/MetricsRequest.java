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
import uk.fpw.warehouse.force.FrozenQueue;

/**
 * Input of the Spark process. Written as JSON to a file that only its owner may read, since it contains the database
 * password.
 *
 * @param task CHECK analyses staging queries, rules and queues against empty tables of the declared types. EXAMPLES
 *     does the same and runs the examples of the force folder, writing results to
 *     {@link uk.fpw.layout.RunFolder#examplesFile}. COMPUTE creates a candidate. PREPARE, for a process that takes
 *     several run files, starts Spark and does the analysis for a later COMPUTE with the same {@code runId}; it writes
 *     no result
 * @param forceFolder absolute path of the force folder
 * @param businessDate business date; events and loads up to it count
 * @param releaseId id of the candidate, part of its mart rows; null except for COMPUTE
 * @param runId id of the run; null for CHECK and EXAMPLES, which are not part of a run
 * @param sparkSettings additional Spark settings of the installation
 * @param resultFile where to write the {@link MetricsResult}
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

    /** The task to perform. */
    public enum Task {
        CHECK,
        EXAMPLES,
        COMPUTE,
        PREPARE
    }

    /** All fields are required. */
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

    /** The name used in logs: the run id, or {@code check} outside runs. */
    public String name() {
        return runId == null ? "check" : runId.value();
    }

    /** The folder of the run or, outside runs, the folder of the result file. */
    public RunFolder folder() {
        return runId == null ? RunFolder.of(resultFile) : new WarehouseFolder(storage.warehouse()).run(runId);
    }

    /**
     * The warehouse, with what must match before anything is written to it.
     *
     * @param warehouse absolute path of the warehouse folder
     * @param identity identity of the run's warehouse; null except for COMPUTE
     * @param lockToken token of the warehouse lock, checked before each commit; 0 except for COMPUTE
     */
    public record Storage(Path warehouse, @Nullable WarehouseIdentity identity, long lockToken, Database database) {
        public Storage {
            requireNonNull(warehouse, "warehouse: missing");
            requireNonNull(database, "database: missing");
        }

        /** Format of the keys. */
        public KeyFormat keyFormat() {
            return identity == null ? KeyFormat.OF_NEW_WAREHOUSES : identity.keyFormat();
        }
    }

    /**
     * The relational database with the catalog.
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
     * What is known before the computation; empty except for COMPUTE.
     *
     * @param completeTo by feed, the latest business date of a complete load; without feeds that were never loaded
     * @param versionChanges by queue, since when its present version counts; without queues that have had only one
     *     version
     * @param presentationChanges by queue and field, since when it has been charted and judged as it is; without queues
     *     and fields for which that has never changed
     * @param declarations since when comparisons have been declared, by place of declaration; see
     *     {@link uk.fpw.warehouse.force.ComparisonFingerprint}
     * @param settledAfterDays by queue, how many days its counts took to settle; without queues for which that is
     *     unknown
     * @param released valid earlier runs and loads
     * @param retainedFrom by feed, the day before which items that were closed may have been removed; without feeds of
     *     which none was
     * @param frozen by queue, which rows are copied because items of their periods have been removed; without queues
     *     of which none are
     */
    public record Inputs(
            Map<String, LocalDate> completeTo,
            Map<String, VersionChange> versionChanges,
            Map<String, Map<String, PresentationChange>> presentationChanges,
            Map<String, Declaration> declarations,
            Map<String, Integer> settledAfterDays,
            Released released,
            Map<String, LocalDate> retainedFrom,
            Map<String, FrozenQueue> frozen) {

        /** For tasks that compute nothing. */
        public static final Inputs NONE =
                new Inputs(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Released.NOTHING, Map.of(), Map.of());

        public Inputs {
            requireNonNull(completeTo, "completeTo: missing");
            requireNonNull(versionChanges, "versionChanges: missing");
            requireNonNull(presentationChanges, "presentationChanges: missing");
            requireNonNull(declarations, "declarations: missing");
            requireNonNull(settledAfterDays, "settledAfterDays: missing");
            requireNonNull(released, "released: missing");
            requireNonNull(retainedFrom, "retainedFrom: missing");
            requireNonNull(frozen, "frozen: missing");
        }
    }

    /**
     * Which earlier runs and loads count.
     *
     * @param runs ids of runs whose release was not withdrawn
     * @param withdrawnLoads by feed, ids of withdrawn loads whose rows are still in {@code raw}
     */
    public record Released(List<String> runs, Map<String, List<String>> withdrawnLoads) {

        /** No releases and no withdrawals. */
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
