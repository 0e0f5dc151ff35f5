package uk.fpw.nightly.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunFolder;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.nightly.program.DuckDbProgram;
import uk.fpw.nightly.program.KilledProcess;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.warehouse.release.ReleaseFiles;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.BaselineSpells;
import uk.fpw.warehouse.run.ClosureRequest;
import uk.fpw.warehouse.run.ClosureResult;
import uk.fpw.warehouse.run.EntryVersions;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;
import uk.fpw.warehouse.run.MetricsResult.MassClosure;
import uk.fpw.warehouse.run.RunFiles;
import uk.fpw.warehouse.run.SourceRows;

/**
 * The audit process: a child of this one that is given the files of a candidate and what the force defines, and neither
 * the database nor a secret. It never outlives its parent. Its log, run file and result lie in the folder of the run.
 */
public final class AuditProcess {

    private static final String MAIN = "uk.fpw.audit.AuditMain";
    private static final Logger LOG = LoggerFactory.getLogger(AuditProcess.class);
    private static final long GRACE_SECONDS = 5;

    /**
     * What the process needs of the environment; nothing else is passed on, since passwords and keys have names of the
     * installation's choice.
     */
    private static final Set<String> PASSED_ON = Set.of(
            "PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR", "JAVA_HOME", AuditRequest.MEMORY_VARIABLE);

    private final Path lib;
    private final ProgramStarter starter;
    private final Object monitor = new Object();
    private @Nullable Process running;
    private boolean stopping;

    /**
     * A process that is yet to be started.
     *
     * @param lib folder of the installation; its {@code audit}, {@code app} and {@code query} hold the program and its
     *     libraries
     */
    public AuditProcess(Path lib, ProgramStarter starter) {
        this.lib = lib;
        this.starter = starter;
    }

    /**
     * Audits tables. No table of figures depends on what is found by comparing releases: if the audit cannot be
     * completed with it, it is tried once more without, with a warning.
     *
     * @param definitions what the force defined, see {@link uk.fpw.warehouse.force.DefinedRows}
     * @param maxSpells see {@link AuditRequest}
     * @param comparedWith the spells of the current release; null if there are none
     * @param earlier what is needed to compare with earlier releases; null if nothing is to be looked for in them
     * @param entries what the values at entry are found from; null where they are taken from the spells as they are
     * @param sources the rows that are compared with the events
     * @param beside a file beside which run file, result and log are written
     * @throws FpwException with {@code UNAVAILABLE} if the process was killed, with {@code INTERNAL} if the audit could
     *     not be completed for another reason
     */
    public AuditResult audit(
            ReleaseId releaseId,
            ZoneId zone,
            Map<String, String> definitions,
            List<AuditRequest.Table> tables,
            long maxSpells,
            @Nullable BaselineSpells comparedWith,
            AuditRequest.@Nullable EarlierReleases earlier,
            @Nullable EntryVersions entries,
            SourceRows sources,
            Path beside) {
        Comparing<RunWriter> run = compared -> (scratch, resultFile, runFile) -> {
            AuditRequest request = new AuditRequest(
                    releaseId,
                    zone.getId(),
                    definitions,
                    tables,
                    maxSpells,
                    comparedWith,
                    compared,
                    entries,
                    sources,
                    scratch.toString(),
                    resultFile.toString());
            requireWhole(request.files());
            RunFiles.write(request, runFile);
        };
        Comparing<AuditResult> audit = compared ->
                request(AuditRequest.WORD, beside, run.with(compared), RunFiles::readAuditResult, AuditResult::failure);
        try {
            return audit.with(earlier);
        } catch (IncompleteAuditException incomplete) {
            if (earlier == null || earlier.figureChanges().notCompared() != null || isStopping()) {
                throw failed(incomplete);
            }
            LOG.warn("the audit is repeated without comparing releases: {}", incomplete.problem());
            try {
                return audit.with(withoutComparison(earlier, incomplete));
            } catch (IncompleteAuditException again) {
                throw failed(again);
            }
        }
    }

    private static AuditRequest.EarlierReleases withoutComparison(
            AuditRequest.EarlierReleases earlier, IncompleteAuditException incomplete) {
        String why = incomplete.brief() + ", and passed without this comparison";
        return earlier.withoutComparison(
                why,
                "the figures of the past were not compared with release "
                        + earlier.figureChanges().replaced().releaseId() + ", nor is it listed how complete months "
                        + "were, because " + why
                        + "; keep the folder of this run, whose audit.log has the details, and report it");
    }

    /** Does something for an audit that compares releases, or, with null, for one that compares none. */
    @FunctionalInterface
    private interface Comparing<T> {
        T with(AuditRequest.@Nullable EarlierReleases earlier);
    }

    /**
     * Determines what the items that have left some queues have in common. If this fails, the reason is logged, and
     * the closures stay unexplained: the audit has already passed, and the limits of a release decide on
     * the consequences.
     *
     * @param definitions what the force defined, see {@link uk.fpw.warehouse.force.DefinedRows}
     * @param spells files of the candidate's spells
     * @param beside as in the audit
     * @throws FpwException with {@code INTERNAL} if the run was stopped
     */
    ClosureResult closures(
            ZoneId zone,
            Map<String, String> definitions,
            List<String> spells,
            BaselineSpells comparedWith,
            List<ClosureRequest.ClosedQueue> queues,
            Path beside) {
        try {
            return requestClosures(zone, definitions, spells, comparedWith, queues, beside);
        } catch (FpwException | UncheckedIOException failed) {
            if (isStopping() || Thread.currentThread().isInterrupted()) {
                throw failed;
            }
            return unexplained(
                    queues.stream().map(ClosureRequest.ClosedQueue::queue).toList(), failed);
        }
    }

    /** Result for closures without a known cause: the audit has passed, and the run continues. */
    ClosureResult unexplained(List<String> queues, RuntimeException failed) {
        LOG.warn(
                "the audit passed, but it could not be determined why so many items have left {} at once",
                queues,
                failed);
        return new ClosureResult(
                queues.stream().collect(Collectors.toMap(queue -> queue, queue -> MassClosure.unexplained())),
                List.of(),
                null);
    }

    private ClosureResult requestClosures(
            ZoneId zone,
            Map<String, String> definitions,
            List<String> spells,
            BaselineSpells comparedWith,
            List<ClosureRequest.ClosedQueue> queues,
            Path beside) {
        try {
            return request(
                    ClosureRequest.WORD,
                    beside,
                    (scratch, resultFile, runFile) -> {
                        ClosureRequest request = new ClosureRequest(
                                zone.getId(),
                                definitions,
                                spells,
                                comparedWith,
                                queues,
                                scratch.toString(),
                                resultFile.toString());
                        requireWhole(request.files());
                        RunFiles.write(request, runFile);
                    },
                    RunFiles::readClosureResult,
                    ClosureResult::failure);
        } catch (IncompleteAuditException incomplete) {
            throw failed(incomplete);
        }
    }

    /** Compares data files of tables, in a folder {@code data} or one of a partition in it: DuckDB compares nothing. */
    private static void requireWhole(List<String> files) {
        ReleaseFiles.requireWhole(
                files.stream().filter(file -> file.matches(".*/" + WarehouseFolder.DATA + "/([^/]+/)?[^/]+")));
    }

    /** Writes a run file that names those two. */
    @FunctionalInterface
    private interface RunWriter {
        void write(Path scratch, Path resultFile, Path runFile);
    }

    private <T> T request(
            String word,
            Path beside,
            RunWriter run,
            Function<Path, T> reader,
            Function<T, @Nullable String> failureOf) {
        RunFolder folder = RunFolder.of(beside);
        Path resultFile = folder.auditResultFile(word);
        Path runFile = folder.auditRunFile(word);
        Path log = folder.auditLog();
        Path scratch = folder.auditScratch();
        try {
            Files.createDirectories(scratch);
            Files.deleteIfExists(resultFile);
            run.write(scratch, resultFile, runFile);
            int exit = start(word, runFile, log);
            if (!Files.exists(resultFile)) {
                if (isStopping()) {
                    throw failed("it was stopped together with the run", log, null);
                }
                if (KilledProcess.isKilled(exit)) {
                    throw KilledProcess.failure(
                            "the audit's process",
                            exit,
                            log,
                            "lower " + AuditRequest.MEMORY_VARIABLE + " (1GB unless set)");
                }
                throw IncompleteAuditException.ended(exit, log);
            }
        } catch (IOException failed) {
            throw failed("it could not be started: " + failed.getMessage(), log, failed);
        } finally {
            clear(scratch);
        }
        T result = reader.apply(resultFile);
        String failure = failureOf.apply(result);
        if (failure != null) {
            throw IncompleteAuditException.failed(failure, log);
        }
        return result;
    }

    /**
     * Deletes what an audit that was killed could not put away: rows that did not fit into memory, and DuckDB's
     * library.
     */
    public static void discardScratch(RunFolder run) {
        clear(run.auditScratch());
    }

    private static void clear(Path scratch) {
        if (!Files.isDirectory(scratch)) {
            return;
        }
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException remains) {
            LOG.warn("{} could not be deleted; it is no longer needed", scratch, remains);
        }
    }

    /**
     * Whether the installation has what an audit needs.
     *
     * @throws FpwException with {@code CONFIGURATION} with the missing folder
     */
    public void requireInstalled() {
        for (String part : List.of("audit", "query")) {
            if (!Files.isDirectory(lib.resolve(part))) {
                throw new FpwException(
                        ExitCode.CONFIGURATION,
                        "the installation is not complete: " + lib.resolve(part)
                                + " is missing; run fpw from its own folder once, or install lib/app, lib/spark, "
                                + "lib/shared, lib/audit and lib/query together");
            }
        }
    }

    /** Ends the process, if it runs, and keeps it from being started. */
    public void stop() {
        synchronized (monitor) {
            stopping = true;
            if (running != null) {
                running.destroyForcibly();
            }
        }
    }

    private boolean isStopping() {
        synchronized (monitor) {
            return stopping;
        }
    }

    private static FpwException failed(IncompleteAuditException incomplete) {
        return failed(incomplete.problem(), incomplete.log(), null);
    }

    private static FpwException failed(String problem, Path log, @Nullable Throwable cause) {
        return new FpwException(
                ExitCode.INTERNAL,
                "the audit could not be completed: " + problem + ". Its log is " + log
                        + ". Nothing was changed; try again, and if it needs more memory, set "
                        + AuditRequest.MEMORY_VARIABLE + "=4GB",
                cause);
    }

    private int start(String word, Path runFile, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        DuckDbProgram.commandLine(lib, List.of("audit", "app"), MAIN, word, runFile.toString()))
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .keySet()
                .removeIf(variable -> !PASSED_ON.contains(variable) && !variable.startsWith("LC_"));
        Process process;
        synchronized (monitor) {
            if (stopping) {
                throw new FpwException(ExitCode.INTERNAL, "stopped before the audit process was started");
            }
            process = starter.start(builder);
            running = process;
        }
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FpwException(ExitCode.INTERNAL, "interrupted while the audit process ran", interrupted);
        } finally {
            end(process);
        }
    }

    private static void end(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
