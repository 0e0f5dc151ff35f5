package uk.fpw.nightly.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.site.SiteRequest;
import uk.fpw.nightly.program.DuckDbProgram;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/** The program that makes pages: a child of this process that has neither the database nor a secret. */
final class ReportProcess {

    private static final String MAIN = "uk.fpw.report.ReportMain";

    /** Pages of thousands of queues take a minute; what takes longer than this has stopped. */
    private static final int MINUTES = 3;

    /** Nothing else of the environment is passed on: passwords and keys have names of the installation's choice. */
    private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG", "TZ", "TMPDIR", "JAVA_HOME");

    private static final Logger LOG = LoggerFactory.getLogger(ReportProcess.class);

    private final Path lib;
    private final ProgramStarter starter;
    private final Object monitor = new Object();
    private @Nullable Process running;
    private boolean isStopping;

    /** A process of the installation in that folder. */
    ReportProcess(Path lib, ProgramStarter starter) {
        this.lib = lib;
        this.starter = starter;
    }

    /**
     * Makes the pages.
     *
     * @param scratch an existing folder for its files, which the caller deletes
     * @throws FpwException with {@code LATER_STEP_FAILED} if they could not be made, with the reason
     */
    void make(SiteRequest request, Path scratch) {
        Path file = scratch.resolve("request.json");
        Path log = scratch.resolve("report.log");
        request.write(file);
        try {
            Process process = start(builder(file, log));
            boolean isInTime;
            try {
                isInTime = process.waitFor(MINUTES, TimeUnit.MINUTES);
            } finally {
                // before its folder is deleted
                process.destroyForcibly().waitFor();
            }
            if (!isInTime) {
                throw failed("it was still at work after " + MINUTES + " minutes");
            }
            if (process.exitValue() != 0) {
                LOG.warn("the program that makes pages wrote: {}", Files.readString(log, StandardCharsets.UTF_8));
                throw failed(lastLine(log, process.exitValue()));
            }
        } catch (IOException failure) {
            throw failed("it could not be started: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed("it was interrupted");
        }
    }

    private Process start(ProcessBuilder builder) throws IOException {
        synchronized (monitor) {
            if (isStopping) {
                throw failed("the run was stopped");
            }
            Process process = starter.start(builder);
            running = process;
            return process;
        }
    }

    /** Ends the process, if it runs, and keeps it from being started. */
    void stop() {
        synchronized (monitor) {
            isStopping = true;
            if (running != null) {
                running.destroyForcibly();
            }
        }
    }

    private ProcessBuilder builder(Path request, Path log) {
        if (!Files.isDirectory(lib.resolve("report"))) {
            throw failed(lib.resolve("report") + " is missing; install lib/app, lib/spark, lib/shared, lib/audit, "
                    + "lib/query and lib/report together");
        }
        ProcessBuilder builder = new ProcessBuilder(
                        DuckDbProgram.commandLine(lib, List.of("report"), MAIN, request.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(variable -> !PASSED_ON.contains(variable) && !variable.startsWith("LC_"));
        return builder;
    }

    private static String lastLine(Path log, int exit) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return lines.isEmpty() ? "it ended with exit code " + exit : lines.get(lines.size() - 1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + log, unreadable);
        }
    }

    private static FpwException failed(String reason) {
        return new FpwException(ExitCode.LATER_STEP_FAILED, "the pages could not be made: " + reason);
    }
}
