package uk.fpw.nightly.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.RunFolder;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.Program;
import uk.fpw.nightly.program.ProgramException;
import uk.fpw.nightly.program.ScratchFolder;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.BaselineSpells;
import uk.fpw.warehouse.message.ClosureRequest;
import uk.fpw.warehouse.message.ClosureResult;
import uk.fpw.warehouse.message.EntryVersions;
import uk.fpw.warehouse.message.MetricsResult.MassClosure;
import uk.fpw.warehouse.message.SourceRows;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/**
 * The audit process: a child process that receives the files of a candidate and the definitions of the force, but
 * neither the database nor a secret. Its log, run file and result are in the folder of the run.
 */
public final class AuditProcess {

    private static final Logger LOG = LoggerFactory.getLogger(AuditProcess.class);

    private final ProcessSupervisor processes;

    /** Does not start the process yet. */
    public AuditProcess(ProcessSupervisor processes) {
        this.processes = processes;
    }

    /**
     * Audits tables. No figure depends on the comparison of releases: if the audit cannot be completed with it, it is
     * repeated without it, with a warning.
     *
     * @param comparedWith the spells of the current release; null if there are none
     * @param earlier input for comparing with earlier releases; null to compare with none
     * @param entries input for recomputing values at entry; null to take them from the spells
     * @param sources the rows that are compared with the events
     * @param beside a file; run file, result and log are written next to it
     * @throws FpwException with {@code UNAVAILABLE} if the process was killed, with {@code INTERNAL} if the audit could
     *     not be completed for another reason
     */
    public AuditResult audit(
            AuditedTables tables,
            @Nullable BaselineSpells comparedWith,
            AuditRequest.@Nullable EarlierReleases earlier,
            @Nullable EntryVersions entries,
            SourceRows sources,
            Path beside) {
        Comparing<Question> question = compared -> (scratch, resultFile) -> {
            AuditRequest request = new AuditRequest(
                    tables.releaseId(),
                    tables.zone().getId(),
                    tables.definitions(),
                    tables.tables(),
                    tables.maxSpells(),
                    comparedWith,
                    compared,
                    entries,
                    sources,
                    scratch.toString(),
                    resultFile.toString());
            requireWhole(request.files());
            return request;
        };
        Comparing<AuditResult> audit = compared ->
                request(AuditRequest.WORD, beside, question.with(compared), AuditResult.class, AuditResult::failure);
        try {
            return audit.with(earlier);
        } catch (IncompleteAuditException incomplete) {
            if (earlier == null || earlier.figureChanges().notCompared() != null || processes.isStopping()) {
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

    /** The same for tables that are compared neither with releases nor with source rows. */
    public AuditResult audit(AuditedTables tables, Path beside) {
        return audit(tables, null, null, null, SourceRows.NONE, beside);
    }

    private static AuditRequest.EarlierReleases withoutComparison(
            AuditRequest.EarlierReleases earlier, IncompleteAuditException incomplete) {
        String why = incomplete.brief() + ", and passed without this comparison";
        return earlier.withoutComparison(
                why,
                "the figures of the past were not compared with release "
                        + earlier.figureChanges().replaced().releaseId() + ", and the completeness of months is "
                        + "not listed, because " + why
                        + "; keep the folder of this run, whose audit.log has the details, and report it");
    }

    /** Something done for an audit that compares releases or, with null, for one that does not. */
    @FunctionalInterface
    private interface Comparing<T> {
        T with(AuditRequest.@Nullable EarlierReleases earlier);
    }

    /**
     * Determines what the items that left some queues have in common. If this fails, the reason is logged and the
     * closures stay unexplained: the audit has already passed, and the limits of a release decide what follows.
     *
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
            if (processes.isStopping() || Thread.currentThread().isInterrupted()) {
                throw failed;
            }
            return unexplained(
                    queues.stream().map(ClosureRequest.ClosedQueue::queue).toList(), failed);
        }
    }

    /** The result for closures without a known cause: the audit has passed, so the run continues. */
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
                    (scratch, resultFile) -> {
                        ClosureRequest request = new ClosureRequest(
                                zone.getId(),
                                definitions,
                                spells,
                                comparedWith,
                                queues,
                                scratch.toString(),
                                resultFile.toString());
                        requireWhole(request.files());
                        return request;
                    },
                    ClosureResult.class,
                    ClosureResult::failure);
        } catch (IncompleteAuditException incomplete) {
            throw failed(incomplete);
        }
    }

    /**
     * Checks the size of data files, which lie in a folder {@code data} or a partition folder in it; DuckDB does not.
     */
    private static void requireWhole(List<String> files) {
        ReleaseFiles.requireWhole(
                files.stream().filter(file -> file.matches(".*/" + WarehouseFolder.DATA + "/([^/]+/)?[^/]+")));
    }

    /** Creates a request with a scratch folder and a result file. */
    @FunctionalInterface
    private interface Question {
        Object of(Path scratch, Path resultFile);
    }

    private <T> T request(
            String word, Path beside, Question question, Class<T> type, Function<T, @Nullable String> failureOf) {
        RunFolder folder = RunFolder.of(beside);
        Path resultFile = folder.auditResultFile(word);
        Path runFile = folder.auditRunFile(word);
        Path log = folder.auditLog();
        Path scratch = folder.auditScratch();
        T result;
        try {
            Files.createDirectories(scratch);
            result = processes.exchange(
                    Program.AUDIT,
                    new ProcessSupervisor.Exchange<>(runFile, resultFile, log, type, null, List.of()),
                    question.of(scratch, resultFile),
                    word,
                    runFile.toString());
        } catch (ProgramException failed) {
            switch (failed.kind()) {
                case NO_RESULT -> throw IncompleteAuditException.ended(failed, log);
                case KILLED, NOT_INSTALLED -> throw failed;
                default -> throw failed(failed.problem(), log, failed);
            }
        } catch (IOException failed) {
            throw failed(ProgramException.notStarted(Program.AUDIT, failed).problem(), log, failed);
        } finally {
            ScratchFolder.delete(scratch);
        }
        String failure = failureOf.apply(result);
        if (failure != null) {
            throw IncompleteAuditException.failed(failure, log);
        }
        return result;
    }

    /** Deletes what a killed audit left behind: rows that did not fit into memory, and DuckDB's library. */
    public static void discardScratch(RunFolder run) {
        ScratchFolder.delete(run.auditScratch());
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
}
