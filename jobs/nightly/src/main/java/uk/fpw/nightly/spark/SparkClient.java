package uk.fpw.nightly.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunFolder;
import uk.fpw.layout.RunId;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.nightly.program.Program;
import uk.fpw.nightly.program.ProgramException;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.example.ExampleResult;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.message.MetricsResult;

/**
 * The interface to the Spark process: a child process that reads one run file and writes one result file. It is started
 * for one run, in advance if the run {@link #prepare prepares} it, or kept by a {@link SparkWorker} for the runs of a
 * date range.
 */
public final class SparkClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SparkClient.class);

    private final String databasePassword;
    private final Consumer<String> progress;
    private final SparkWorker worker;
    private final boolean isKept;
    private long lockToken;
    private @Nullable WarehouseIdentity identity;
    private @Nullable Path prepareFile;

    /**
     * Creates a client with a process of its own, which is not started yet.
     *
     * @param command how it is started
     * @param databasePassword passed in the run file, which only its owner can read and which is deleted when the
     *     process has finished
     * @param progress receives each line that the process prints about its progress
     */
    public SparkClient(SparkCommand command, String databasePassword, Consumer<String> progress) {
        this(new SparkWorker(command), false, databasePassword, progress);
    }

    /** Creates a client of a process that is kept for several runs. */
    public SparkClient(SparkWorker worker, String databasePassword, Consumer<String> progress) {
        this(worker, true, databasePassword, progress);
    }

    private SparkClient(SparkWorker worker, boolean isKept, String databasePassword, Consumer<String> progress) {
        this.worker = worker;
        this.isKept = isKept;
        this.databasePassword = databasePassword;
        this.progress = progress;
    }

    /** Sets the token of the warehouse lock that the process checks before it commits. */
    public void guardedBy(long token) {
        lockToken = token;
    }

    /** Sets the warehouse whose identity the process checks before it writes. */
    public void writesTo(WarehouseIdentity warehouse) {
        identity = warehouse;
    }

    /**
     * Starts the process, which opens its session and checks the SQL of the folder while this process does other work.
     * If it fails, {@link #compute} does without. The run file contains no database; it may
     * contain the secret of a cluster.
     *
     * @param resultFile result file of the computation; the run file and the log are written to its folder
     */
    public void prepare(Force force, LocalDate businessDate, RunId runId, Path resultFile) {
        RunFolder folder = RunFolder.of(resultFile);
        Path runFile = folder.prepareFile();
        prepareFile = runFile;
        try {
            RunFiles.write(
                    withoutDatabase(
                            MetricsRequest.Task.PREPARE,
                            force,
                            businessDate,
                            runId,
                            force.storage().warehouse(),
                            worker.settings(),
                            resultFile),
                    runFile);
            worker.send(runFile, folder.sparkLog());
        } catch (IOException | UncheckedIOException | FpwException failed) {
            LOG.warn("the Spark process could not be started in advance", failed);
        }
    }

    /**
     * Computes a candidate; the result names its tables.
     *
     * @param businessDate last day that is counted
     * @param inputs how far each feed is known, and what earlier releases had
     * @param resultFile result file of the process; the run file and the log are written to its folder
     * @throws FpwException with {@code CONFIGURATION} and the errors in the force folder, with the exit code that the
     *     process returned, such as {@code LOCK_HELD}, with {@code UNAVAILABLE} if it was killed, with {@code INTERNAL}
     *     if it returned no code
     */
    public MetricsResult compute(
            Force force,
            LocalDate businessDate,
            MetricsRequest.Inputs inputs,
            ReleaseId releaseId,
            RunId runId,
            Path resultFile) {
        Force.Storage storage = force.storage();
        MetricsResult result = run(new MetricsRequest(
                MetricsRequest.Task.COMPUTE,
                force.folder(),
                businessDate,
                releaseId,
                runId,
                new MetricsRequest.Storage(
                        storage.warehouse(),
                        identity,
                        lockToken,
                        new MetricsRequest.Database(storage.jdbcUrl(), storage.jdbcUser(), databasePassword)),
                inputs,
                worker.settings(),
                resultFile));
        if (!result.errors().isEmpty()) {
            throw FpwException.configuration(
                    "the force folder " + force.folder() + " has errors that are found only when its queries run:"
                            + result.errors().stream()
                                    .map(error -> System.lineSeparator() + "  " + error)
                                    .collect(Collectors.joining()));
        }
        return succeeded(result, resultFile);
    }

    /**
     * Analyses the staging queries, rules and queues of the folder against empty tables; returns the errors. Touches
     * neither warehouse nor database.
     *
     * @param scratch folder for run file, result and log
     */
    public List<ConfigError> check(Force force, LocalDate businessDate, Path scratch) {
        return withoutWarehouse(MetricsRequest.Task.CHECK, force, businessDate, scratch);
    }

    /**
     * Runs the examples of the folder, after the same check. Touches neither warehouse nor database.
     *
     * @param scratch folder for run file, results and log
     * @throws ForceFolderException with the errors in the folder's queries, rules and examples
     */
    public List<ExampleResult> examples(Force force, LocalDate businessDate, Path scratch) {
        List<ConfigError> errors = withoutWarehouse(MetricsRequest.Task.EXAMPLES, force, businessDate, scratch);
        if (!errors.isEmpty()) {
            throw new ForceFolderException(errors);
        }
        return List.of(RunFiles.read(new RunFolder(scratch).examplesFile(), ExampleResult[].class));
    }

    private List<ConfigError> withoutWarehouse(
            MetricsRequest.Task task, Force force, LocalDate businessDate, Path scratch) {
        Path resultFile = new RunFolder(scratch).resultFile();
        MetricsResult result = run(withoutDatabase(task, force, businessDate, null, scratch, Map.of(), resultFile));
        return result.errors().isEmpty() ? succeeded(result, resultFile).errors() : result.errors();
    }

    private static MetricsRequest withoutDatabase(
            MetricsRequest.Task task,
            Force force,
            LocalDate businessDate,
            @Nullable RunId runId,
            Path warehouse,
            Map<String, String> settings,
            Path resultFile) {
        return new MetricsRequest(
                task,
                force.folder(),
                businessDate,
                null,
                runId,
                new MetricsRequest.Storage(
                        warehouse, null, 0, new MetricsRequest.Database("jdbc:h2:mem:check", "", "")),
                MetricsRequest.Inputs.NONE,
                settings,
                resultFile);
    }

    /** Whether a process is running that takes further run files. */
    boolean isAlive() {
        return worker.isAlive();
    }

    /** Stops the process normally if it runs and is not kept for further runs. */
    @Override
    public void close() {
        if (!isKept) {
            worker.close();
        }
        Path sent = prepareFile;
        if (sent != null) {
            deleteQuietly(sent);
        }
    }

    /** Deletes the run file of a killed run, with its password. */
    public static void discardRunFile(RunFolder run) {
        deleteQuietly(run.runFile());
    }

    private MetricsResult succeeded(MetricsResult result, Path resultFile) {
        if (result.failure() != null) {
            ExitCode code = result.failureCode();
            throw new FpwException(
                    code == null ? ExitCode.INTERNAL : code,
                    "the Spark process failed: " + result.failure() + "; its log is "
                            + worker.log(RunFolder.of(resultFile).sparkLog()));
        }
        return result;
    }

    private MetricsResult run(MetricsRequest request) {
        Path resultFile = request.resultFile();
        RunFolder folder = RunFolder.of(resultFile);
        Path runFile = folder.runFile();
        Path log = folder.sparkLog();
        try {
            Files.deleteIfExists(resultFile);
            RunFiles.write(request, runFile);
            boolean isAlone = !isKept && !worker.isRunning();
            int exit = isAlone ? worker.runOnce(runFile, log, progress) : worker.submit(runFile, log, progress);
            if (!isKept) {
                worker.dismiss();
            }
            if (Files.exists(resultFile)) {
                return RunFiles.read(resultFile, MetricsResult.class);
            }
            throw worker.processes()
                    .failure(Program.SPARK, exit, worker.log(log))
                    .withLog(Program.SPARK.memory());
        } catch (IOException failed) {
            throw ProgramException.notStarted(Program.SPARK, failed);
        } finally {
            deleteQuietly(runFile);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException remains) {
            LOG.warn(
                    "could not delete {}; this run file contains the database password, and only its owner can read it",
                    file,
                    remains);
        }
    }
}
