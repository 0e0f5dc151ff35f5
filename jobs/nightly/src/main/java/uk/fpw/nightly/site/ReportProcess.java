package uk.fpw.nightly.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.layout.site.SiteResult;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.Program;
import uk.fpw.nightly.program.ProgramException;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/** The program that makes pages: a child process without the database or a secret. */
record ReportProcess(ProcessSupervisor processes) {

    private static final Logger LOG = LoggerFactory.getLogger(ReportProcess.class);

    /**
     * Makes the pages.
     *
     * @param limits how long it may take, and how much memory, unless the environment says another amount
     * @param scratch an existing folder for its files, which the caller deletes
     * @param isRestricted whether those of single cases are made, instead of the others
     * @throws FpwException with {@code LATER_STEP_FAILED} and the reason if they could not be made
     */
    void make(SiteRequest request, PageLimits limits, Path scratch, boolean isRestricted) {
        Path file = scratch.resolve("request.json");
        Path resultFile = scratch.resolve("result.json");
        Path log = scratch.resolve("report.log");
        List<String> arguments = new ArrayList<>(List.of(file.toString(), resultFile.toString()));
        if (isRestricted) {
            arguments.add("restricted");
        }
        SiteResult result;
        try {
            result = processes.exchange(
                    Program.PAGES,
                    new ProcessSupervisor.Exchange<>(
                            file, resultFile, log, SiteResult.class, limits.time(), List.of(heap(limits))),
                    request,
                    arguments.toArray(String[]::new));
        } catch (ProgramException failed) {
            logOutput(log);
            String late = failed.kind() == ProgramException.Kind.OVERDUE
                    ? ", " + limits.words() + "; run fpw report when the machine is less busy"
                    : "";
            throw failed(failed.problem() + late + failed.endOfLog());
        }
        String failure = result.failure();
        if (failure != null) {
            logOutput(log);
            throw failed(failure);
        }
    }

    private String heap(PageLimits limits) {
        Program.Memory memory = Objects.requireNonNull(Program.PAGES.memory());
        String given = processes.environment().getOrDefault(memory.variable(), "");
        return given.isEmpty() ? limits.heap() : "-Xmx" + given;
    }

    /** Copies the program's log to ours, since its folder will be deleted. */
    private static void logOutput(Path log) {
        try {
            if (Files.exists(log)) {
                LOG.warn("the program that makes pages wrote: {}", Files.readString(log, StandardCharsets.UTF_8));
            }
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.warn("cannot read {}", log, unreadable);
        }
    }

    private static FpwException failed(String reason) {
        return new FpwException(ExitCode.LATER_STEP_FAILED, "the pages could not be made: " + reason);
    }
}
